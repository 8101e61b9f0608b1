/** What the auditor replays, what the report counts, what outsiders ever held, and whether history is what it was. */
import type { World } from '../world.js';
import { heldByOperator, none, replay, verifyExport } from './proved.js';

/** Words of the story that only a sealed place may hold: what was told, seen, felt, arranged. */
const SECRETS = ['farmer has her papers', 'watched at night', 'sister', 'bakery', 'blue badge', 'small flat', 'Papers complete', 'She bakes'];

interface Published {
  readonly counts: string;
  readonly period: string;
  readonly k: number;
  readonly table: { readonly rows: readonly string[]; readonly cells: readonly (readonly { readonly count?: number }[])[] };
}

/** A published table in words: a hidden cell shows as hidden. */
function tableOf({ counts, period, k, table }: Published): string {
  const lines = table.rows.map((row, index) => `${row.padEnd(10)} ${(table.cells[index] ?? []).map(({ count }) => count ?? `<${String(k)}`).join('  ')}`);
  return [`${counts}, ${period}`, ...lines].join('\n');
}

export async function proof(world: World): Promise<void> {
  const { teller, coordinator } = world;
  const path = await replay(world);
  teller.chapter('What the report counts');
  const { year, before } = { year: new Date().getUTCFullYear(), before: new Date().getUTCFullYear() - 1 };
  await coordinator.isRefused(`asks what this year has come to so far`, `/v1/reports/caseload?period=${String(year)}`);
  teller.say('Figures of a running year, looked at day by day, would tell what happened yesterday. A period is published when it is over, small numbers hidden:');
  teller.show(tableOf((await coordinator.reads(`/v1/reports/registered-victims?period=${String(before)}`)).body as Published));
  heldByOutsiders(world);
  teller.chapter('Was anything altered?');
  const { shelter, home, clinic } = world;
  await verifyExport(world, path, [...shelter.receipts, ...home.receipts, ...clinic.receipts], {
    what: 'the reason why she declined', from: '"FEAR"', to: '"DISTRUST"',
  });
}

function heldByOutsiders({ teller, webhooks, instance, counsellors, police }: World): void {
  teller.chapter('What outsiders ever held');
  teller.say('The company that hosts the clinic’s webhook, all of it:');
  teller.show(webhooks.bodies.join('\n'));
  teller.say(none(SECRETS, webhooks.bodies));
  teller.say(`The police unit, all ${String(police.received.length)} answers:`);
  teller.show(police.received.join('\n'));
  teller.say(`The counsellors, who were asked, accepted and were taken back, hold ${String(counsellors.received.join('').length)} bytes. ${none(SECRETS, counsellors.received)}`);
  heldByOperator({ teller, instance }, SECRETS);
}

/** What the auditor replays, what the report counts, what outsiders ever held, and whether history is what it was. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyBundle } from '#audit';
import { StoryBroken } from '../organisation.js';
import type { World } from '../world.js';

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
  const { teller, auditor, coordinator } = world;
  const path = await replay(world);
  teller.chapter('What the report counts');
  const { year, before } = { year: new Date().getUTCFullYear(), before: new Date().getUTCFullYear() - 1 };
  await coordinator.isRefused(`asks what this year has come to so far`, `/v1/reports/caseload?period=${String(year)}`);
  teller.say('Figures of a running year, looked at day by day, would tell what happened yesterday. A period is published when it is over, small numbers hidden:');
  teller.show(tableOf((await coordinator.reads(`/v1/reports/registered-victims?period=${String(before)}`)).body as Published));
  heldByOutsiders(world);
  teller.chapter('Was anything altered?');
  const exported = (await auditor.reads(`${path}/export`)).text;
  verify(world, exported);
  if (world.instance.keepExportAt !== undefined) writeFileSync(world.instance.keepExportAt, exported, { mode: 0o600 });
}

async function replay({ teller, auditor }: World): Promise<string> {
  teller.chapter('The auditor replays the case');
  const mandate = JSON.parse(Buffer.from(auditor.bearer.split('.')[1] ?? '', 'base64url').toString()) as { mandate: string };
  const sample = (await auditor.reads(`/v1/audits/${mandate.mandate}/cases?size=5`)).body as { cases: { caseId: string }[] };
  const path = `/v1/cases/${sample.cases[0]?.caseId ?? ''}`;
  const { steps } = (await auditor.reads(`${path}/history`)).body as { steps: { revision: number; type: string; organisation: string; role: string; recordedAt: string }[] };
  teller.say('Under a mandate, in a sample that can be drawn again. Every step, who, in which role; the words of her life stay sealed:');
  teller.show(steps.map((s) => `${String(s.revision).padStart(3)}  ${s.recordedAt.slice(11, 19)}  ${s.type.padEnd(32)} ${s.organisation} (${s.role})`).join('\n'));
  return path;
}

function found(texts: readonly string[]): string {
  const leaked = SECRETS.filter((secret) => texts.some((text) => text.includes(secret)));
  if (leaked.length > 0) throw new StoryBroken(`an outsider held: ${leaked.join(', ')}`);
  return 'None of the words that were told, seen or arranged in this story is among them.';
}

function heldByOutsiders({ teller, webhooks, instance, counsellors, police }: World): void {
  teller.chapter('What outsiders ever held');
  teller.say('The company that hosts the clinic’s webhook, all of it:');
  teller.show(webhooks.bodies.join('\n'));
  teller.say(found(webhooks.bodies));
  teller.say(`The police unit, all ${String(police.received.length)} answers:`);
  teller.show(police.received.join('\n'));
  teller.say(`The counsellors, who were asked, accepted and were taken back, hold ${String(counsellors.received.join('').length)} bytes. ${found(counsellors.received)}`);
  const files = readdirSync(instance.data).filter((name) => name !== 'keyring.json');
  const bytes = files.map((name) => readFileSync(join(instance.data, name)).toString('latin1'));
  teller.say(`An operator without keys can copy every file of the instance: ${files.join(', ')}. ${found(bytes)}`);
}

function verify({ teller, shelter, home, clinic }: World, bundle: string): void {
  const receipts = [...shelter.receipts, ...home.receipts, ...clinic.receipts.filter(({ chain }) => bundle.includes(chain))];
  const report = verifyBundle(Buffer.from(bundle), { receipts });
  teller.say(`The export has ${String(report.events)} events. Held against the ${String(receipts.length)} receipts that the organisations kept:`);
  teller.show([
    report.holds ? 'NOTHING CONTRADICTS' : 'SOMETHING WAS ALTERED',
    ...report.proved.filter(({ code }) => code !== 'unchanged-since-receipt').map(({ says }) => `proved:     ${says}`),
    `proved:     Unchanged since each of ${String(receipts.length)} receipts that organisations outside the service hold.`,
    ...report.notProved.map(({ says }) => `not proved: ${says}`),
    ...report.broken.map(({ says }) => `BROKEN:     ${says}`),
  ].join('\n'));
  if (!report.holds) throw new StoryBroken('the history does not hold');
  const altered = verifyBundle(Buffer.from(bundle.replace('"FEAR"', '"DISTRUST"')), { receipts });
  teller.say(`And if somebody had changed the reason why she declined, afterwards, in the file? ${altered.holds ? 'NOBODY WOULD KNOW' : 'It is found at once.'}`);
  if (altered.holds) throw new StoryBroken('an altered history was not found');
}

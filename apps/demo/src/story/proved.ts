/** What every story ends with: the auditor replays the case, outsiders held nothing, and an altered history is found. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyBundle } from '#audit';
import type { Instance } from '../instance.js';
import { type Organisation, type Receipt, StoryBroken } from '../organisation.js';
import type { Teller } from '../teller.js';

interface Ending {
  readonly teller: Teller;
  readonly instance: Instance;
  readonly auditor: Organisation;
}

/** The case, as the auditor finds it in a sample. */
export async function replay({ teller, auditor }: Pick<Ending, 'teller' | 'auditor'>): Promise<string> {
  teller.chapter('The auditor replays the case');
  const mandate = JSON.parse(Buffer.from(auditor.bearer.split('.')[1] ?? '', 'base64url').toString()) as { mandate: string };
  const sample = (await auditor.reads(`/v1/audits/${mandate.mandate}/cases?size=5`)).body as { cases: { caseId: string }[] };
  const path = `/v1/cases/${sample.cases[0]?.caseId ?? ''}`;
  const { steps } = (await auditor.reads(`${path}/history`)).body as { steps: { revision: number; type: string; organisation: string; role: string; recordedAt: string }[] };
  teller.say('Under a mandate, in a sample that can be drawn again. Every step, who, in which role; the words of her life stay sealed:');
  teller.show(steps.map((s) => `${String(s.revision).padStart(3)}  ${s.recordedAt.slice(11, 19)}  ${s.type.padEnd(32)} ${s.organisation} (${s.role})`).join('\n'));
  return path;
}

/** @throws StoryBroken when one of the secrets is in what an outsider held */
export function none(secrets: readonly string[], texts: readonly string[]): string {
  const leaked = secrets.filter((secret) => texts.some((text) => text.includes(secret)));
  if (leaked.length > 0) throw new StoryBroken(`an outsider held: ${leaked.join(', ')}`);
  return 'None of the words that were told, seen or arranged in this story is among them.';
}

export function heldByOperator({ teller, instance }: Pick<Ending, 'teller' | 'instance'>, secrets: readonly string[]): void {
  const files = readdirSync(instance.data).filter((name) => name !== 'keyring.json');
  const bytes = files.map((name) => readFileSync(join(instance.data, name)).toString('latin1'));
  teller.say(`An operator without keys can copy every file of the instance: ${files.join(', ')}. ${none(secrets, bytes)}`);
}

/** A change that somebody might make afterwards, in the file. */
interface Alteration {
  readonly what: string;
  readonly from: string;
  readonly to: string;
}

/** Holds the export against the receipts, then alters it. @throws StoryBroken when the history does not hold, or an altered one does */
export async function verifyExport({ teller, auditor, instance }: Ending, path: string, kept: readonly Receipt[], { what, from, to }: Alteration): Promise<void> {
  const bundle = (await auditor.reads(`${path}/export`)).text;
  if (instance.keepExportAt !== undefined) writeFileSync(instance.keepExportAt, bundle, { mode: 0o600 });
  const receipts = kept.filter(({ chain }) => bundle.includes(chain));
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
  const altered = verifyBundle(Buffer.from(bundle.replace(from, to)), { receipts });
  teller.say(`And if somebody had changed ${what}, afterwards, in the file? ${altered.holds ? 'NOBODY WOULD KNOW' : 'It is found at once.'}`);
  if (altered.holds) throw new StoryBroken('an altered history was not found');
}

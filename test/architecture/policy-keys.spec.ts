/**
 * A value that a country states is a value that something reads, and what is a country's to say is no constant: neither a key
 * that nobody asks nor a limit in code can come in unseen. Source: domain.md 2.9, and its third rule.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type PolicyKey, romanianReference } from '#mechanism';

const ROOT = join(import.meta.dirname, '../..');
const KEYS = Object.keys(romanianReference([]).policy.values) as PolicyKey[];

/** Keys that nothing reads, each with the reason: what they are about can not be recorded yet, or is not known in time. */
const NOT_READ: Readonly<Partial<Record<PolicyKey, string>>> = {
  'notify.limit': 'runs before there is a case: who has not notified yet is not known to anybody',
  'notify.listed_bodies': 'are names of a law; no directory entry says which of them it is, and a notification is never refused for it',
  'capacity.review': 'nobody can record yet that the person is not able to decide',
  'court_support.hours_a_year': 'is a matter of who pays; hours that the state pays for are not counted yet',
  'service.aftercare': 'is a matter of who pays; hours that the state pays for are not counted yet',
  'family.services': 'is a matter of who pays; hours that the state pays for are not counted yet',
  'service.session_recording': 'a session that nobody recorded is not known; how late a recorded one came stands in its event',
  'return.child_authority': 'the return of a child can not be recorded yet',
  'data_request.answer': 'a request of the person for her data can not be recorded yet',
  'retention.disclosure_log': 'nothing takes entries out of the log of disclosures yet',
  'retention.consent_evidence': 'evidence of a consent goes with everything else of the person, which is never later',
};

const sourcesOf = (...patterns: readonly string[]): readonly { readonly file: string; readonly text: string }[] =>
  patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '') }));

/** What only names a key, to print it or to say that it is provisional, does not read it. */
const reading = (text: string): string => text.replace(/\blimit: '[^']+'/g, '').replace(/restsOnProvisional\([^)]*\)/g, '');

const READERS = sourcesOf('libs/*/src/**/*.ts')
  .filter(({ file }) => !/mechanism\/src\/(policies\/|policy-(values|schema)\.ts)/.test(file))
  .map(({ text }) => reading(text))
  .join('\n');

describe('a key of the policy', () => {
  it('is read where something is decided, or says why it is not', () => {
    const unread = KEYS.filter((key) => !READERS.includes(`'${key}'`));
    expect(unread.sort()).toEqual(Object.keys(NOT_READ).sort());
  });
});

/** Lengths of time that are no country's to say: of machines, of a computation, of what was stored before a policy said it. */
const NO_LIMIT: Readonly<Record<string, string>> = {
  'libs/casework/src/stages/break-glass/break-glass.ts: 4 * 3_600_000': 'what was opened before a policy said how long was opened for four hours',
  'libs/casework/src/stages/reflection-period/days.ts: days: 0': 'the end of the day itself',
  'libs/casework/src/stages/reflection-period/days.ts: days: 1': 'the step of a search, day by day',
};
const LENGTH = /\b(?:minutes|hours|days|workingDays|months): \d+|\b\d+ \* (?:\d+ \* )?(?:60|24|3_600_000|60_000)\b/g;

describe('a stage', () => {
  it('has no length of time of its own', () => {
    const found = sourcesOf('libs/casework/src/{stages,shared}/**/*.ts').flatMap(({ file, text }) =>
      [...text.matchAll(LENGTH)].map(([length]) => `${file}: ${length}`),
    );
    expect([...new Set(found)].sort()).toEqual(Object.keys(NO_LIMIT).sort());
  });
});

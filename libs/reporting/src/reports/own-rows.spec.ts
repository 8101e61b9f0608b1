/**
 * Every report of one year, read by every organisation that knows its own rows, and one beside another: no number that is
 * shown leaves a few others over. The figures are counted here a second time, from the invented cases themselves.
 */
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type History, openHistory } from '../../../../test/support/history.js';
import { isSuppressed, type PublishedCell } from '../disclosure-control/published.js';
import { periodOf } from '../period.js';
import { publishedReport } from '../report.js';
import { REPORTS } from '../reports.js';
import { caseload } from './caseload/projection.js';
import { serviceGap } from './service-gap/projection.js';

const K = 3;
const REGIONS = ['RO11', 'RO32'] as const;
const SEXES = ['FEMALE', 'MALE'] as const;
const SERVICES = ['MED', 'PSY'] as const;
const PROGRAMMES = ['A', 'B'] as const;
const ORGANISATIONS = ['one', 'two', 'three'] as const;
const one = <T>(of: readonly T[]) => fc.constantFrom(...of);
const some = <T>(of: readonly T[]) => fc.subarray([...of]);

const invented = fc.record({
  region: one(REGIONS), sex: one(SEXES), notifier: one(ORGANISATIONS), presumed: fc.option(one(ORGANISATIONS), { nil: undefined }),
  lacked: fc.array(fc.record({ service: one(SERVICES), askedBy: one(ORGANISATIONS), asked: one(ORGANISATIONS) }), { maxLength: 2 }),
  sessions: fc.array(fc.record({ provider: one(ORGANISATIONS), programmes: some(PROGRAMMES) }), { maxLength: 2 }),
});
type Invented = ReturnType<typeof invented.generate>['value'];

async function record(history: History, cases: readonly Invented[]): Promise<void> {
  for (const [index, { region, sex, notifier, presumed, lacked, sessions }] of cases.entries()) {
    const stream = `case-${String(index)}`;
    const by = { organisation: notifier };
    await history.add(stream, 'CaseNotified', { statisticsOnly: false, region, sex, ageBand: '18-25', citizenship: 'OTHER', form: 'LABOUR' }, by);
    if (presumed !== undefined) await history.add(stream, 'VictimPresumed', {}, { organisation: presumed });
    for (const [at, { service, askedBy, asked }] of lacked.entries()) {
      await history.add(stream, 'ReferralRequested', { referralId: `r-${String(at)}`, services: [service], recipient: asked, replyBy: '2025-01-02T00:00:00.000Z' }, { organisation: askedBy });
      await history.add(stream, 'ReferralExpired', { referralId: `r-${String(at)}` });
    }
    for (const { provider, programmes } of sessions) await history.add(stream, 'ServiceSessionDelivered', { provider, programmes, beneficiary: 'DIRECT' }, { organisation: provider });
  }
  await history.read();
}

/** Who is counted where, and who wrote it. A case may be in several categories of one dimension, and be known to several. */
type Counted = (one: Invented) => readonly { readonly at: Readonly<Record<string, string>>; readonly knownTo: readonly string[] }[];
const knowing = ({ notifier, presumed }: Invented) => [notifier, ...(presumed === undefined ? [] : [presumed])];
const person = ({ region, sex }: Invented) => ({ region, sex });
const COUNTED: Readonly<Record<string, Counted>> = {
  'caseload': (c) => [{ at: { ...person(c), status: c.presumed === undefined ? 'POTENTIAL' : 'PRESUMED' }, knownTo: knowing(c) }],
  'registered-victims': (c) => (c.presumed === undefined ? [] : [{ at: person(c), knownTo: knowing(c) }]),
  'service-gap': (c) => c.lacked.map(({ service, askedBy, asked }) => ({ at: { region: c.region, service }, knownTo: [askedBy, asked] })),
  'assisted': (c) => c.sessions.flatMap(({ provider, programmes }) => [undefined, ...programmes].map((programme) => ({ at: { ...person(c), ...(programme === undefined ? {} : { programme }) }, knownTo: [provider] }))),
};
const TABLES: readonly [report: string, rows: string, columns?: string][] = [
  ['caseload', 'region'], ['caseload', 'region', 'sex'], ['caseload', 'status', 'region'], ['registered-victims', 'region'], ['registered-victims', 'region', 'sex'],
  ['assisted', 'region'], ['assisted', 'region', 'sex'], ['assisted', 'programme'], ['assisted', 'programme', 'region'], ['service-gap', 'region'], ['service-gap', 'service', 'region'],
];

/** A number that somebody sees: where, and the people in it whom a reader does not know. */
interface Seen {
  readonly report: string;
  readonly at: Readonly<Record<string, string>>;
  readonly people: (reader: string) => number;
}

async function seen(history: History, cases: readonly Invented[], [name, rows, columns]: (typeof TABLES)[number]): Promise<readonly Seen[]> {
  const report = REPORTS.find((candidate) => candidate.name === name)!;
  const { table } = await publishedReport(history.kysely, report, { period: periodOf('2025'), rows, ...(columns === undefined ? {} : { columns }) }, K);
  const show = (cell: PublishedCell | undefined, at: Readonly<Record<string, string>>): readonly Seen[] => {
    if (cell === undefined || isSuppressed(cell)) return [];
    const dimensions = [rows, ...(columns === undefined ? [] : [columns])];
    const inIt = cases.map((c) => COUNTED[name]!(c).filter((counted) => Object.entries(at).every(([dimension, value]) => counted.at[dimension] === value) && dimensions.every((d) => d in counted.at)));
    return [{ report: name, at, people: (reader) => inIt.filter((entries) => entries.length > 0 && !entries.some(({ knownTo }) => knownTo.includes(reader))).length }];
  };
  return [
    ...table.rows.flatMap((row, r) => [
      ...(table.cells[r] ?? []).flatMap((cell, c) => show(cell, { [rows]: row, ...(columns === undefined ? {} : { [columns]: table.columns[c]! }) })),
      ...show(table.rowTotals[r], { [rows]: row }),
    ]),
    ...table.columns.flatMap((column, c) => show(table.columnTotals[c], { [columns!]: column })),
    ...show(table.total, {}),
  ];
}

const isFew = (people: number): boolean => people !== 0 && Math.abs(people) < K;
/** Reports of the same people: who has both subtracts. */
const BESIDE: readonly (readonly [string, string])[] = [['caseload', 'registered-victims'], ['caseload', 'assisted'], ['registered-victims', 'assisted'], ['assisted', 'assisted']];
const withoutProgramme = ({ programme: _paid, ...at }: Readonly<Record<string, string>>) => at;

/** What is left of a number when another of the same place is subtracted, for those who know of nobody and for each organisation. */
function leftOver(all: readonly Seen[], reader: string): readonly object[] {
  return BESIDE.flatMap(([larger, smaller]) =>
    all.filter(({ report, at }) => report === larger && !('programme' in at) && !('status' in at)).flatMap((whole) =>
      all.filter(({ report, at }) => report === smaller && JSON.stringify(withoutProgramme(at)) === JSON.stringify(whole.at))
        .filter((part) => part.people(reader) > 0 && isFew(whole.people(reader) - part.people(reader)))
        .map((part) => ({ reader, whole: [whole.report, whole.at, whole.people(reader)], part: [part.report, part.at, part.people(reader)] }))));
}

it('no organisation learns of a few others from any number of any report, nor from two of them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(invented, { minLength: 6, maxLength: 30 }), async (cases) => {
      const history = openHistory([caseload, serviceGap]);
      try {
        await record(history, cases);
        const all: Seen[] = [];
        for (const table of TABLES) all.push(...(await seen(history, cases, table)));
        for (const reader of ['nobody', ...ORGANISATIONS]) {
          expect(all.filter(({ people }) => isFew(people(reader))).map(({ report, at, people }) => ({ reader, report, at, others: people(reader) }))).toEqual([]);
          expect(leftOver(all, reader)).toEqual([]);
        }
      } finally {
        await history.close();
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

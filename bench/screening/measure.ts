// One round of bench/screening: prints one line of JSON, microseconds of processor time by measure.
import { type AnsweredIndicator, type AnsweredRiskItem, proposedOutcome, shippedReference } from '#mechanism';
import { ACT_MEANS_PURPOSE } from '../../libs/mechanism/src/catalogues/act-means-purpose-1.js';
import { WEIGHTED_INDICATORS } from '../../libs/mechanism/src/catalogues/delphi-2009-1.js';
import { RA_1_ITEMS } from '../../libs/mechanism/src/instruments/ra-1.js';

const WARM_UP = 20_000;
const TIMES = 100_000;

const all = (codes: readonly string[]): readonly AnsweredIndicator[] => codes.map((code) => ({ code, answer: 'PRESENT', basis: 'OBSERVED' }));
const indicators = all(WEIGHTED_INDICATORS.map(([code]) => code));
const criteria = all(ACT_MEANS_PURPOSE.map(([code]) => code));
const items: readonly AnsweredRiskItem[] = RA_1_ITEMS.map(([item]) => ({ item, answer: 'SCORED', likelihood: 2, impact: 2 }));
const romania = shippedReference('RO', []);
const latvia = shippedReference('LV', []);

/** Processor time of one call; its results are added up, so that no call can be left out. */
function microseconds(work: () => string | undefined): number {
  let length = 0;
  for (let run = 0; run < WARM_UP; run++) length += work()?.length ?? 0;
  const before = process.cpuUsage();
  for (let run = 0; run < TIMES; run++) length += work()?.length ?? 0;
  const { user, system } = process.cpuUsage(before);
  if (length === 0) throw new Error('nothing was scored');
  return Math.round(((user + system) / TIMES) * 100) / 100;
}

console.log(
  JSON.stringify({
    'a full adult screening, 67 indicators': microseconds(() => proposedOutcome(romania, 'ADULT_LABOUR', indicators)),
    'a full child screening, 67 indicators': microseconds(() => proposedOutcome(romania, 'CHILD_LABOUR', indicators)),
    'act, means, exploitation, 20 criteria': microseconds(() => proposedOutcome(latvia, 'ADULT_LABOUR', criteria)),
    'RA-1, 45 items': microseconds(() => romania.instrument.rate('RETURN', true, items).overall),
  }),
);

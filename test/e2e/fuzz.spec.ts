/**
 * The API keeps what its reference says: requests made from the document, good and bad, over whole stories. Torture runs it
 * longer: `node test/torture/fuzz.mjs [requests] [seed]`.
 */
import { expect, it } from '@jest/globals';
import { type Exempt } from '../support/fuzz/coverage.js';
import { fuzz } from '../support/fuzz/fuzzer.js';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 5_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const MILLISECONDS_A_REQUEST = 60;

/** Documented, and not reachable by one caller who does one thing after another. */
const EXEMPT: readonly Exempt[] = [
  { operation: 'withdrawConsent', status: 403, because: 'whoever may know of the case may record that consent was taken back (INV-12)' },
  { operation: 'stateWithdrawal', status: 409, because: 'only between the order of an erasure and its end, when the names of the case go too' },
  { operation: 'placeLegalHold', status: 409, because: 'only between the order of an erasure and its end, when the names of the case go too' },
];

it(`answers ${String(REQUESTS)} requests as documented (seed ${String(SEED)})`, async () => {
  const started = performance.now();
  const { requests, faults, coverage, operations } = await fuzz(SEED, REQUESTS);
  const statuses = [...coverage.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${String(status)}: ${String(count)}`);
  const summary = `seed ${String(SEED)}, ${String(requests)} requests in ${String(Math.round((performance.now() - started) / 1000))} s; ${statuses.join(', ')}\n`;
  process.stderr.write(summary);
  expect({ seed: SEED, faults }).toEqual({ seed: SEED, faults: [] });
  expect({ seed: SEED, missing: coverage.missing(operations, EXEMPT) }).toEqual({ seed: SEED, missing: [] });
}, 60_000 + REQUESTS * MILLISECONDS_A_REQUEST);

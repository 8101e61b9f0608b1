/**
 * The API keeps what its reference says: requests made from the document, good and bad, over whole stories. Torture runs it
 * longer: `node test/torture/fuzz.mjs [requests] [seed]`.
 */
import { expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXEMPT } from '../support/fuzz/exempt.js';
import { fuzz } from '../support/fuzz/fuzzer.js';
import { patience } from '../support/tandem.js';

const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 5_000);
/** Always the same here, so that what is met does not depend on luck; torture tries others. */
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261_124);
const MILLISECONDS_A_REQUEST = 60;

it(`answers ${String(REQUESTS)} requests as documented (seed ${String(SEED)})`, async () => {
  const started = performance.now();
  const { requests, faults, coverage, operations } = await fuzz(SEED, REQUESTS);
  const statuses = [...coverage.statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${String(status)}: ${String(count)}`);
  const summary = `seed ${String(SEED)}, ${String(requests)} requests in ${String(Math.round((performance.now() - started) / 1000))} s; ${statuses.join(', ')}; ${String(coverage.missing(operations, []).length)} documented refusals not met\n`;
  process.stderr.write(summary);
  expect({ seed: SEED, faults }).toEqual({ seed: SEED, faults: [] });
  expect({ seed: SEED, missing: coverage.missing(operations, EXEMPT) }).toEqual({ seed: SEED, missing: [] });
}, patience(60_000 + REQUESTS * MILLISECONDS_A_REQUEST));

const specifications = globSync('{libs,test}/**/*.spec.ts', { cwd: join(import.meta.dirname, '../..') });
const filesWith = (text: string): readonly string[] => specifications.filter((file) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8').includes(text));

it.each([...new Set(EXEMPT.map(({ code }) => code))])('leaves %s to a specification, and there is one', (code) => {
  const [found] = filesWith(`'${code}'`);
  expect(found).toBeDefined();
});

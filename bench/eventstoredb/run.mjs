// EVENTSTORE_URL=esdb://... node bench/eventstoredb/run.mjs [--rounds 3]
// What the adapter costs over the bare driver, both on the server at EVENTSTORE_URL and in turn: appends, and reading the
// log. Writes bench/results/eventstoredb.json. Without a server nothing is measured, and it says so.
import { EventStoreDBClient, jsonEvent, START } from '@eventstore/db-client';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openEventStoreDb } from '../../dist/libs/event-store/src/nest.js';

const { EVENTSTORE_URL: address } = process.env;
if (address === undefined) {
  console.log('NOT MEASURED: the EventStoreDB adapter. Set EVENTSTORE_URL.');
  process.exit(0);
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const READ = 20_000;
const data = {
  service: 'S2',
  provider: 'casa-lumina',
  personal: { narrative: { reference: 'r'.repeat(36), commitment: 'c'.repeat(64) } },
};
const metadata = {
  actor: 'officer-17',
  organisation: 'politia-exemplu',
  role: 'DETECT',
  chain: 'd'.repeat(64),
  reference: { policy: 'RO@1', catalogue: 'RO@1' },
};
const newEvent = () => ({ id: randomUUID(), type: 'ReferralRequested', data, metadata });

const driver = EventStoreDBClient.connectionString(address.replace(/^kurrentdb/, 'esdb'));
const adapter = await openEventStoreDb(address);
const bareAppend = () =>
  driver.appendToStream(`case-${randomUUID()}`, [jsonEvent(newEvent())], { expectedRevision: 'no_stream' });
const ourAppend = () => adapter.append(`case-${randomUUID()}`, [newEvent()], 'no-stream');

async function appends(writers, events, append) {
  const started = performance.now();
  let left = events;
  const writer = async () => {
    while (left-- > 0) await append();
  };
  await Promise.all(Array.from({ length: writers }, writer));
  return events / ((performance.now() - started) / 1_000);
}

async function bareRead() {
  const started = performance.now();
  let read = 0;
  for await (const { event } of driver.readAll({ fromPosition: START, maxCount: READ })) if (event) read++;
  return read / ((performance.now() - started) / 1_000);
}

async function ourRead() {
  const started = performance.now();
  let read = 0;
  for await (const page of adapter.readAll('')) {
    read += page.length;
    if (read >= READ) break;
  }
  return read / ((performance.now() - started) / 1_000);
}

const appendMeasures = [
  [1, 500],
  [32, 6_000],
  [64, 6_000],
].map(([writers, events]) => ({
  measure: writers === 1 ? 'append, one at a time' : `append, ${writers} at once`,
  ours: () => appends(writers, events, ourAppend),
  beside: '@eventstore/db-client, append',
  bare: () => appends(writers, events, bareAppend),
  target: 0.8,
}));
const measures = [
  ...appendMeasures,
  {
    measure: `read the log, ${READ} events`,
    ours: ourRead,
    beside: '@eventstore/db-client, readAll',
    bare: bareRead,
    target: 0.8,
  },
];

const runs = measures.map(() => []);
for (const { ours, bare } of measures) {
  await bare();
  await ours();
}
for (let round = 0; round < Number(values.rounds); round++)
  for (const [index, { ours, bare }] of measures.entries())
    runs[index].push({ value: Math.round(await ours()), besideValue: Math.round(await bare()) });
await adapter.close();
await driver.dispose();

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const results = measures.map(({ measure, beside, target }, index) => {
  const value = median(runs[index].map((run) => run.value));
  const besideValue = median(runs[index].map((run) => run.besideValue));
  const ratio = Math.round((value / besideValue) * 100) / 100;
  return {
    measure,
    value,
    unit: 'events/s',
    beside,
    besideValue,
    ratio,
    target,
    reached: ratio >= target,
    runs: runs[index],
  };
});
for (const { measure, value, besideValue, ratio } of results)
  console.log(`${measure}: ${value}/s, driver ${besideValue}/s, ratio ${ratio}`);
const folder = join(import.meta.dirname, '..', 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'eventstoredb.json'), `${JSON.stringify(results, null, 2)}\n`);

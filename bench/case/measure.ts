// One round of bench/case: prints one line of JSON, milliseconds by measure.
import 'reflect-metadata';
import { sealDrafts } from '#event-store';
import { CASE_READER, type CaseReader } from '#casework/nest';
import { startTandem } from '../../test/support/tandem.js';
import { NOTIFICATION, done } from '../../test/support/story.js';
import { grantDemonstrationMandate } from '#audit/nest';

const EVENTS = 2_000;
const tandem = await startTandem();
const { store, cases } = tandem.engines;
const manager = tandem.as('casa-lumina');
const { body } = done(await manager.post('/v1/cases', NOTIFICATION));
const path = `/v1/cases/${body.caseId as string}`;
done(await manager.post(`${path}/basic-needs`, { met: ['FOOD'], refused: [] }));

// The rest as the store keeps it: the same fact again and again, each sealed into the chain.
const [first] = (await Array.fromAsync(store.readAll(''))).flat().filter(({ type }) => type === 'CaseNotified');
const stream = first!.stream;
const model = (await store.readStream(stream)).at(-1)!;
for (let last = model; last.revision < EVENTS - 1;) {
  const { chain: _chain, ...envelope } = model.metadata;
  const drafts = Array.from({ length: Math.min(100, EVENTS - 1 - last.revision) }, () => ({ ...envelope, type: model.type, data: model.data, commandId: crypto.randomUUID() }));
  for (const draft of drafts) {
    const [event] = sealDrafts(stream, last, [draft as never], tandem.now());
    await store.append(stream, [event!], last.revision);
    last = { ...event!, stream, revision: last.revision + 1, position: '' };
  }
}
void CASE_READER;
const cold = (): void => (cases as CaseReader).cache.forget(stream);
const { mandate } = await grantDemonstrationMandate(store, tandem.engines.clock);
void mandate;
await tandem.settled();

async function timed(address: string, before: () => void = () => undefined): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    before();
    const at = performance.now();
    done(await manager.get(address));
    times.push(performance.now() - at);
  }
  return Math.round(times.toSorted((a, b) => a - b)[3]! * 10) / 10;
}

const half = EVENTS / 2;
cold();
globalThis.gc?.();
const memoryBefore = process.memoryUsage().heapUsed;
const figures: Record<string, number> = { 'the case, warm': await timed(path) };
globalThis.gc?.();
figures['memory that a cached case of 2,000 events takes'] = Math.round(((process.memoryUsage().heapUsed - memoryBefore) / 1024 / 1024) * 10) / 10;
figures['the case, cold'] = await timed(path, cold);
figures['the case at revision 1,000'] = await timed(`${path}?revision=${String(half)}`);
figures['the case at a moment'] = await timed(`${path}?asOf=${encodeURIComponent(tandem.now())}`);
figures['the whole history'] = await timed(`${path}/history`);
figures['one step of the history'] = await timed(`${path}/history/${String(half)}`);
await tandem.stop();
console.log(JSON.stringify(figures));

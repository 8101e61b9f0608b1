// One round of bench/deadlines: prints one line of JSON, milliseconds by measure.
import 'reflect-metadata';
import { sealDrafts } from '#event-store';
import { DutyBoard, type DutyTables } from '#casework/nest';
import { streamOfCase } from '#kernel';
import { openDatabase } from '#database';
import { startTandem } from '../../test/support/tandem.js';
import { NOTIFICATION, done } from '../../test/support/story.js';

const CASES = Number(process.env['CASES'] ?? 100_000);
const tandem = await startTandem();
const { store, cases, reference } = tandem.engines;
const manager = tandem.as('casa-lumina');
done(await manager.post('/v1/cases', NOTIFICATION));
const [notified, opened] = (await Array.fromAsync(store.readAll(''))).flat().filter(({ stream }) => stream.startsWith('case-'));

// The same case again and again, each under its own name; one in a hundred is led by the shelter whose board is read.
const BATCH = 200;
for (let from = 0; from < CASES; from += BATCH) {
  await Promise.all(Array.from({ length: Math.min(BATCH, CASES - from) }, async (_, index) => {
    const [stream, isLed] = [streamOfCase(crypto.randomUUID()), (from + index) % 100 === 0];
    const commandId = crypto.randomUUID();
    const drafts = [notified!, opened!].map(({ type, data, metadata: { chain: _chain, ...envelope } }) => ({
      ...envelope, type, data: type === 'CaseNotified' ? { ...data, person: crypto.randomUUID() } : data, commandId,
      ...(isLed ? {} : { organisation: 'politia-exemplu', role: 'LE' }),
    }));
    await store.append(stream, sealDrafts(stream, undefined, drafts as never, tandem.now()), -1);
  }));
}
await tandem.settled();
const board = new DutyBoard(openDatabase<DutyTables>('sqlite::memory:'), store, cases, reference);
const begun = performance.now();
await board.onModuleInit();
await board.catchUp();
const built = (performance.now() - begun) / 1000;

async function timed(organisation: string, query: string): Promise<number> {
  const client = tandem.as(organisation);
  const times: number[] = [];
  for (let run = 0; run < 7; run++) {
    const at = performance.now();
    const { body } = done(await client.get(`/v1/deadlines${query}`));
    times.push(performance.now() - at);
    if ((body.deadlines as unknown[]).length === 0) throw new Error('the board is empty');
  }
  return Math.round(times.toSorted((a, b) => a - b)[3]! * 10) / 10;
}

const figures: Record<string, number> = {
  'a page of the board, to who leads one case in a hundred': await timed('casa-lumina', ''),
  'a page of the board, to the coordination of all cases': await timed('centrul-coordonare', ''),
  'a page of what is still due, to the coordination': await timed('centrul-coordonare', '?state=due'),
  'the inbox of the coordination': await (async () => {
    const at = performance.now();
    done(await tandem.as('centrul-coordonare').get('/v1/inbox'));
    return Math.round((performance.now() - at) * 10) / 10;
  })(),
  'seconds to build the board from zero': Math.round(built * 10) / 10,
};
await tandem.stop();
console.log(JSON.stringify(figures));

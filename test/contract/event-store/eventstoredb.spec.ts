import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openEventStoreDb } from '#event-store/nest';
import { type EventStoreDbForTests, startEventStoreDb } from '../../support/eventstoredb.js';
import { eventStoreContract } from './contract.js';
import { appendOne, first, firstBreak, newStream, pages, readAll, receive } from './events.js';
import { reached, write } from './persistent-writer.js';

jest.setTimeout(120_000);

const WRITERS = 16;
/** How often the server is killed while they write; more for a longer proof. */
const KILLS = Number(process.env['EVENTSTORE_KILLS'] ?? 2);

const server = await startEventStoreDb();
afterAll(() => server?.stop());

if (server === undefined) withoutServer();
else withServer(server);

/** One loud line, or a failure where servers are required. */
function withoutServer(): void {
  const unproven =
    'NOT PROVEN: the event store on EventStoreDB (no EVENTSTORE_URL, no EVENTSTORE_SERVER, no Docker engine)';
  if (process.env['REQUIRE_SERVERS'] === '1') {
    it('has an EventStoreDB to run on', () => {
      throw new Error(unproven);
    });
  } else {
    process.stderr.write(`${unproven}\n`);
    it.skip('event store: EventStoreDB', () => undefined);
  }
}

function withServer({ address, killAndRestart }: EventStoreDbForTests): void {
  eventStoreContract('EventStoreDB', {
    persistent: true,
    open: () => openEventStoreDb(address),
    ...(killAndRestart && { killInMidWrite: () => killInMidWrite(address, killAndRestart) }),
  });

  describe('event store on EventStoreDB', () => {
    const opened: EventStore[] = [];
    const open = async (at = address): Promise<EventStore> => {
      const store = await openEventStoreDb(at);
      opened.push(store);
      return store;
    };
    afterAll(() => Promise.all(opened.map((store) => store.close())));

    it('takes addresses of both names, and repeats none that is wrong', async () => {
      const store = await open(address.replace('esdb://', 'kurrentdb://'));
      expect(await appendOne(store, newStream())).toMatchObject({ revision: 0 });
      await expect(openEventStoreDb('postgres://tandem:secret@localhost')).rejects.toThrow(/^(?!.*secret).*not one/);
      await expect(openEventStoreDb(`${address}&throwOnAppendFailure=false`)).rejects.toThrow('must not be');
      await expect(openEventStoreDb('esdb://a:secret@node-1:2113,10.0.0.7:2113')).rejects.toThrow('by name');
    });

    it('lets exactly one of several processes say that it wrote', async () => {
      const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
      for (let round = 0; round < 3; round++) {
        const stream = newStream();
        const events = first(stream, 2);
        const answers = await Promise.all(stores.map((store) => store.append(stream, events, 'no-stream')));
        expect(answers.filter(({ written }) => written)).toHaveLength(1);
        expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      }
    });

    it('wakes readers of one process for what another wrote', async () => {
      const [writer, reader] = [await open(), await open()];
      const stop = new AbortController();
      const live = pages(reader, await reader.head(), stop.signal);
      for (let number = 0; number < 3; number++) {
        const next = live.next();
        const event = await appendOne(writer, newStream(), { number });
        expect(await next).toEqual({ done: false, value: [event] });
      }
      stop.abort();
    });

    it('keeps the names of the server to the server', async () => {
      const store = await open();
      const [event] = first('$settings', 1);
      await expect(store.append('$settings', [event!], 'no-stream')).rejects.toThrow('reserved');
      await expect(store.append(newStream(), [{ ...event!, type: '$>' }], 'no-stream')).rejects.toThrow('reserved');
    });

    it('refuses the checkpoint of another adapter', async () => {
      const store = await open();
      await expect(readAll(store, '17')).rejects.toThrow('not a position');
    });

    const whenKillable = killAndRestart ? it : it.skip;

    whenKillable(
      'loses no acknowledged event, doubles none, and resumes its readers, however often the server is killed',
      async () => {
        const store = await open();
        const before = await store.head();
        const total = WRITERS * 10 * (KILLS + 1);
        const received = receive(store, before, total);
        const streams = Array.from({ length: WRITERS }, newStream);
        let unknown = 0;
        for (let round = 0; round <= KILLS; round++) {
          const writing = streams.map((stream) => write(store, stream, 10, () => (unknown += 1)));
          if (round < KILLS) {
            await reached(store, before, streams[0]!, round * 10 + 3);
            await killAndRestart!();
          }
          await Promise.all(writing);
        }
        for (const stream of streams) {
          const events = await store.readStream(stream);
          expect(events.map(({ data }) => (data as { number: number }).number)).toEqual(
            Array.from({ length: 10 * (KILLS + 1) }, (_, number) => number),
          );
          expect(firstBreak(events)).toBe(-1);
        }
        expect(await received).toEqual(await readAll(store, before));
        process.stderr.write(`${KILLS} kills, ${total} events, ${unknown} replies lost and sent again\n`);
      },
      30_000 * (KILLS + 2),
    );
  });
}

async function killInMidWrite(address: string, kill: () => Promise<void>) {
  const store = await openEventStoreDb(address);
  const before = await store.head();
  const streams = Array.from({ length: WRITERS }, newStream);
  const writing = streams.map((stream) => write(store, stream, 10, () => undefined));
  await reached(store, before, streams[0]!, 3);
  await kill();
  const written = await Promise.all(writing);
  await store.close();
  return written.flat();
}

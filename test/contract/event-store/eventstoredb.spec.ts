import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { EventStore, StoredEvent } from '#event-store';
import { openEventStoreDb } from '#event-store/nest';
import { type EventStoreDbForTests, startEventStoreDb } from '../../support/eventstoredb.js';
import { eventStoreContract } from './contract.js';
import { appendOne, first, firstBreak, following, newStream, pages, readAll, receive } from './events.js';
import { reached, write } from './persistent-writer.js';

jest.setTimeout(120_000);

const WRITERS = 16;
/** How often the server is killed while they write; more for a longer proof. */
const KILLS = Number(process.env['EVENTSTORE_KILLS'] ?? 2);

/** Of a reader that rests, and what is written meanwhile: 6.5 MB a round. */
const SLOW_PAGE = 5;
const LARGE_EVENTS = 10;
const LARGE_BYTES = 40 * 1024;

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

    it('lets exactly one of several processes say that it wrote, and keeps what that one wrote', async () => {
      const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
      for (let round = 0; round < 20; round++) {
        const stream = newStream();
        const events = first(stream, 2);
        const answers = await Promise.all(
          stores.map((store, by) =>
            store.append(
              stream,
              events.map((event) => ({ ...event, data: { by } })),
              'no-stream',
            ),
          ),
        );
        const winners = [...answers.keys()].filter((by) => answers[by]?.written);
        expect(winners).toHaveLength(1);
        expect(await stores[0]?.readStream(stream)).toMatchObject(
          events.map(({ id }) => ({ id, data: { by: winners[0] } })),
        );
        expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      }
    });

    it('reads what former builds wrote under the ids of the events, and does not write it again', async () => {
      const [store, stream] = [await open(), newStream()];
      const events = first(stream, 2);
      const former = EventStoreDBClient.connectionString(address.replace(/^kurrentdb/, 'esdb'));
      const stored = events.map((event, index) =>
        jsonEvent({
          ...{ id: event.id, type: event.type, data: event.data as Record<string, unknown> },
          metadata: { ...event.metadata, ...(index === 1 && { attempt: 'of-a-former-build' }) },
        }),
      );
      await former.appendToStream(stream, stored, { expectedRevision: NO_STREAM });
      await former.dispose();
      expect(await store.readStream(stream)).toMatchObject(events);
      expect(await store.append(stream, events, 'no-stream')).toMatchObject({ lastRevision: 1, written: false });
      expect(firstBreak(await store.readStream(stream))).toBe(-1);
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

    it('keeps nothing for a reader that rests while many write, and gives it all that was written, each once', async () => {
      const [writing, reading] = [await open(), await open()];
      const [before, stop] = [await reading.head(), new AbortController()];
      const slow = pages(reading, before, stop.signal, SLOW_PAGE);
      const streams = Array.from({ length: WRITERS }, newStream);
      const round = (): Promise<unknown> => Promise.all(streams.map((stream) => writeLarge(writing, stream)));
      const seen: string[] = [];
      const idsOf = (page: readonly StoredEvent[]): readonly string[] => page.map(({ id }) => id);
      const begun = round();
      seen.push(...idsOf((await slow.next()).value as StoredEvent[]));
      await begun;
      const heldAfter = async (rounds: number): Promise<number> => {
        // Another reader of the same store has heard of everything: nothing is still on its way.
        await receive(reading, before, rounds * WRITERS * LARGE_EVENTS, SLOW_PAGE);
        return heldBytes();
      };
      const resting = await heldAfter(1);
      // Two rounds while it rests, and one more while it catches up with them.
      await round();
      await round();
      const held = (await heldAfter(3)) - resting;
      const last = round();
      const total = 4 * WRITERS * LARGE_EVENTS;
      while (seen.length < total) seen.push(...idsOf((await slow.next()).value as StoredEvent[]));
      await last;
      stop.abort();
      expect(seen).toEqual(idsOf(await readAll(reading, before, SLOW_PAGE)));
      expect(new Set(seen).size).toBe(total);
      process.stderr.write(
        `a reader rested over ${String((2 * WRITERS * LARGE_EVENTS * LARGE_BYTES) / 1e6)} MB of events: ${(held / 1e6).toFixed(1)} MB more held\n`,
      );
      // Half of what it rested over.
      expect(held).toBeLessThan(WRITERS * LARGE_EVENTS * LARGE_BYTES);
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

/** Appends large events behind whatever the stream ends with, as many as one append takes. */
async function writeLarge(store: EventStore, stream: string): Promise<void> {
  const last = await store.readLast(stream);
  const data = Array.from({ length: LARGE_EVENTS }, (_, number) => ({ number, filler: 'x'.repeat(LARGE_BYTES) }));
  await store.append(stream, following(stream, last, ...data), last?.revision ?? 'no-stream');
}

/** What this process holds, on the heap and beside it, once what nobody refers to is gone. */
async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What stands beside the heap goes a turn after what referred to it.
  for (let turn = 0; turn < 10; turn++) {
    collect();
    await setImmediate();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
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

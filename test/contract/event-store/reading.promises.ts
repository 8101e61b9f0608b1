/** What reading promises: a part of a stream, or all there is in one order, without late arrivals. */
import { describe, expect, it } from '@jest/globals';
import { START, type StoredEvent } from '#event-store';
import type { Opened } from './contract.js';
import { appendOne, first, newStream, readAll } from './events.js';

export function readingPromises(at: Opened): void {
  describe('reading', () => {
    it('answers a part of a stream, its last event, and nothing for a stream that is not there', async () => {
      const stream = newStream();
      await at.store.append(stream, first(stream, 5), 'no-stream');
      const revisions = async (options: { from?: number; to?: number }) =>
        (await at.store.readStream(stream, options)).map(({ revision }) => revision);
      expect(await revisions({ from: 3 })).toEqual([3, 4]);
      expect(await revisions({ to: 1 })).toEqual([0, 1]);
      expect(await revisions({ from: 1, to: 2 })).toEqual([1, 2]);
      expect(await revisions({ from: 5 })).toEqual([]);
      expect((await at.store.readLast(stream))?.revision).toBe(4);
      expect(await at.store.readStream(newStream())).toEqual([]);
      expect(await at.store.readLast(newStream())).toBeUndefined();
    });

    it('orders all events, compares their positions, and starts behind any of them', async () => {
      const before = await at.store.head();
      const streams = Array.from({ length: 4 }, newStream);
      for (const stream of streams) await at.store.append(stream, first(stream, 3), 'no-stream');
      const events = await readAll(at.store, before, 5);
      expect(events.map(({ stream }) => stream)).toEqual(streams.flatMap((stream) => [stream, stream, stream]));
      expect(await at.store.head()).toBe(events.at(-1)?.position);
      for (const [index, { position }] of events.entries()) {
        expect(await readAll(at.store, position, 2)).toEqual(events.slice(index + 1));
        expect(at.store.compare(START, position)).toBeLessThan(0);
        expect(at.store.compare(position, position)).toBe(0);
        if (index > 0) expect(at.store.compare(position, events[index - 1]!.position)).toBeGreaterThan(0);
      }
    });

    it('has no late arrivals, whatever writes while it reads', async () => {
      const before = await at.store.head();
      const streams = Array.from({ length: 6 }, newStream);
      const writing = Promise.all(
        streams.map(async (stream) => {
          for (let number = 0; number < 25; number++) await appendOne(at.store, stream, { number });
        }),
      );
      const read = async (pageSize: number): Promise<StoredEvent[]> => {
        const seen: StoredEvent[] = [];
        while (seen.length < 150) seen.push(...(await readAll(at.store, seen.at(-1)?.position ?? before, pageSize)));
        return seen;
      };
      const [one, other] = await Promise.all([read(1), read(10), writing]);
      const all = await readAll(at.store, before);
      expect(one).toEqual(all);
      expect(other).toEqual(all);
    });

    it('reads to the end as it is when reached, not as it was while its caller was at work', async () => {
      const [before, stream] = [await at.store.head(), newStream()];
      await at.store.append(stream, first(stream, 4), 'no-stream');
      const seen: StoredEvent[] = [];
      for await (const page of at.store.readAll(before, { pageSize: 2 })) {
        seen.push(...page);
        if (seen.length === 4) await appendOne(at.store, stream);
      }
      expect(seen).toEqual(await at.store.readStream(stream));
      expect(seen).toHaveLength(5);
    });

    it('shows no system events', async () => {
      await appendOne(at.store, newStream());
      const all = await readAll(at.store);
      expect(all.filter(({ stream, type }) => stream.startsWith('$') || type.startsWith('$'))).toEqual([]);
    });
  });
}

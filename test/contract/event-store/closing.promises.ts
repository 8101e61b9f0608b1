/** What outlives a store that is closed, or killed. */
import { describe, expect, it } from '@jest/globals';
import type { Opened } from './contract.js';
import { appendOne, first, firstBreak, newStream, pages, readAll } from './events.js';

export function closingPromises(at: Opened): void {
  const whenPersistent = at.fixture.persistent ? it : it.skip;
  const whenKillable = at.fixture.killInMidWrite ? it : it.skip;

  describe('closing and dying', () => {
    whenPersistent('closes only when everything asked for is safe', async () => {
      const streams = Array.from({ length: 40 }, newStream);
      const appends = streams.map((stream) => at.store.append(stream, first(stream, 2), 'no-stream'));
      await at.reopened();
      await Promise.all(appends);
      for (const stream of streams) expect(await at.store.readStream(stream)).toHaveLength(2);
    });

    whenPersistent('keeps the log, its order and its ids over a restart', async () => {
      const stream = newStream();
      const events = first(stream, 3);
      const once = await at.store.append(stream, events, 'no-stream');
      const all = await readAll(at.store);
      await at.reopened();
      expect(await readAll(at.store)).toEqual(all);
      expect(await at.store.head()).toBe(once.position);
      expect(await at.store.append(stream, events, 'no-stream')).toEqual({ ...once, written: false });
      const next = await appendOne(at.store, newStream());
      expect(at.store.compare(next.position, once.position)).toBeGreaterThan(0);
    });

    whenKillable('keeps every acknowledged append over kill -9', async () => {
      let acknowledged: readonly { stream: string; id: string }[] = [];
      await at.reopened(async () => {
        acknowledged = await at.fixture.killInMidWrite!();
      });
      expect(acknowledged.length).toBeGreaterThan(0);
      for (const stream of new Set(acknowledged.map((each) => each.stream))) {
        const events = await at.store.readStream(stream);
        const expected = acknowledged.filter((each) => each.stream === stream).map(({ id }) => id);
        expect(events.map(({ id }) => id).slice(0, expected.length)).toEqual(expected);
        expect(firstBreak(events)).toBe(-1);
        await appendOne(at.store, stream);
      }
    });

    it('ends subscriptions and refuses what comes later, once closed', async () => {
      const waiting = pages(at.store, await at.store.head(), new AbortController().signal).next();
      await Promise.all([at.store.close(), at.store.close()]);
      expect(await waiting).toEqual({ done: true, value: undefined });
      const stream = newStream();
      await expect(at.store.append(stream, first(stream, 1), 'no-stream')).rejects.toThrow('closed');
      at.store = await at.fixture.open();
    });
  });
}

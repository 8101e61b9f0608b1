import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { appendOne, newStream } from '../../../test/contract/event-store/events.js';
import { readFolded, StateCache } from './folded-stream.js';
import { type EventStore, openSqliteEventStore } from './index.js';

let store: EventStore;
beforeAll(() => {
  store = openSqliteEventStore(':memory:');
});
afterAll(() => store.close());

const folding = { initial: 0, fold: (count: number) => count + 1 };

/** Counts how many events were read anew. */
function watched(): { store: EventStore; read: () => number } {
  let read = 0;
  const readStream: EventStore['readStream'] = async (...from) => {
    const events = await store.readStream(...from);
    read += events.length;
    return events;
  };
  return { store: Object.assign(Object.create(store) as EventStore, { readStream }), read: () => read };
}

describe('StateCache', () => {
  it('lets only the new events of a stream be read and folded', async () => {
    const [stream, cache, { store: seen, read }] = [newStream(), new StateCache<number>(), watched()];
    for (let count = 1; count <= 3; count++) {
      await appendOne(store, stream);
      const folded = await readFolded(seen, stream, folding, cache);
      expect(folded).toMatchObject({ state: count });
      expect(folded.events).toEqual(await store.readStream(stream));
    }
    expect(read()).toBe(3);
  });

  it('keeps what was used last within its limit', async () => {
    const streams = [newStream(), newStream(), newStream()] as const;
    for (const stream of streams) await appendOne(store, stream);
    const size = JSON.stringify(await store.readLast(streams[0])).length;
    const cache = new StateCache<number>(2.5 * size);
    await readFolded(store, streams[0], folding, cache);
    await readFolded(store, streams[1], folding, cache);
    cache.get(streams[0]);
    await readFolded(store, streams[2], folding, cache);
    expect(streams.map((stream) => cache.get(stream)?.state)).toEqual([1, undefined, 1]);
  });

  it('keeps no stream above its limit, none that was forgotten, and nothing older than it has', async () => {
    const [stream, cache] = [newStream(), new StateCache<number>()];
    await appendOne(store, stream);
    const old = await readFolded(store, stream, folding);
    await appendOne(store, stream);
    await readFolded(store, stream, folding, cache);
    cache.keep(stream, old);
    expect(cache.get(stream)?.state).toBe(2);
    cache.forget(stream);
    expect(cache.get(stream)).toBeUndefined();
    const small = new StateCache<number>(10);
    await readFolded(store, stream, folding, small);
    expect(small.get(stream)).toBeUndefined();
  });
});

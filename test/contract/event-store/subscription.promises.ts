/** What a subscription promises: history, then what comes, without gap or double, at the pace of who reads. */
import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { type EventToAppend, type Heading, START, type StoredEvent } from '#event-store';
import type { Opened } from './contract.js';
import { appendOne, first, newStream, pages, readAll, receive } from './events.js';

export function subscriptionPromises(at: Opened): void {
  describe('subscription', () => {
    it('delivers history, then live events as they come', async () => {
      const [before, stream] = [await at.store.head(), newStream()];
      await at.store.append(stream, first(stream, 10), 'no-stream');
      const received = receive(at.store, before, 30);
      for (let number = 10; number < 30; number++) await appendOne(at.store, stream, { number });
      expect(await received).toEqual(await readAll(at.store, before));
    });

    it('wakes a consumer that has read all there is', async () => {
      const stop = new AbortController();
      const live = pages(at.store, await at.store.head(), stop.signal);
      for (let number = 0; number < 3; number++) {
        const next = live.next();
        // Some turns of the event loop, so that the consumer waits before the append begins.
        for (let turn = 0; turn < 5; turn++) await setImmediate();
        const event = await appendOne(at.store, newStream(), { number });
        expect(await next).toEqual({ done: false, value: [event] });
      }
      stop.abort();
    });

    it('delivers the same in headings', async () => {
      const [before, stream] = [await at.store.head(), newStream()];
      const [one, two] = first(stream, 2) as [EventToAppend, EventToAppend];
      const events = [{ ...one, metadata: { ...one.metadata, schema: 12 } }, two];
      await at.store.append(stream, events, 'no-stream');
      const stop = new AbortController();
      const all = await readAll(at.store, before);
      const headings: Heading[] = [];
      for await (const page of at.store.subscribeToHeadings(before, stop.signal)) if (headings.push(...page) === all.length) stop.abort();
      expect(headings.map((heading) => heading.read())).toEqual(all);
      // Whoever copies or keeps an event that was read has all of it.
      expect(headings.map((heading) => ({ ...heading.read() }))).toEqual(all);
      expect(headings.map(({ schema }) => schema)).toEqual(all.map(({ metadata }) => metadata.schema));
      for (const [index, { id, type, stream: of, revision, position }] of headings.entries()) expect(all[index]).toMatchObject({ id, type, stream: of, revision, position });
      expect(headings[0]!.read()).toBe(headings[0]!.read());
    });

    it('resumes without gap or double after a disconnect at any point', async () => {
      const [before, stream] = [await at.store.head(), newStream()];
      await at.store.append(stream, first(stream, 12), 'no-stream');
      const all = await readAll(at.store, before);
      for (let point = 0; point < all.length; point++) {
        const start = await receive(at.store, before, point, 1);
        const rest = await receive(at.store, start.at(-1)?.position ?? before, all.length - point, 5);
        expect([...start, ...rest]).toEqual(all);
      }
    });

    it('waits for a slow consumer, who slows nobody else', async () => {
      const [before, stream] = [await at.store.head(), newStream()];
      const stop = new AbortController();
      const slow = pages(at.store, before, stop.signal, 4);
      await at.store.append(stream, first(stream, 4), 'no-stream');
      const seen = [...((await slow.next()).value as StoredEvent[])];
      const fast = receive(at.store, before, 60);
      for (let number = 4; number < 60; number++) await appendOne(at.store, stream, { number });
      expect(await fast).toHaveLength(60);
      while (seen.length < 60) {
        const page = (await slow.next()).value as StoredEvent[];
        expect(page.length).toBeLessThanOrEqual(4);
        seen.push(...page);
      }
      expect(seen).toEqual(await readAll(at.store, before));
      stop.abort();
      expect(await slow.next()).toEqual({ done: true, value: undefined });
    });

    it('gives no larger pages than were asked for, whoever asked for the same ones before', async () => {
      const [before, stream] = [await at.store.head(), newStream()];
      await at.store.append(stream, first(stream, 6), 'no-stream');
      const stop = new AbortController();
      const all = await readAll(at.store, before);
      for (const size of [6, 2, 100, 4]) {
        const { value } = (await pages(at.store, before, stop.signal, size).next()) as { value: StoredEvent[] };
        expect(value.length).toBeGreaterThan(0);
        expect(value.length).toBeLessThanOrEqual(size);
        expect(value).toEqual(all.slice(0, value.length));
      }
      stop.abort();
    });

    it('ends when its signal aborts while it waits', async () => {
      const stop = new AbortController();
      const waiting = pages(at.store, await at.store.head(), stop.signal).next();
      stop.abort();
      expect(await waiting).toEqual({ done: true, value: undefined });
      const aborted = pages(at.store, START, AbortSignal.abort());
      expect(await aborted.next()).toEqual({ done: true, value: undefined });
    });
  });
}

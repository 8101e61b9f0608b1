/** The promises of `EventStore`, one test each, under the promise's own words; every adapter runs them all. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { APPEND_LIMIT_BYTES, type EventStore, type EventToAppend, type Heading, START, type StoredEvent, WrongExpectedRevision } from '#event-store';
import { appendOne, first, firstBreak, following, newStream, pages, readAll, receive } from './events.js';

/** What an adapter's spec provides. */
export interface EventStoreFixture {
  /** Opens the store; once the one before is closed or killed, the same log again. */
  open(): Promise<EventStore>;
  /** Removes whatever is left. The store is closed. */
  remove?(): Promise<void>;
  /** The log outlives `close`. Absent: the promises about that are skipped by name. */
  readonly persistent?: true;
  /**
   * Lets a writer append one event at a time to several streams, kills with SIGKILL what holds the log in the midst of
   * it, and answers what had been acknowledged. Called while no store is open. Absent: skipped by name.
   */
  killInMidWrite?(): Promise<readonly { stream: string; id: string }[]>;
}

export function eventStoreContract(name: string, fixture: EventStoreFixture): void {
  const whenPersistent = fixture.persistent ? it : it.skip;
  const whenKillable = fixture.killInMidWrite ? it : it.skip;

  describe(`event store: ${name}`, () => {
    let store: EventStore;

    beforeAll(async () => {
      store = await fixture.open();
    });
    afterAll(async () => {
      await store.close();
      await fixture.remove?.();
    });
    const reopened = async (between?: () => Promise<unknown>): Promise<EventStore> => {
      await store.close();
      await between?.();
      return (store = await fixture.open());
    };

    describe('append', () => {
      it('numbers revisions from 0 without holes', async () => {
        const stream = newStream();
        const start = await store.append(stream, first(stream, 3), 'no-stream');
        const last = await store.readLast(stream);
        const next = await store.append(stream, following(stream, last, {}, {}), 2);
        expect(start).toMatchObject({ firstRevision: 0, lastRevision: 2, written: true });
        expect(next).toMatchObject({ firstRevision: 3, lastRevision: 4, written: true });
        const events = await store.readStream(stream);
        expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
        expect([events[2]?.position, events[4]?.position]).toEqual([start.position, next.position]);
        expect(firstBreak(events)).toBe(-1);
      });

      it('writes all events or none', async () => {
        const stream = newStream();
        await store.append(stream, first(stream, 2), 'no-stream');
        await expect(store.append(stream, first(stream, 3), 0)).rejects.toThrow(WrongExpectedRevision);
        await expect(store.append(stream, first(stream, 3), 5)).rejects.toThrow(WrongExpectedRevision);
        expect(await store.readStream(stream)).toHaveLength(2);
      });

      it('says on a wrong expected revision which stream, what was expected and what is', async () => {
        const [stream, missing] = [newStream(), newStream()];
        await store.append(stream, first(stream, 2), 'no-stream');
        const caught = (at: string, expected: number | 'no-stream') =>
          store.append(at, first(at, 1), expected).catch((error: unknown) => error);
        expect(await caught(stream, 'no-stream')).toMatchObject({ stream, expected: 'no-stream', actual: 1 });
        expect(await caught(stream, 7)).toMatchObject({ stream, expected: 7, actual: 1 });
        expect(await caught(missing, 0)).toMatchObject({ stream: missing, expected: 0, actual: 'no-stream' });
        expect(await caught(missing, 0)).toBeInstanceOf(WrongExpectedRevision);
      });

      it('succeeds again for the same ids at the same expected revision and writes nothing', async () => {
        const stream = newStream();
        const [start, more] = [first(stream, 2), first(stream, 3)];
        const once = await store.append(stream, start, 'no-stream');
        const onceMore = await store.append(stream, more, 1);
        const again = await Promise.all([store.append(stream, start, 'no-stream'), store.append(stream, more, 1)]);
        expect(again).toEqual([
          { ...once, written: false },
          { ...onceMore, written: false },
        ]);
        expect(await store.readStream(stream)).toHaveLength(5);
      });

      it('keeps the first content of ids that come again with other content', async () => {
        const stream = newStream();
        const [event] = first(stream, 1);
        await store.append(stream, [event!], 'no-stream');
        const changed = { ...event!, type: 'ReferralDeclined', data: { service: 'other' } };
        expect(await store.append(stream, [changed], 'no-stream')).toMatchObject({ written: false });
        expect(await store.readStream(stream)).toMatchObject([event!]);
      });

      it('refuses ids of which only a part is there', async () => {
        const stream = newStream();
        const [a, b, c] = first(stream, 3);
        await store.append(stream, [a!, b!], 'no-stream');
        for (const events of [[a!, b!, c!], [a!, c!], [c!, b!], [b!]]) {
          await expect(store.append(stream, events, 'no-stream')).rejects.toThrow(WrongExpectedRevision);
        }
        expect(await store.readStream(stream)).toHaveLength(2);
      });

      it('is safe to send again at once when the reply is lost', async () => {
        const stream = newStream();
        const events = first(stream, 2);
        const answers = await Promise.all(Array.from({ length: 8 }, () => store.append(stream, events, 'no-stream')));
        expect(answers.filter(({ written }) => written)).toHaveLength(1);
        expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
        expect(await store.readStream(stream)).toHaveLength(2);
      });

      it('hides nothing that came since when an older append is sent again', async () => {
        const stream = newStream();
        const older = first(stream, 1);
        await store.append(stream, older, 'no-stream');
        await store.append(stream, first(stream, 2), 0);
        await store.append(stream, older, 'no-stream');
        expect((await store.readStream(stream, { from: 1 })).map(({ revision }) => revision)).toEqual([1, 2]);
      });

      it('lets exactly one of concurrent writers win a revision', async () => {
        const stream = newStream();
        for (const expected of ['no-stream', 0, 1] as const) {
          const rivals = Array.from({ length: 32 }, () => store.append(stream, first(stream, 1), expected));
          const outcomes = await Promise.allSettled(rivals);
          expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        }
        expect(await store.readStream(stream)).toHaveLength(3);
      });

      it('loses nothing of many writers that retry on one stream', async () => {
        const stream = newStream();
        const write = async (data: object): Promise<StoredEvent> =>
          appendOne(store, stream, data).catch((error: unknown) => {
            if (error instanceof WrongExpectedRevision) return write(data);
            throw error;
          });
        const writers = Array.from({ length: 8 }, async (_, writer) => {
          for (let number = 0; number < 5; number++) await write({ writer, number });
        });
        await Promise.all(writers);
        const events = await store.readStream(stream);
        expect(new Set(events.map(({ data }) => JSON.stringify(data))).size).toBe(40);
        expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
        expect(firstBreak(events)).toBe(-1);
      });

      it('lets a loser spoil none of those that write beside it', async () => {
        const [taken, ...free] = Array.from({ length: 9 }, newStream);
        await store.append(taken!, first(taken!, 1), 'no-stream');
        const appends = free.flatMap((stream) => [
          store.append(taken!, first(taken!, 1), 'no-stream'),
          store.append(stream, first(stream, 2), 'no-stream'),
        ]);
        const outcomes = await Promise.allSettled(appends);
        expect(outcomes.map(({ status }) => status)).toEqual(free.flatMap(() => ['rejected', 'fulfilled']));
        for (const stream of free) expect(await store.readStream(stream)).toHaveLength(2);
      });

      it('succeeds for an empty list and makes no stream', async () => {
        const stream = newStream();
        await store.append(stream, [], 'no-stream');
        expect(await store.readLast(stream)).toBeUndefined();
        expect(await store.append(stream, first(stream, 1), 'no-stream')).toMatchObject({ firstRevision: 0 });
      });

      it('brings back every script', async () => {
        const stream = newStream();
        const texts = [
          'Țărmul însorit, șapte',
          'ضحية الاتجار بالبشر',
          'жертва',
          '人口贩运',
          '👩‍👧🛟',
          'e\u0301',
          '"\\\n\t\u0000\u2028',
        ];
        const events = following(
          stream,
          undefined,
          ...texts.map((text) => ({ text, [text]: [text, null, 0.1, true] })),
        );
        await store.append(stream, events, 'no-stream');
        const stored = await store.readStream(stream);
        expect(stored).toMatchObject(events);
        expect(firstBreak(stored)).toBe(-1);
      });

      it('accepts an append of 512 KiB, refuses one byte more, and goes on', async () => {
        const stream = newStream();
        const [event] = first(stream, 1);
        const size =
          Buffer.byteLength(JSON.stringify(event!.data)) + Buffer.byteLength(JSON.stringify(event!.metadata));
        const filled = (bytes: number) => ({
          ...event!,
          data: { ...event!.data, text: 'ș'.repeat(10) + 'x'.repeat(bytes) },
        });
        const most = APPEND_LIMIT_BYTES - size - ',"text":""'.length - 20;
        const tooLarge = store.append(stream, [filled(most + 1)], 'no-stream');
        await expect(tooLarge).rejects.toMatchObject({ name: 'AppendTooLarge', bytes: APPEND_LIMIT_BYTES + 1 });
        expect(await store.readLast(stream)).toBeUndefined();
        await store.append(stream, [filled(most)], 'no-stream');
        expect((await store.readLast(stream))?.data).toEqual(filled(most).data);
      });
    });

    describe('reading', () => {
      it('answers a part of a stream, its last event, and nothing for a stream that is not there', async () => {
        const stream = newStream();
        await store.append(stream, first(stream, 5), 'no-stream');
        const revisions = async (options: { from?: number; to?: number }) =>
          (await store.readStream(stream, options)).map(({ revision }) => revision);
        expect(await revisions({ from: 3 })).toEqual([3, 4]);
        expect(await revisions({ to: 1 })).toEqual([0, 1]);
        expect(await revisions({ from: 1, to: 2 })).toEqual([1, 2]);
        expect(await revisions({ from: 5 })).toEqual([]);
        expect((await store.readLast(stream))?.revision).toBe(4);
        expect(await store.readStream(newStream())).toEqual([]);
        expect(await store.readLast(newStream())).toBeUndefined();
      });

      it('orders all events, compares their positions, and starts behind any of them', async () => {
        const before = await store.head();
        const streams = Array.from({ length: 4 }, newStream);
        for (const stream of streams) await store.append(stream, first(stream, 3), 'no-stream');
        const events = await readAll(store, before, 5);
        expect(events.map(({ stream }) => stream)).toEqual(streams.flatMap((stream) => [stream, stream, stream]));
        expect(await store.head()).toBe(events.at(-1)?.position);
        for (const [index, { position }] of events.entries()) {
          expect(await readAll(store, position, 2)).toEqual(events.slice(index + 1));
          expect(store.compare(START, position)).toBeLessThan(0);
          expect(store.compare(position, position)).toBe(0);
          if (index > 0) expect(store.compare(position, events[index - 1]!.position)).toBeGreaterThan(0);
        }
      });

      it('has no late arrivals, whatever writes while it reads', async () => {
        const before = await store.head();
        const streams = Array.from({ length: 6 }, newStream);
        const writing = Promise.all(
          streams.map(async (stream) => {
            for (let number = 0; number < 25; number++) await appendOne(store, stream, { number });
          }),
        );
        const read = async (pageSize: number): Promise<StoredEvent[]> => {
          const seen: StoredEvent[] = [];
          while (seen.length < 150) seen.push(...(await readAll(store, seen.at(-1)?.position ?? before, pageSize)));
          return seen;
        };
        const [one, other] = await Promise.all([read(1), read(10), writing]);
        const all = await readAll(store, before);
        expect(one).toEqual(all);
        expect(other).toEqual(all);
      });

      it('reads to the end as it is when reached, not as it was while its caller was at work', async () => {
        const [before, stream] = [await store.head(), newStream()];
        await store.append(stream, first(stream, 4), 'no-stream');
        const seen: StoredEvent[] = [];
        for await (const page of store.readAll(before, { pageSize: 2 })) {
          seen.push(...page);
          if (seen.length === 4) await appendOne(store, stream);
        }
        expect(seen).toEqual(await store.readStream(stream));
        expect(seen).toHaveLength(5);
      });

      it('shows no system events', async () => {
        await appendOne(store, newStream());
        const all = await readAll(store);
        expect(all.filter(({ stream, type }) => stream.startsWith('$') || type.startsWith('$'))).toEqual([]);
      });
    });

    describe('subscription', () => {
      it('delivers history, then live events as they come', async () => {
        const [before, stream] = [await store.head(), newStream()];
        await store.append(stream, first(stream, 10), 'no-stream');
        const received = receive(store, before, 30);
        for (let number = 10; number < 30; number++) await appendOne(store, stream, { number });
        expect(await received).toEqual(await readAll(store, before));
      });

      it('wakes a consumer that has read all there is', async () => {
        const stop = new AbortController();
        const live = pages(store, await store.head(), stop.signal);
        for (let number = 0; number < 3; number++) {
          const next = live.next();
          // Some turns of the event loop, so that the consumer waits before the append begins.
          for (let turn = 0; turn < 5; turn++) await setImmediate();
          const event = await appendOne(store, newStream(), { number });
          expect(await next).toEqual({ done: false, value: [event] });
        }
        stop.abort();
      });

      it('delivers the same in headings', async () => {
        const [before, stream] = [await store.head(), newStream()];
        const [one, two] = first(stream, 2) as [EventToAppend, EventToAppend];
        const events = [{ ...one, metadata: { ...one.metadata, schema: 12 } }, two];
        await store.append(stream, events, 'no-stream');
        const stop = new AbortController();
        const all = await readAll(store, before);
        const headings: Heading[] = [];
        for await (const page of store.subscribeToHeadings(before, stop.signal)) if (headings.push(...page) === all.length) stop.abort();
        expect(headings.map((heading) => heading.read())).toEqual(all);
        // Whoever copies or keeps an event that was read has all of it.
        expect(headings.map((heading) => ({ ...heading.read() }))).toEqual(all);
        expect(headings.map(({ schema }) => schema)).toEqual(all.map(({ metadata }) => metadata.schema));
        for (const [index, { id, type, stream: of, revision, position }] of headings.entries()) expect(all[index]).toMatchObject({ id, type, stream: of, revision, position });
        expect(headings[0]!.read()).toBe(headings[0]!.read());
      });

      it('resumes without gap or double after a disconnect at any point', async () => {
        const [before, stream] = [await store.head(), newStream()];
        await store.append(stream, first(stream, 12), 'no-stream');
        const all = await readAll(store, before);
        for (let point = 0; point < all.length; point++) {
          const start = await receive(store, before, point, 1);
          const rest = await receive(store, start.at(-1)?.position ?? before, all.length - point, 5);
          expect([...start, ...rest]).toEqual(all);
        }
      });

      it('waits for a slow consumer, who slows nobody else', async () => {
        const [before, stream] = [await store.head(), newStream()];
        const stop = new AbortController();
        const slow = pages(store, before, stop.signal, 4);
        await store.append(stream, first(stream, 4), 'no-stream');
        const seen = [...((await slow.next()).value as StoredEvent[])];
        const fast = receive(store, before, 60);
        for (let number = 4; number < 60; number++) await appendOne(store, stream, { number });
        expect(await fast).toHaveLength(60);
        while (seen.length < 60) {
          const page = (await slow.next()).value as StoredEvent[];
          expect(page.length).toBeLessThanOrEqual(4);
          seen.push(...page);
        }
        expect(seen).toEqual(await readAll(store, before));
        stop.abort();
        expect(await slow.next()).toEqual({ done: true, value: undefined });
      });

      it('gives no larger pages than were asked for, whoever asked for the same ones before', async () => {
        const [before, stream] = [await store.head(), newStream()];
        await store.append(stream, first(stream, 6), 'no-stream');
        const stop = new AbortController();
        const all = await readAll(store, before);
        for (const size of [6, 2, 100, 4]) {
          const { value } = (await pages(store, before, stop.signal, size).next()) as { value: StoredEvent[] };
          expect(value.length).toBeGreaterThan(0);
          expect(value.length).toBeLessThanOrEqual(size);
          expect(value).toEqual(all.slice(0, value.length));
        }
        stop.abort();
      });

      it('ends when its signal aborts while it waits', async () => {
        const stop = new AbortController();
        const waiting = pages(store, await store.head(), stop.signal).next();
        stop.abort();
        expect(await waiting).toEqual({ done: true, value: undefined });
        const aborted = pages(store, START, AbortSignal.abort());
        expect(await aborted.next()).toEqual({ done: true, value: undefined });
      });
    });

    describe('closing and dying', () => {
      whenPersistent('closes only when everything asked for is safe', async () => {
        const streams = Array.from({ length: 40 }, newStream);
        const appends = streams.map((stream) => store.append(stream, first(stream, 2), 'no-stream'));
        await reopened();
        await Promise.all(appends);
        for (const stream of streams) expect(await store.readStream(stream)).toHaveLength(2);
      });

      whenPersistent('keeps the log, its order and its ids over a restart', async () => {
        const stream = newStream();
        const events = first(stream, 3);
        const once = await store.append(stream, events, 'no-stream');
        const all = await readAll(store);
        await reopened();
        expect(await readAll(store)).toEqual(all);
        expect(await store.head()).toBe(once.position);
        expect(await store.append(stream, events, 'no-stream')).toEqual({ ...once, written: false });
        const next = await appendOne(store, newStream());
        expect(store.compare(next.position, once.position)).toBeGreaterThan(0);
      });

      whenKillable('keeps every acknowledged append over kill -9', async () => {
        let acknowledged: readonly { stream: string; id: string }[] = [];
        await reopened(async () => {
          acknowledged = await fixture.killInMidWrite!();
        });
        expect(acknowledged.length).toBeGreaterThan(0);
        for (const stream of new Set(acknowledged.map((each) => each.stream))) {
          const events = await store.readStream(stream);
          const expected = acknowledged.filter((each) => each.stream === stream).map(({ id }) => id);
          expect(events.map(({ id }) => id).slice(0, expected.length)).toEqual(expected);
          expect(firstBreak(events)).toBe(-1);
          await appendOne(store, stream);
        }
      });

      it('ends subscriptions and refuses what comes later, once closed', async () => {
        const waiting = pages(store, await store.head(), new AbortController().signal).next();
        await Promise.all([store.close(), store.close()]);
        expect(await waiting).toEqual({ done: true, value: undefined });
        const stream = newStream();
        await expect(store.append(stream, first(stream, 1), 'no-stream')).rejects.toThrow('closed');
        store = await fixture.open();
      });
    });
  });
}

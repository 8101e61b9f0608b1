/** What `append` promises: all or nothing, once, in order, whoever writes beside it. */
import { describe, expect, it } from '@jest/globals';
import { APPEND_LIMIT_BYTES, type StoredEvent, WrongExpectedRevision } from '#event-store';
import type { Opened } from './contract.js';
import { appendOne, first, firstBreak, following, newStream } from './events.js';

export function appendPromises(at: Opened): void {
  describe('append', () => {
    it('numbers revisions from 0 without holes', async () => {
      const stream = newStream();
      const start = await at.store.append(stream, first(stream, 3), 'no-stream');
      const last = await at.store.readLast(stream);
      const next = await at.store.append(stream, following(stream, last, {}, {}), 2);
      expect(start).toMatchObject({ firstRevision: 0, lastRevision: 2, written: true });
      expect(next).toMatchObject({ firstRevision: 3, lastRevision: 4, written: true });
      const events = await at.store.readStream(stream);
      expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4]);
      expect([events[2]?.position, events[4]?.position]).toEqual([start.position, next.position]);
      expect(firstBreak(events)).toBe(-1);
    });

    it('writes all events or none', async () => {
      const stream = newStream();
      await at.store.append(stream, first(stream, 2), 'no-stream');
      await expect(at.store.append(stream, first(stream, 3), 0)).rejects.toThrow(WrongExpectedRevision);
      await expect(at.store.append(stream, first(stream, 3), 5)).rejects.toThrow(WrongExpectedRevision);
      expect(await at.store.readStream(stream)).toHaveLength(2);
    });

    it('says on a wrong expected revision which stream, what was expected and what is', async () => {
      const [stream, missing] = [newStream(), newStream()];
      await at.store.append(stream, first(stream, 2), 'no-stream');
      const caught = (stream: string, expected: number | 'no-stream') =>
        at.store.append(stream, first(stream, 1), expected).catch((error: unknown) => error);
      expect(await caught(stream, 'no-stream')).toMatchObject({ stream, expected: 'no-stream', actual: 1 });
      expect(await caught(stream, 7)).toMatchObject({ stream, expected: 7, actual: 1 });
      expect(await caught(missing, 0)).toMatchObject({ stream: missing, expected: 0, actual: 'no-stream' });
      expect(await caught(missing, 0)).toBeInstanceOf(WrongExpectedRevision);
    });

    it('succeeds again for the same ids at the same expected revision and writes nothing', async () => {
      const stream = newStream();
      const [start, more] = [first(stream, 2), first(stream, 3)];
      const once = await at.store.append(stream, start, 'no-stream');
      const onceMore = await at.store.append(stream, more, 1);
      const again = await Promise.all([at.store.append(stream, start, 'no-stream'), at.store.append(stream, more, 1)]);
      expect(again).toEqual([
        { ...once, written: false },
        { ...onceMore, written: false },
      ]);
      expect(await at.store.readStream(stream)).toHaveLength(5);
    });

    it('keeps the first content of ids that come again with other content', async () => {
      const stream = newStream();
      const [event] = first(stream, 1);
      await at.store.append(stream, [event!], 'no-stream');
      const changed = { ...event!, type: 'ReferralDeclined', data: { service: 'other' } };
      expect(await at.store.append(stream, [changed], 'no-stream')).toMatchObject({ written: false });
      expect(await at.store.readStream(stream)).toMatchObject([event!]);
    });

    it('refuses ids of which only a part is there', async () => {
      const stream = newStream();
      const [a, b, c] = first(stream, 3);
      await at.store.append(stream, [a!, b!], 'no-stream');
      for (const events of [[a!, b!, c!], [a!, c!], [c!, b!], [b!]]) {
        await expect(at.store.append(stream, events, 'no-stream')).rejects.toThrow(WrongExpectedRevision);
      }
      expect(await at.store.readStream(stream)).toHaveLength(2);
    });

    it('is safe to send again at once when the reply is lost', async () => {
      const stream = newStream();
      const events = first(stream, 2);
      const answers = await Promise.all(Array.from({ length: 8 }, () => at.store.append(stream, events, 'no-stream')));
      expect(answers.filter(({ written }) => written)).toHaveLength(1);
      expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
      expect(await at.store.readStream(stream)).toHaveLength(2);
    });

    it('hides nothing that came since when an older append is sent again', async () => {
      const stream = newStream();
      const older = first(stream, 1);
      await at.store.append(stream, older, 'no-stream');
      await at.store.append(stream, first(stream, 2), 0);
      await at.store.append(stream, older, 'no-stream');
      expect((await at.store.readStream(stream, { from: 1 })).map(({ revision }) => revision)).toEqual([1, 2]);
    });

    it('lets exactly one of concurrent writers win a revision', async () => {
      const stream = newStream();
      for (const expected of ['no-stream', 0, 1] as const) {
        const rivals = Array.from({ length: 32 }, () => at.store.append(stream, first(stream, 1), expected));
        const outcomes = await Promise.allSettled(rivals);
        expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      }
      expect(await at.store.readStream(stream)).toHaveLength(3);
    });

    it('loses nothing of many writers that retry on one stream', async () => {
      const stream = newStream();
      const write = async (data: object): Promise<StoredEvent> =>
        appendOne(at.store, stream, data).catch((error: unknown) => {
          if (error instanceof WrongExpectedRevision) return write(data);
          throw error;
        });
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let number = 0; number < 5; number++) await write({ writer, number });
      });
      await Promise.all(writers);
      const events = await at.store.readStream(stream);
      expect(new Set(events.map(({ data }) => JSON.stringify(data))).size).toBe(40);
      expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index));
      expect(firstBreak(events)).toBe(-1);
    });

    it('lets a loser spoil none of those that write beside it', async () => {
      const [taken, ...free] = Array.from({ length: 9 }, newStream);
      await at.store.append(taken!, first(taken!, 1), 'no-stream');
      const appends = free.flatMap((stream) => [
        at.store.append(taken!, first(taken!, 1), 'no-stream'),
        at.store.append(stream, first(stream, 2), 'no-stream'),
      ]);
      const outcomes = await Promise.allSettled(appends);
      expect(outcomes.map(({ status }) => status)).toEqual(free.flatMap(() => ['rejected', 'fulfilled']));
      for (const stream of free) expect(await at.store.readStream(stream)).toHaveLength(2);
    });

    it('succeeds for an empty list and makes no stream', async () => {
      const stream = newStream();
      await at.store.append(stream, [], 'no-stream');
      expect(await at.store.readLast(stream)).toBeUndefined();
      expect(await at.store.append(stream, first(stream, 1), 'no-stream')).toMatchObject({ firstRevision: 0 });
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
      await at.store.append(stream, events, 'no-stream');
      const stored = await at.store.readStream(stream);
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
      const tooLarge = at.store.append(stream, [filled(most + 1)], 'no-stream');
      await expect(tooLarge).rejects.toMatchObject({ name: 'AppendTooLarge', bytes: APPEND_LIMIT_BYTES + 1 });
      expect(await at.store.readLast(stream)).toBeUndefined();
      await at.store.append(stream, [filled(most)], 'no-stream');
      expect((await at.store.readLast(stream))?.data).toEqual(filled(most).data);
    });
  });
}

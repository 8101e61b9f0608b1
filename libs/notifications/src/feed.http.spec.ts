/** The feed over HTTP: pages, cursors, waiting, and whose notices stand in it. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FeedItem } from './feed.js';
import { app, CLINIC, close, fed, feed, open, send, SHELTER, start, world } from './contract/over-http.js';

beforeEach(open);
afterEach(close);

describe('feed', () => {
  it('answers a page to its organisation, and the next one from its cursor', async () => {
    await world.offer(randomUUID(), SHELTER);
    await fed(1);
    const { status, body } = await feed();
    expect(status).toBe(200);
    expect(body.items).toMatchObject([{ recall: false, notice: { type: 'notice.v1', data: { sequence: 1 } } }]);
    expect((await feed(`?after=${body.next}`)).body.items).toEqual([]);
    expect((await feed('', CLINIC)).body.items).toEqual([]);
    expect(await feed(`?after=${body.next}`, CLINIC)).toMatchObject({
      status: 400,
      body: { code: 'position-invalid' },
    });
    expect(await feed('?wait=31')).toMatchObject({ status: 400, body: { code: 'query-invalid' } });
  });

  it('lets a reader wait for the next notice', async () => {
    const waiting = feed('?wait=30');
    await world.offer(randomUUID(), SHELTER);
    expect((await waiting).body.items).toMatchObject([{ notice: { data: { sequence: 1 } } }]);
  });

  it('streams notices as they come, and goes on behind the last event that was seen', async () => {
    await world.offer(randomUUID(), SHELTER);
    const first = await stream();
    const { id, item } = await first.next();
    expect(item.notice.data.sequence).toBe(1);
    await world.offer(randomUUID(), SHELTER);
    expect((await first.next()).item.notice.data.sequence).toBe(2);
    await first.close();
    const second = await stream({ 'last-event-id': id });
    expect((await second.next()).item.notice.data.sequence).toBe(2);
    await second.close();
  });

  it('ends its streams when the app stops', async () => {
    const open = await stream();
    await world.offer(randomUUID(), SHELTER);
    await open.next();
    await app.close();
    await expect(open.next()).rejects.toThrow();
    await start();
  });

  const stream = async (headers: object = {}) => {
    const response = await send('GET', '/v1/feed', SHELTER, { accept: 'text/event-stream', ...headers });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const next = async (): Promise<{ id: string; item: FeedItem }> => {
      for (;;) {
        const match = /id: (\S+)\nevent: notice\ndata: (.+)\n\n/.exec(text);
        if (match !== null) {
          text = text.slice(match.index + match[0].length);
          return { id: match[1]!, item: JSON.parse(match[2]!) as FeedItem };
        }
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream ended');
        text += value;
      }
    };
    return { next, close: () => reader.cancel() };
  };
});

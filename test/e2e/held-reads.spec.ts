/** What one client may hold open of the feed: each stream asks the database once a second for a quarter of an hour. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MOST_HELD } from '../../libs/notifications/src/held-reads.js';
import { type Tandem, startTandem } from '../support/tandem.js';

let tandem: Tandem;
const stop = new AbortController();
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  stop.abort();
  await tandem.stop();
});

async function read(client: string, query = '', accept = 'text/event-stream'): Promise<Response> {
  const token = await tandem.issuer.issue({ organisation: 'clinica-aurora', roles: ['SP'], actor: 'a', human: false, client });
  return fetch(`${tandem.address}/v1/feed${query}`, { headers: { authorization: `Bearer ${token}`, accept }, signal: stop.signal });
}

it('one client holds a few streams open, and no hundred; a page is answered all the same, and so is another client', async () => {
  const streams = await Promise.all(Array.from({ length: MOST_HELD + 2 }, () => read('one')));
  expect(streams.map(({ status }) => status).sort()).toEqual([...Array<number>(MOST_HELD).fill(200), 429, 429]);
  const refused = streams.find(({ status }) => status === 429);
  expect({ retryAfter: refused?.headers.get('retry-after'), body: await refused?.json() }).toMatchObject({ retryAfter: '30', body: { code: 'too-many-requests' } });
  expect((await read('one', '?wait=5', 'application/json')).status).toBe(429);
  expect((await read('one', '', 'application/json')).status).toBe(200);
  expect((await read('another')).status).toBe(200);
});

/** Whoever signed out of the plain page has left: what a shared computer kept of the cookie opens nothing. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Tandem, startTandem } from '../support/tandem.js';
import { Visitor } from '../support/visitor.js';

const CLINIC = 'clinica-aurora';
let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(() => tandem.stop());

const opened = async (cookie: string): Promise<number> => (await new Visitor(tandem, cookie).get('/inbox')).status;

const WAYS_OUT: Readonly<Record<string, (visitor: Visitor) => Promise<unknown>>> = {
  'signing out': async (visitor) => visitor.post('/inbox/sign-out', { form: (await visitor.get('/inbox')).form('/inbox/sign-out')['form'] }),
  'leaving in haste': (visitor) => visitor.get('/inbox/leave'),
};

it.each(Object.entries(WAYS_OUT))('after %s a copy of the cookie opens no page, and the session of a colleague goes on', async (_name, leave) => {
  const [visitor, colleague] = [await Visitor.in(tandem, CLINIC), await Visitor.in(tandem, CLINIC)];
  const { cookie } = visitor;
  expect(await opened(cookie)).toBe(200);
  await leave(visitor);
  expect(await opened(cookie)).toBe(401);
  expect(await opened(colleague.cookie)).toBe(200);
});

it('an image on another site ends nothing', async () => {
  const visitor = await Visitor.in(tandem, CLINIC);
  await visitor.get('/inbox/leave', { 'sec-fetch-site': 'cross-site' });
  expect(await opened(visitor.cookie)).toBe(200);
});

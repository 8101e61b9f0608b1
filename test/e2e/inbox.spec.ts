/** The plain page over HTTP: what it keeps to itself, what it refuses, what it does once. The browser's side: inbox.browser.spec.ts. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Role } from '#mechanism';
import { Visitor } from '../support/visitor.js';
import { type Tandem, HOUR, startTandem } from '../support/tandem.js';
import { FIRST_FORM, aCase, acceptedReferral, consentTo, done, refer, referralTo } from '../support/story.js';

let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  await tandem.stop();
});

/** A case in which somebody may be asked for urgent help. */
async function assessed(): Promise<string> {
  const path = await aCase(tandem.as('casa-lumina'));
  done(await tandem.as('casa-lumina').post(`${path}/risk-assessments`, FIRST_FORM));
  return path;
}

/** A referral that waits for an organisation. */
async function waiting(provider = 'clinica-aurora', services: readonly string[] = ['MED.URG']): Promise<string> {
  const manager = tandem.as('casa-lumina');
  const path = await assessed();
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', provider)));
  return refer(tandem, manager, path, referralTo(provider, services));
}

const ACCEPTED = { worker: 'w-17', startFrom: '2026-03-02T12:30', meeting: 'Ana waits at nine.' };
const HIDDEN = /traffic|trafic|victim|victimă|exploit|tandem|mnir|nrm/i;

describe('without a session', () => {
  it('asks for the key, says nothing else, and keeps the way to what was asked for', async () => {
    const reference = await waiting();
    const visitor = new Visitor(tandem);
    for (const path of ['/inbox', `/inbox/${reference}`]) {
      const page = await visitor.get(path);
      expect(page.status).toBe(401);
      expect(page.text).not.toMatch(HIDDEN);
      expect(page.text).not.toContain('MED');
      expect(page.form('/inbox/session').next).toBe(path);
    }
  });

  it('records nothing', async () => {
    const reference = await waiting();
    const visitor = new Visitor(tandem);
    expect((await visitor.post(`/inbox/${reference}/decline`, { reason: 'OTHER', key: randomUUID(), form: 'x' })).status).toBe(401);
    await visitor.signIn('clinica-aurora');
    expect((await visitor.get(`/inbox/${reference}`)).text).toContain('Waiting for your answer');
  });

  it('opens for a key that is valid, and for no other', async () => {
    const visitor = new Visitor(tandem);
    expect((await visitor.post('/inbox/session', { key: 'a.b.c', next: '/inbox' })).status).toBe(401);
    const old = await tandem.issuer.issue({ organisation: 'clinica-aurora', roles: ['SP'], actor: 'w', human: true, ttl: -60 });
    const refused = await visitor.post('/inbox/session', { key: old, next: '/inbox' });
    expect(refused).toMatchObject({ status: 401, cookies: [] });
    expect(refused.text).toContain('This access key is not valid');
    const roles = Array.from({ length: 800 }, (_, index) => `R${'ABCDEFGHIJ'.charAt(index % 10)}`) as unknown as readonly Role[];
    const long = await tandem.issuer.issue({ organisation: 'clinica-aurora', roles, actor: 'w', human: true });
    expect((await visitor.post('/inbox/session', { key: long, next: '/inbox' })).text).toContain('too long');
  });

  it('goes nowhere else after signing in', async () => {
    const visitor = new Visitor(tandem);
    for (const next of ['https://evil.example', '//evil.example', '/inbox/../v1', '/inbox/x?y', '/inbox\nlocation: x']) {
      const answer = await visitor.post('/inbox/session', { key: await visitor.keyOf('clinica-aurora'), next });
      expect(answer).toMatchObject({ status: 303, location: '/inbox' });
    }
  });
});

describe('the session cookie', () => {
  it('is out of reach of scripts and other sites, unreadable, and ends with the token or after an hour', async () => {
    const visitor = new Visitor(tandem);
    const key = await visitor.keyOf('clinica-aurora');
    const { cookies: [cookie = ''] } = await visitor.post('/inbox/session', { key, next: '/inbox' });
    expect(cookie).toMatch(/^desk=[\w-]+; Max-Age=(?:3600|35\d\d); Path=\/; HttpOnly; SameSite=Strict$/);
    for (const part of key.split('.')) expect(cookie).not.toContain(part.slice(0, 20));
    const short = await tandem.issuer.issue({ organisation: 'clinica-aurora', roles: ['SP'], actor: 'w', human: true, ttl: 90 });
    const { cookies: [brief = ''] } = await visitor.post('/inbox/session', { key: short, next: '/inbox' });
    expect(Number(/Max-Age=(\d+)/.exec(brief)?.[1])).toBeLessThanOrEqual(90);
  });

  it('that is over, of an expired key, or changed, opens nothing', async () => {
    const keyring = tandem.engines.keys.for();
    const token = await tandem.issuer.issue({ organisation: 'clinica-aurora', roles: ['SP'], actor: 'w', human: true });
    const expired = await tandem.issuer.issue({ organisation: 'clinica-aurora', roles: ['SP'], actor: 'w', human: true, ttl: -60 });
    const sealed = (kept: object): string => keyring.encryptToken('inbox-session', JSON.stringify({ id: 'i', ...kept }));
    const later = Date.now() + HOUR;
    const good = sealed({ token, until: later });
    const status = async (value: string): Promise<number> => (await new Visitor(tandem, `desk=${value}`).get('/inbox')).status;
    expect(await status(good)).toBe(200);
    expect(await status(sealed({ token, until: Date.now() - 1 }))).toBe(401);
    expect(await status(sealed({ token: expired, until: later }))).toBe(401);
    expect(await status(`${good.slice(0, -2)}AA`)).toBe(401);
    expect(await status(keyring.encryptToken('position', JSON.stringify({ id: 'i', token, until: later })))).toBe(401);
  });

  it('goes away on the way out, and on leaving in haste', async () => {
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const left = await visitor.get('/inbox/leave');
    expect(left).toMatchObject({ status: 303, location: 'https://en.wikipedia.org/', cookies: [expect.stringMatching(/^desk=; Max-Age=0/)] });
    await visitor.signIn('clinica-aurora');
    const { form } = (await visitor.get('/inbox')).form('/inbox/sign-out');
    expect((await visitor.post('/inbox/sign-out', { form: form! })).cookies[0]).toMatch(/^desk=; Max-Age=0/);
    expect((await visitor.get('/inbox')).status).toBe(401);
  });

  it('is not taken away by an image on another site', async () => {
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    expect((await visitor.get('/inbox/leave', { 'sec-fetch-site': 'cross-site' })).cookies).toEqual([]);
  });
});

describe('every page', () => {
  it('runs nothing, loads nothing, is kept nowhere and tells nobody where one came from', async () => {
    const visitor = new Visitor(tandem);
    const reference = await waiting();
    const before = await visitor.get('/inbox');
    await visitor.signIn('clinica-aurora');
    for (const page of [before, await visitor.get('/inbox'), await visitor.get(`/inbox/${reference}`), await visitor.get('/inbox/none')]) {
      const policy = page.headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.text).not.toMatch(/<script|<img|<link|<iframe|\bon\w+=|url\(|@import| style=/i);
    }
  });

  it.each(['ro', 'en'])('says nothing in %s that gives somebody away', async (language) => {
    const reference = await waiting('avocati-alaturi', ['COURT', 'LEGAL.COMP']);
    const visitor = await Visitor.in(tandem, 'avocati-alaturi');
    for (const path of ['/inbox', `/inbox/${reference}`]) {
      const { text } = await visitor.get(`${path}?lang=${language}`);
      expect(text).toContain(`<html lang="${language}">`);
      expect(text).not.toMatch(HIDDEN);
    }
  });

  it('speaks the language that was chosen, else that of the browser, else Romanian', async () => {
    const visitor = new Visitor(tandem);
    const language = async (path: string, accept?: string) =>
      /<html lang="(..)"/.exec((await visitor.get(path, accept === undefined ? { 'accept-language': '' } : { 'accept-language': accept })).text)?.[1];
    expect(await language('/inbox')).toBe('ro');
    expect(await language('/inbox', 'de')).toBe('ro');
    expect(await language('/inbox', 'en-GB,ro;q=0.5')).toBe('en');
    expect(await language('/inbox?lang=ro', 'en')).toBe('ro');
    expect(await language('/inbox', 'en')).toBe('ro');
    expect(await language('/inbox?lang=xx', 'en')).toBe('ro');
  });
});

describe('a request that waits', () => {
  it('stands in the list, late in words, and is told as far as the person agreed', async () => {
    const reference = await waiting();
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    expect((await visitor.get('/inbox')).text).toContain(`href="/inbox/${reference}"`);
    const { text } = await visitor.get(`/inbox/${reference}`);
    for (const shown of ['Urgent medical care', 'Casa Lumina', '26 to 40', 'North-West', 'Romanian', '3 March 2026 at 10:00']) expect(text).toContain(shown);
    expect(text).not.toMatch(/Female|LABOUR/);
  });

  it('is accepted once, however often the form is sent', async () => {
    const reference = await waiting();
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const form = { ...(await visitor.get(`/inbox/${reference}`)).form(`/inbox/${reference}/accept`), ...ACCEPTED };
    const answers = await Promise.all([visitor.post(`/inbox/${reference}/accept`, form), visitor.post(`/inbox/${reference}/accept`, form)]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 303, location: `/inbox/${reference}?done=accept` });
    const { text } = await visitor.get(`/inbox/${reference}?done=accept`);
    expect(text).toContain('Accepted. The organisation that asked was told.');
    // Half past twelve on the wall in Romania, in winter.
    const { body } = await tandem.as('clinica-aurora').get(`/v1/referrals/${reference}`);
    expect(body).toMatchObject({ status: 'ACCEPTED', worker: 'w-17', startFrom: '2026-03-02T10:30:00.000Z' });
  });

  it('is shown again with what was written when something is wrong, and can be sent again', async () => {
    const reference = await waiting();
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const path = `/inbox/${reference}/accept`;
    const form = (await visitor.get(`/inbox/${reference}`)).form(path);
    const wrong = await visitor.post(path, { ...form, ...ACCEPTED, worker: 'Ana "Pop" <b>', startFrom: 'soon' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('value="Ana &quot;Pop&quot; &lt;b&gt;"');
    expect(wrong.text).toContain('Ana waits at nine.');
    expect(wrong.text.match(/aria-invalid="true"/g)).toHaveLength(2);
    const again = wrong.form(path);
    expect(again.key).not.toBe(form.key);
    expect((await visitor.post(path, { ...again, ...ACCEPTED })).status).toBe(303);
  });

  it('is declined with a reason; then its data is to be deleted, and that is confirmed', async () => {
    const reference = await waiting();
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const path = `/inbox/${reference}/decline`;
    const form = (await visitor.get(`/inbox/${reference}`)).form(path);
    expect((await visitor.post(path, form)).status).toBe(400);
    const declined = await visitor.post(path, { ...(await visitor.get(`/inbox/${reference}`)).form(path), reason: 'NO_CAPACITY' });
    expect(declined).toMatchObject({ status: 303, location: '/inbox?done=decline' });
    await tandem.settled();
    const after = await visitor.get(`/inbox/${reference}`);
    expect(after.text).toContain('Confirm that received data was deleted');
    expect(after.text).not.toContain('North-West');
    const confirm = `/inbox/${reference}/confirm-deletion`;
    expect(await visitor.post(confirm, after.form(confirm))).toMatchObject({ status: 303, location: '/inbox?done=confirm-deletion' });
    await tandem.settled();
    expect((await visitor.get(`/inbox/${reference}`)).status).toBe(404);
  });

  it('that was accepted arrives, starts, and is told of', async () => {
    const manager = tandem.as('casa-lumina');
    const path = await assessed();
    done(await manager.post(`${path}/consents`, consentTo('SERVICE_DELIVERY', 'clinica-aurora')));
    const reference = await acceptedReferral(tandem, path, 'clinica-aurora', ['MED.GEN']);
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const send = async (action: string, more: object) => {
      const form = (await visitor.get(`/inbox/${reference}`)).form(`/inbox/${reference}/${action}`);
      return (await visitor.post(`/inbox/${reference}/${action}`, { ...form, ...more })).location;
    };
    expect(await send('handover', { escort: 'CASE_MANAGER' })).toBe(`/inbox/${reference}?done=handover`);
    expect(await send('start', { worker: 'w-17', agreement: 'WRITTEN' })).toBe(`/inbox/${reference}?done=start`);
    expect(await send('feedback', { status: 'GOING_WELL' })).toBe(`/inbox/${reference}?done=feedback`);
    expect(await send('end', { outcome: 'NEED_MET' })).toBe('/inbox?done=end');
  });
});

describe('somebody else’s request', () => {
  it('looks as if there were none, in reading and in writing', async () => {
    const reference = await waiting();
    const other = await Visitor.in(tandem, 'asociatia-punte');
    const bare = ({ text }: { text: string }) => text.replaceAll(/[0-9a-f-]{36}/g, '');
    const unknown = randomUUID();
    const [foreign, none] = [await other.get(`/inbox/${reference}`), await other.get(`/inbox/${unknown}`)];
    expect(foreign.status).toBe(404);
    expect(bare(foreign)).toBe(bare(none));
    const { form } = (await other.get('/inbox')).form('/inbox/sign-out');
    const send = (to: string) => other.post(`/inbox/${to}/decline`, { form: form!, key: randomUUID(), reason: 'OTHER' });
    const [written, nothing] = [await send(reference), await send(unknown)];
    expect(written.status).toBe(404);
    expect(bare(written)).toBe(bare(nothing));
    expect((await tandem.as('clinica-aurora').get(`/v1/referrals/${reference}`)).body.status).toBe('REQUESTED');
  });
});

describe('a form that is not ours', () => {
  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }, {}],
    ['from a neighbour', { 'sec-fetch-site': 'same-site' }, {}],
    ['from another origin, of an older browser', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }, {}],
    ['from nowhere', { 'sec-fetch-site': undefined }, {}],
    ['without the token', {}, { form: undefined }],
    ['with the token of another session', {}, { form: 'other' }],
  ] as const)('%s records nothing', async (_from, headers, changes) => {
    const reference = await waiting();
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const path = `/inbox/${reference}/decline`;
    const form = (await visitor.get(`/inbox/${reference}`)).form(path);
    const other = await Visitor.in(tandem, 'clinica-aurora');
    const { form: theirs } = (await other.get('/inbox')).form('/inbox/sign-out');
    const forged = { ...form, reason: 'OTHER', ...changes, ...('form' in changes && changes.form === 'other' ? { form: theirs } : {}) };
    expect((await visitor.post(path, forged, headers)).status).toBe(403);
    expect((await tandem.as('clinica-aurora').get(`/v1/referrals/${reference}`)).body.status).toBe('REQUESTED');
  });

  it('is refused as JSON, with a field twice, and beyond the limit; elsewhere forms are not read', async () => {
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const send = async (path: string, body: string, type = 'application/x-www-form-urlencoded') => {
      const headers = { cookie: visitor.cookie, 'content-type': type, 'sec-fetch-site': 'same-origin', authorization: `Bearer ${await visitor.keyOf('clinica-aurora')}`, 'idempotency-key': randomUUID() };
      return (await fetch(`${tandem.address}${path}`, { method: 'POST', redirect: 'manual', headers, body })).status;
    };
    expect(await send('/inbox/sign-out', '{"form":"x"}', 'application/json')).toBe(415);
    expect(await send('/inbox/sign-out', 'form=a&form=b')).toBe(400);
    expect(await send('/inbox/sign-out', `form=${'a'.repeat(300_000)}`)).toBe(413);
    expect(await send('/v1/cases', 'channel=OUTREACH')).toBe(415);
    expect(await send('/demo/tokens', 'organisation=casa-lumina')).toBe(415);
  });
});

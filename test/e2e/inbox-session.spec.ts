/** The plain page over HTTP: who comes in and stays in, and what every page keeps to itself. The browser’s side: inbox.browser.spec.ts. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Role } from '#mechanism';
import { Visitor } from '../support/visitor.js';
import { HOUR, startTandem, type Tandem } from '../support/tandem.js';
import { waitingReferral } from '../support/waiting-referral.js';

let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  await tandem.stop();
});

const HIDDEN = /traffic|trafic|victim|victimă|exploit|tandem|mnir|nrm/i;

describe('without a session', () => {
  it('asks for the key, says nothing else, and keeps the way to what was asked for', async () => {
    const reference = await waitingReferral(tandem);
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
    const reference = await waitingReferral(tandem);
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
    const reference = await waitingReferral(tandem);
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
    const reference = await waitingReferral(tandem, 'avocati-alaturi', ['COURT', 'LEGAL.COMP']);
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

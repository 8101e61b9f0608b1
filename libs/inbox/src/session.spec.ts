import { describe, expect, it } from '@jest/globals';
import { createDemoIssuer, tokenVerifier } from '#platform';
import { openKeyring } from '#privacy';
import { type EndedSessions, KeyTooLong, Sessions, isFormToken } from './session.js';

const MINUTE = 60_000;
const issuer = await createDemoIssuer();
const keyring = openKeyring(':memory:', () => '2026-01-01T00:00:00.000Z').for();
const issue = (ttl: number, roles: readonly string[] = ['SP']) =>
  issuer.issue({ organisation: 'clinica-aurora', roles: roles as never, actor: 'w', human: true, ttl });

const over = new Set<string>();
const ended: EndedSessions = { end: (id) => Promise.resolve(void over.add(id)), hasEnded: (id) => Promise.resolve(over.has(id)) };

/** Sessions and tokens on one clock, so many minutes from now. */
function after(minutes: number): Sessions {
  const now = Date.now() + minutes * MINUTE;
  return new Sessions(tokenVerifier({ ...issuer.expectations, now: () => new Date(now) }), keyring, ended, () => now);
}

describe('a session', () => {
  it('lasts an hour, however long its token', async () => {
    const { value, seconds } = await after(0).open(await issue(8 * 3600));
    expect(seconds).toBeGreaterThan(3590);
    expect(seconds).toBeLessThanOrEqual(3600);
    await expect(after(59).read(value)).resolves.toMatchObject({ caller: { organisation: 'clinica-aurora', human: true } });
    await expect(after(61).read(value)).rejects.toMatchObject({ name: 'NotSignedIn', reason: 'ended' });
  });

  it('ends with its token', async () => {
    const { value, seconds } = await after(0).open(await issue(10 * 60));
    expect(seconds).toBeLessThanOrEqual(600);
    await expect(after(9).read(value)).resolves.toBeDefined();
    await expect(after(10.01).read(value)).rejects.toMatchObject({ reason: 'ended' });
  });

  it('opens for no token that is not valid, or too long to keep', async () => {
    await expect(after(20).open(await issue(60))).rejects.toMatchObject({ code: 'token-expired' });
    await expect(after(0).open('a b')).rejects.toMatchObject({ code: 'token-missing' });
    await expect(after(0).open(await issue(60, Array.from({ length: 900 }, () => 'SP')))).rejects.toThrow(KeyTooLong);
  });

  it('is not one of another house, nor anything else that this house sealed', async () => {
    const other = openKeyring(':memory:', () => '2026-01-01T00:00:00.000Z').for();
    const { value } = await new Sessions(tokenVerifier(issuer.expectations), other, ended).open(await issue(60));
    await expect(after(0).read(value)).rejects.toMatchObject({ reason: 'ended' });
    await expect(after(0).read(keyring.encryptToken('cursor', '{}'))).rejects.toMatchObject({ reason: 'ended' });
    await expect(after(0).read(undefined)).rejects.toMatchObject({ reason: 'none' });
  });

  it('that was ended opens no more with a copy of its cookie, and no other one ends with it', async () => {
    const [mine, theirs] = [await after(0).open(await issue(60)), await after(0).open(await issue(60))];
    await after(0).end(mine.value);
    await expect(after(0).read(mine.value)).rejects.toMatchObject({ reason: 'ended' });
    await expect(after(0).read(theirs.value)).resolves.toBeDefined();
    for (const nothing of [undefined, 'no cookie of this house']) await expect(after(0).end(nothing)).resolves.toBeUndefined();
  });

  it('has a form token of its own', async () => {
    const [first, second] = await Promise.all([1, 2].map(async () => after(0).read((await after(0).open(await issue(60))).value)));
    expect(isFormToken(first!, first!.formToken)).toBe(true);
    for (const wrong of [second!.formToken, '', undefined, `${first!.formToken}x`]) expect(isFormToken(first!, wrong)).toBe(false);
  });
});

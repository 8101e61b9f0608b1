import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createPublicKey, verify } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyPurpose } from '../ports.js';
import { HMAC_USES, KEY_PURPOSES } from '../ports.js';
import { openKeyring } from './keyring.js';

const clock = () => '2026-03-02T08:00:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'tandem-keyring-'));
const dataKey = Uint8Array.from({ length: 32 }, (_, index) => index);
let path: string;
let count = 0;

beforeEach(() => {
  count += 1;
  path = join(folder, String(count), 'keyring.json');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('the keyring file', () => {
  it('is made at the first run for its owner only, leaves no draft, and stays the same', () => {
    const first = openKeyring(path, clock).for();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(folder, String(count)))).toEqual(['keyring.json']);
    const second = openKeyring(path, clock).for();
    expect(second.authenticate('command', 'x')).toBe(first.authenticate('command', 'x'));
    expect(second.publicKeys()).toEqual(first.publicKeys());
  });

  it.each([0o640, 0o604, 0o660])('is refused with mode %o', (mode) => {
    openKeyring(path, clock);
    chmodSync(path, mode);
    expect(() => openKeyring(path, clock)).toThrow('mode 0600');
  });

  it.each(['{"format":2}', '{"format":1,"perm', ''])(
    'is refused when it holds %p, and the error does not quote it',
    (text) => {
      openKeyring(path, clock);
      writeFileSync(path, text);
      expect(() => openKeyring(path, clock)).toThrow(/^the keyring can not be read as one of format 1$/);
    },
  );

  it('loses nothing when it is replaced, and keeps no destroyed secret', () => {
    const master = openKeyring(path, clock);
    const { epochs } = JSON.parse(readFileSync(path, 'utf8')) as { epochs: { secret: string }[] };
    const old = openSync(path, 'r');
    const token = master.for().encryptToken('x', 'kept');
    expect(master.rotate('2026-04-02T08:00:00.000Z')).toBe(2);
    expect(master.destroyRetired('2026-04-02T08:00:00.000Z')).toEqual([1]);
    for (const file of [path, old]) expect(readFileSync(file, 'utf8')).not.toContain(epochs[0]!.secret);
    closeSync(old);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openKeyring(path, clock).for().decryptToken('x', token)).toBe('kept');
  });
});

describe('wrapping', () => {
  const wrapped = () => {
    const master = openKeyring(path, clock);
    return { master, key: master.for('seal').wrap('casa-lumina', 'identity', dataKey, 'seal') };
  };

  it('opens for the purposes that were granted, and no other', () => {
    const { master, key } = wrapped();
    const opening = (granted: KeyPurpose[], purpose: KeyPurpose) => () =>
      Uint8Array.from(master.for(...granted).unwrap(key, 'identity', purpose));
    for (const purpose of ['seal', 'disclose', 'rotate'] as const) {
      expect(opening([purpose], purpose)()).toEqual(dataKey);
      const others = KEY_PURPOSES.filter((other) => other !== purpose);
      expect(opening(others, purpose)).toThrow(`no key for ${purpose}`);
      expect(opening([], purpose)).toThrow(`no key for ${purpose}`);
    }
  });

  it('opens nothing to erase, and for reporting nothing but statistics', () => {
    const { master, key } = wrapped();
    const statistics = master.for('seal').wrap('casa-lumina', 'statistics', dataKey, 'seal');
    const everything = master.for(...KEY_PURPOSES);
    expect(() => everything.unwrap(key, 'identity', 'erase')).toThrow('no key');
    expect(() => everything.unwrap(key, 'identity', 'report-statistics')).toThrow('no key');
    expect(() => everything.unwrap(key, 'statistics', 'report-statistics')).toThrow('no key');
    expect(Uint8Array.from(everything.unwrap(statistics, 'statistics', 'report-statistics'))).toEqual(dataKey);
  });

  it('wraps only to seal and to rotate', () => {
    const everything = openKeyring(path, clock).for(...KEY_PURPOSES);
    for (const purpose of ['disclose', 'report-statistics', 'erase'] as const) {
      expect(() => everything.wrap('casa-lumina', 'statistics', dataKey, purpose)).toThrow('no key');
    }
    expect(() => openKeyring(path, clock).for('disclose').wrap('casa-lumina', 'identity', dataKey, 'seal')).toThrow(
      'no key',
    );
  });

  it('opens a key of one custodian for no other', () => {
    const { master, key } = wrapped();
    const moved = { ...key, custodian: 'politia-exemplu' };
    expect(() => master.for('disclose').unwrap(moved, 'identity', 'disclose')).toThrow('no key');
  });

  it('wraps under the newest epoch, opens older ones until they are destroyed, and never destroys the newest', () => {
    const { master, key } = wrapped();
    master.rotate('2026-04-01T08:00:00.000Z');
    const keyring = master.for('seal', 'disclose');
    expect(keyring.wrap('casa-lumina', 'identity', dataKey, 'seal').epoch).toBe(2);
    expect(master.destroyRetired('2026-04-01T07:59:59.999Z')).toEqual([]);
    expect(Uint8Array.from(keyring.unwrap(key, 'identity', 'disclose'))).toEqual(dataKey);
    expect(master.destroyRetired('2026-05-01T08:00:00.000Z')).toEqual([1]);
    expect(() => keyring.unwrap(key, 'identity', 'disclose')).toThrow('no key');
    expect(master.destroyRetired('2036-05-01T08:00:00.000Z')).toEqual([]);
    expect(keyring.newestEpoch()).toBe(2);
  });

  it('sees what another process rotated and destroyed', () => {
    const { master, key } = wrapped();
    const elsewhere = openKeyring(path, clock).for('disclose', 'seal');
    elsewhere.unwrap(key, 'identity', 'disclose');
    master.rotate('2026-04-01T08:00:00.000Z');
    expect(elsewhere.wrap('casa-lumina', 'identity', dataKey, 'seal').epoch).toBe(2);
    master.destroyRetired('2026-04-01T08:00:00.000Z');
    expect(() => elsewhere.unwrap(key, 'identity', 'disclose')).toThrow('no key');
  });
});

describe('the other uses', () => {
  it('authenticates differently for every use and text', () => {
    const keyring = openKeyring(path, clock).for();
    const texts = HMAC_USES.flatMap((use) => [keyring.authenticate(use, 'a'), keyring.authenticate(use, 'b')]);
    expect(new Set(texts).size).toBe(HMAC_USES.length * 2);
    for (const text of texts) expect(text).toMatch(/^[0-9a-f]{64}$/);
  });

  it('reads a token back in its own context only, and no token that was changed or made elsewhere', () => {
    const keyring = openKeyring(path, clock).for();
    const token = keyring.encryptToken('position/casa-lumina', '4711, ș');
    expect(token).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(keyring.decryptToken('position/casa-lumina', token)).toBe('4711, ș');
    expect(keyring.decryptToken('position/clinica-aurora', token)).toBeUndefined();
    const changed = Buffer.from(token, 'base64url');
    changed[20]! ^= 1;
    expect(keyring.decryptToken('position/casa-lumina', changed.toString('base64url'))).toBeUndefined();
    expect(openKeyring(':memory:', clock).for().decryptToken('position/casa-lumina', token)).toBeUndefined();
    for (const rubbish of ['', 'x', 'no token at all']) expect(keyring.decryptToken('x', rubbish)).toBeUndefined();
  });

  it('makes two tokens of one text, so that equal places are not seen to be equal', () => {
    const keyring = openKeyring(path, clock).for();
    expect(keyring.encryptToken('x', '1')).not.toBe(keyring.encryptToken('x', '1'));
  });

  it('signs so that the public key alone verifies', () => {
    const keyring = openKeyring(path, clock).for();
    const { keyId, value } = keyring.sign(Buffer.from('head'));
    const key = createPublicKey(keyring.publicKeys()[keyId]!);
    expect(verify(null, Buffer.from('head'), key, Buffer.from(value, 'base64url'))).toBe(true);
    expect(verify(null, Buffer.from('tail'), key, Buffer.from(value, 'base64url'))).toBe(false);
  });
});

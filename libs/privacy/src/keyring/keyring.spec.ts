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
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyring } from './keyring.js';

const clock = () => '2026-03-02T08:00:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'tandem-keyring-'));
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

  it('loses nothing when it is replaced, and keeps no destroyed secret', async () => {
    const master = openKeyring(path, clock);
    const { epochs } = JSON.parse(readFileSync(path, 'utf8')) as { epochs: { secret: string }[] };
    const old = openSync(path, 'r');
    const token = master.for().encryptToken('x', 'kept');
    expect(await master.rotate('2026-04-02T08:00:00.000Z')).toBe(2);
    expect(await master.destroyRetired('2026-04-02T08:00:00.000Z')).toEqual([1]);
    for (const file of [path, old]) expect(readFileSync(file, 'utf8')).not.toContain(epochs[0]!.secret);
    closeSync(old);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(openKeyring(path, clock).for().decryptToken('x', token)).toBe('kept');
  });
});

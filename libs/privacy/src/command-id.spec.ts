import { describe, expect, it } from '@jest/globals';
import { commandIdOf } from './command-id.js';

/** An HMAC that shows its input: 64 hexadecimal characters, which differ with the text. */
const keyring = { authenticate: (_use: string, text: string) => Buffer.from(text.padEnd(32, '.')).toString('hex').slice(0, 64) };

describe('the identifier of a command', () => {
  it('is a UUID of version 8 over organisation and key', () => {
    expect(commandIdOf(keyring, 'ab', 'cd')).toBe('61620a63-642e-8e2e-ae2e-2e2e2e2e2e2e');
  });
  it('is another for another organisation or key, also where the two run together', () => {
    const ids = [commandIdOf(keyring, 'a', 'bc'), commandIdOf(keyring, 'ab', 'c'), commandIdOf(keyring, 'ab', 'd')];
    expect(new Set(ids).size).toBe(3);
  });
});

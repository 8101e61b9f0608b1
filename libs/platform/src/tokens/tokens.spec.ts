import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { entityTag, requireMatch } from './entity-tag.js';
import type { TokenKeys } from './keys.js';
import { decodePosition, encodePosition } from './position.js';

const keys: TokenKeys = {
  authenticate: (use, text) => createHmac('sha256', use).update(text).digest('hex'),
  encryptToken: (context, text) => Buffer.from(JSON.stringify([context, text])).toString('base64url'),
  decryptToken: (context, token) => {
    const [ofContext, text] = JSON.parse(Buffer.from(token, 'base64url').toString()) as [string, string];
    return ofContext === context ? text : undefined;
  },
};

describe('an entity tag', () => {
  const tag = entityTag(keys, 'casa-lumina', 'case-1', 7);

  it('is strong, quoted and the same again', () => {
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(entityTag(keys, 'casa-lumina', 'case-1', 7)).toBe(tag);
  });

  it('is another for another organisation, thing or revision', () => {
    const others = [
      entityTag(keys, 'clinica-aurora', 'case-1', 7),
      entityTag(keys, 'casa-lumina', 'case-2', 7),
      entityTag(keys, 'casa-lumina', 'case-1', 8),
    ];
    expect(new Set([tag, ...others]).size).toBe(4);
  });

  it('does not mix up where one part ends and the next begins', () => {
    expect(entityTag(keys, 'a","b', 'c', 7)).not.toBe(entityTag(keys, 'a', 'b","c', 7));
  });

  it.each([undefined, '*', ' * ', tag, `"x", ${tag}`])('lets a write pass with If-Match %s', (ifMatch) => {
    expect(() => {
      requireMatch(ifMatch, tag);
    }).not.toThrow();
  });

  it.each([
    ['"x"', 'precondition-failed'],
    [`W/${tag}`, 'precondition-failed'],
    [tag.slice(1, -1), 'if-match-invalid'],
    ['', 'if-match-invalid'],
    [`${tag},`, 'if-match-invalid'],
    [`*, ${tag}`, 'if-match-invalid'],
  ])('refuses a write with If-Match %s', (ifMatch, code) => {
    expect(() => {
      requireMatch(ifMatch, tag);
    }).toThrow(expect.objectContaining({ code }));
  });
});

describe('a position', () => {
  it('is read back by the organisation that got it, and by no other', () => {
    const token = encodePosition(keys, 'casa-lumina', '42');
    expect(decodePosition(keys, 'casa-lumina', token)).toBe('42');
    expect(() => decodePosition(keys, 'clinica-aurora', token)).toThrow(
      expect.objectContaining({ code: 'position-invalid' }),
    );
  });
});

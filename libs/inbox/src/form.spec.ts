import { describe, expect, it } from '@jest/globals';
import { ACTIONS } from './actions.js';
import { bodyOf, momentOf, parseForm } from './form.js';

describe('a form', () => {
  it('is refused when a field stands twice', () => {
    expect(parseForm('a=1&b=2&a=3')).toBeUndefined();
    expect(parseForm('a=1&b=2')?.value('a')).toBe('1');
  });

  it('has no field that is empty, and the same line ends from every browser', () => {
    const form = parseForm('a=+&b=one%0D%0Atwo&__proto__=x');
    expect([form?.value('a'), form?.value('b'), form?.value('c'), form?.value('toString')]).toEqual([undefined, 'one\ntwo', undefined, undefined]);
  });

  it('becomes the body of its command: its own fields and nothing else', () => {
    const form = parseForm('worker=w-1&startFrom=2026-07-02T09:30&meeting=here&form=t&key=k&organisation=other')!;
    expect(bodyOf(ACTIONS.accept, form)).toEqual({ worker: 'w-1', startFrom: '2026-07-02T06:30:00Z', meeting: 'here' });
    expect(bodyOf(ACTIONS['confirm-deletion'], form)).toEqual({});
  });
});

describe('a time on the wall', () => {
  it('is meant in Romania, in summer and in winter, in the hour that does not exist and in the one that comes twice', () => {
    expect(momentOf('2026-01-15T09:30')).toBe('2026-01-15T07:30:00Z');
    expect(momentOf('2026-03-29T03:30')).toBe('2026-03-29T01:30:00Z');
    expect(momentOf('2026-10-25T03:30')).toBe('2026-10-25T00:30:00Z');
  });

  it('that is none is left to be refused', () => {
    for (const odd of ['soon', '2026-02-30T10:00', '2026-01-01', '2026-01-01T25:00', '2026-01-01T10:00Z']) expect(momentOf(odd)).toBe(odd);
  });
});

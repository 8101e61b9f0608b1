import { describe, expect, it } from '@jest/globals';
import { periodOf } from './period.js';

describe('a period', () => {
  it('is a year from its first moment to the first of the next, in UTC', () => {
    expect(periodOf('2026')).toEqual({
      name: '2026',
      granularity: 'year',
      from: '2026-01-01T00:00:00.000Z',
      to: '2027-01-01T00:00:00.000Z',
    });
  });

  it.each([
    ['2026-Q1', '2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'],
    ['2026-Q2', '2026-04-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z'],
    ['2026-Q3', '2026-07-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z'],
    ['2026-Q4', '2026-10-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ])('is a quarter: %s', (name, from, to) => {
    expect(periodOf(name)).toEqual({ name, granularity: 'quarter', from, to });
  });

  it.each(['', '26', '1999', '2026-Q0', '2026-Q5', '2026-Q', '2026-q1', '2026-01', ' 2026', '2026\n', '2026-Q1-Q2'])(
    'is not %j',
    (text) => {
      expect(() => periodOf(text)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'period-invalid' }));
    },
  );
});

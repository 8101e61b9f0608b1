/** What holds of every limit, from any moment. Source: domain.md 2.9. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf } from '#mechanism';

const runs = { numRuns: 1_000 };

const calendar = calendarOf('RO', 'Europe/Bucharest');
const moment = fc
  .date({ min: new Date('2024-01-01T00:00:00.000Z'), max: new Date('2032-12-31T00:00:00.000Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const hourOf = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Bucharest',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

describe('the calendar', () => {
  it('says the same to the same question, and never a moment before it was asked', () => {
    const limit = fc.oneof(
      fc.record({ minutes: fc.integer({ min: 1, max: 600 }) }),
      fc.record({ hours: fc.integer({ min: 1, max: 240 }) }),
      fc.record({ days: fc.integer({ min: 1, max: 400 }) }),
      fc.record({ workingDays: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ months: fc.integer({ min: 1, max: 24 }) }),
    );
    fc.assert(
      fc.property(moment, limit, (from, of) => {
        const due = calendar.due(from, of);
        expect(due > from).toBe(true);
        expect(calendarOf('RO', 'Europe/Bucharest').due(from, of)).toBe(due);
      }),
      { numRuns: 200 },
    );
  });

  it('ends every limit in days at a local midnight, and a working day with a day on which people work', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 30 }), (from, count) => {
        for (const due of [calendar.due(from, { days: count }), calendar.due(from, { workingDays: count })]) {
          expect(hourOf.format(new Date(due))).toBe('00:00');
        }
        const last = new Date(Date.parse(calendar.due(from, { workingDays: count })) - 1);
        const weekday = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Bucharest', weekday: 'short' }).format(
          last,
        );
        expect(['Sat', 'Sun']).not.toContain(weekday);
      }),
      runs,
    );
  });

  it('needs working days at least as long as days, and adds up', () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 20 }), (from, one, two) => {
        expect(calendar.due(from, { workingDays: one }) >= calendar.due(from, { days: one })).toBe(true);
        const first = new Date(Date.parse(calendar.due(from, { workingDays: one })) - 1).toISOString();
        expect(calendar.due(first, { workingDays: two })).toBe(calendar.due(from, { workingDays: one + two }));
      }),
      runs,
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { calendarOf } from './index.js';

const romania = calendarOf('RO', 'Europe/Bucharest');

describe('elapsed time', () => {
  it('adds minutes and hours whatever the clocks do', () => {
    expect(romania.due('2026-03-29T00:30:00.000Z', { hours: 24 })).toBe('2026-03-30T00:30:00.000Z');
    expect(romania.due('2026-11-24T10:00:00.000Z', { minutes: 15 })).toBe('2026-11-24T10:15:00.000Z');
  });

  it('understands a moment with an offset', () => {
    expect(romania.due('2026-11-24T12:00:00+02:00', { hours: 1 })).toBe('2026-11-24T11:00:00.000Z');
  });

  it('refuses a moment without a zone', () => {
    expect(() => romania.due('2026-11-24T12:00:00', { hours: 1 })).toThrow();
  });
});

describe('limits in days', () => {
  it('end with the local day, in winter and in summer', () => {
    expect(romania.due('2026-11-24T10:00:00.000Z', { days: 7 })).toBe('2026-12-01T22:00:00.000Z');
    expect(romania.due('2026-07-01T10:00:00.000Z', { days: 1 })).toBe('2026-07-02T21:00:00.000Z');
  });

  it('cross the change of clocks without losing an hour of the last day', () => {
    expect(romania.due('2026-03-28T10:00:00.000Z', { days: 1 })).toBe('2026-03-29T21:00:00.000Z');
    expect(romania.due('2026-10-24T10:00:00.000Z', { days: 1 })).toBe('2026-10-25T22:00:00.000Z');
  });

  it('count from the local date, not from the date in UTC', () => {
    expect(romania.due('2026-11-24T22:30:00.000Z', { days: 1 })).toBe('2026-11-26T22:00:00.000Z');
  });

  it('end a month on the last day of a shorter one', () => {
    expect(romania.due('2027-01-31T10:00:00.000Z', { months: 1 })).toBe('2027-02-28T22:00:00.000Z');
  });
});

describe('working days', () => {
  it('skip the weekend', () => {
    expect(romania.due('2026-11-20T10:00:00.000Z', { workingDays: 1 })).toBe('2026-11-23T22:00:00.000Z');
    expect(romania.due('2026-11-21T10:00:00.000Z', { workingDays: 1 })).toBe('2026-11-23T22:00:00.000Z');
  });

  it('skip Saint Andrew and the national day', () => {
    expect(romania.due('2026-11-27T10:00:00.000Z', { workingDays: 1 })).toBe('2026-12-02T22:00:00.000Z');
  });

  it('skip the Orthodox Easter, which moves', () => {
    expect(romania.due('2026-04-09T10:00:00.000Z', { workingDays: 1 })).toBe('2026-04-14T21:00:00.000Z');
    expect(romania.due('2027-04-29T10:00:00.000Z', { workingDays: 1 })).toBe('2027-05-04T21:00:00.000Z');
  });

  it('skip both days of the new year across two calendar years', () => {
    expect(romania.due('2026-12-31T10:00:00.000Z', { workingDays: 1 })).toBe('2027-01-04T22:00:00.000Z');
  });

  it('do not take a day of observance for a holiday', () => {
    expect(romania.due('2027-03-05T10:00:00.000Z', { workingDays: 1 })).toBe('2027-03-08T22:00:00.000Z');
  });
});

describe('another country', () => {
  it('has its own holidays and its own clock', () => {
    const latvia = calendarOf('LV', 'Europe/Riga');
    expect(latvia.due('2026-11-30T10:00:00.000Z', { workingDays: 1 })).toBe('2026-12-01T22:00:00.000Z');
    expect(romania.due('2026-11-30T10:00:00.000Z', { workingDays: 1 })).toBe('2026-12-02T22:00:00.000Z');
  });
});

/**
 * Three years of limits in four countries, against counts made another way: day by day, from lists of holidays as their laws
 * state them. Nothing here is taken from the package that the calendar uses.
 */
import { describe, expect, it } from '@jest/globals';
import { calendarOf } from './index.js';

const COUNTRIES = {
  RO: { timeZone: 'Europe/Bucharest', easter: 'orthodox', fixed: ['01-01', '01-02', '01-06', '01-07', '01-24', '05-01', '06-01', '08-15', '11-30', '12-01', '12-25', '12-26'], moving: [-2, 0, 1, 49, 50] },
  LV: { timeZone: 'Europe/Riga', easter: 'western', fixed: ['01-01', '05-01', '05-04', '06-23', '06-24', '11-18', '12-24', '12-25', '12-26', '12-31'], moving: [-2, 0, 1, 49] },
  GB: { timeZone: 'Europe/London', easter: 'western', fixed: ['01-01', '12-25', '12-26'], moving: [-2, 1] },
  BG: { timeZone: 'Europe/Sofia', easter: 'orthodox', fixed: ['01-01', '03-03', '05-01', '05-06', '05-24', '09-06', '09-22', '12-24', '12-25', '12-26'], moving: [-2, -1, 0, 1] },
} as const;
/** Easter Sundays as churches publish them. */
const EASTER = {
  western: { 2026: '2026-04-05', 2027: '2027-03-28', 2028: '2028-04-16', 2029: '2029-04-01' },
  orthodox: { 2026: '2026-04-12', 2027: '2027-05-02', 2028: '2028-04-16', 2029: '2029-04-08' },
} as const;
const YEARS = [2026, 2027, 2028, 2029] as const;

const addDays = (day: string, count: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Days off of a country, without the substitute days that a law adds where a holiday falls on a weekend. */
function daysOff(country: keyof typeof COUNTRIES): ReadonlySet<string> {
  const { easter, fixed, moving } = COUNTRIES[country];
  return new Set(YEARS.flatMap((year) => [...fixed.map((day) => `${String(year)}-${day}`), ...moving.map((days) => addDays(EASTER[easter][year], days))]));
}

const CLOCKS = new Map<string, Intl.DateTimeFormat>();

/** The local date and hour of a moment, as the clock on the wall shows it. */
function onTheWall(moment: string, timeZone: string): string {
  const clock = CLOCKS.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  CLOCKS.set(timeZone, clock);
  return clock.format(new Date(moment));
}

const STARTS = Array.from({ length: 3 * 365 }, (_, day) => `${addDays('2026-01-01', day)}T10:00:00.000Z`);

describe.each(Object.keys(COUNTRIES) as (keyof typeof COUNTRIES)[])('three years in %s', (country) => {
  const { timeZone } = COUNTRIES[country];
  const calendar = calendarOf(country, timeZone);
  const off = daysOff(country);

  it('end every limit in days at midnight on the wall, in winter and in summer', () => {
    const limits = [{ days: 1 }, { workingDays: 3 }, { months: 1 }];
    const ends = STARTS.flatMap((from) => limits.map((limit) => onTheWall(calendar.due(from, limit), timeZone).slice(11)));
    expect([...new Set(ends)]).toEqual(['00:00:00']);
  });

  it('count days on the wall and hours as they pass, over both changes of the clocks', () => {
    for (const from of STARTS) {
      expect(onTheWall(calendar.due(from, { days: 7 }), timeZone).slice(0, 10)).toBe(addDays(onTheWall(from, timeZone).slice(0, 10), 8));
      expect(Date.parse(calendar.due(from, { hours: 72 })) - Date.parse(from)).toBe(72 * 3_600_000);
    }
  });

  it('never end a working day on a weekend or on a public holiday', () => {
    for (const from of STARTS) {
      const last = addDays(onTheWall(calendar.due(from, { workingDays: 1 }), timeZone).slice(0, 10), -1);
      expect([from, last, isWeekend(last) || off.has(last)]).toEqual([from, last, false]);
    }
  });

  it('pass over no day but weekends, holidays, and the days that a law puts in their place', () => {
    const skipped = new Set<string>();
    for (const from of STARTS) {
      const last = addDays(onTheWall(calendar.due(from, { workingDays: 1 }), timeZone).slice(0, 10), -1);
      for (let day = addDays(from.slice(0, 10), 1); day < last; day = addDays(day, 1)) if (!isWeekend(day) && !off.has(day)) skipped.add(day);
    }
    expect([...skipped]).toEqual(SUBSTITUTES[country]);
  });

  it('grow with the limit and with the moment, and are the same when they are asked again', () => {
    const again = calendarOf(country, timeZone);
    let before = '';
    for (const from of STARTS) {
      const due = calendar.due(from, { workingDays: 5 });
      expect(due >= before && due > calendar.due(from, { workingDays: 4 })).toBe(true);
      expect([again.due(from, { workingDays: 5 }), calendar.due(from, { workingDays: 5 })]).toEqual([due, due]);
      before = due;
    }
  });
});

/** Mondays to Fridays that are none because a holiday fell on a weekend, or because the law names a Monday. */
const SUBSTITUTES: Readonly<Record<keyof typeof COUNTRIES, readonly string[]>> = {
  RO: [],
  LV: ['2028-11-20'],
  // The Mondays of May and August among them.
  GB: [
    '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-28', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28', '2028-01-03', '2028-05-01',
    '2028-05-29', '2028-08-28',
  ],
  BG: ['2026-05-25', '2026-09-07', '2026-12-28', '2027-05-04', '2027-12-27', '2027-12-28', '2028-01-03', '2028-05-08', '2028-12-27'],
};

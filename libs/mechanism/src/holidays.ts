/**
 * Local dates of a country's public holidays, as the `date-holidays` package states them, and what it leaves out. Found by
 * counting three years against the laws (calendar.years.spec.ts).
 */
import Holidays from 'date-holidays';

/** Rules in the package's own grammar. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  // Labour Code art. 154(1): the second day of Christmas; the package has it as an observance.
  BG: ['12-26'],
  // Banking and Financial Dealings Act 1971, schedule 1: the last Monday of August, but for Scotland.
  GB: ['1st monday before 09-01'],
};
/** Labour Code art. 154(2): what falls on a weekend, but for Easter, is made up for on the next working days. */
const MADE_UP: readonly string[] = ['BG'];
const SATURDAY = 6;

/** Says of a country which dates of a year are public holidays; a holiday of several days gives several dates. */
export function publicHolidays(country: string, timeZone: string): (year: number) => ReadonlySet<string> {
  const holidays = new Holidays(country);
  for (const rule of LEFT_OUT[country] ?? []) holidays.setHoliday(rule, { name: rule, type: 'public' });
  const localDate = (moment: Date): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(moment.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  return (year) => {
    const dates = new Set<string>();
    const lost: Temporal.PlainDate[] = [];
    for (const { type, start, end, rule } of holidays.getHolidays(year)) {
      if (type !== 'public') continue;
      const until = localDate(end);
      for (let day = localDate(start); Temporal.PlainDate.compare(day, until) < 0; day = day.add({ days: 1 })) {
        dates.add(day.toString());
        if (day.dayOfWeek >= SATURDAY && !rule.startsWith('orthodox')) lost.push(day);
      }
    }
    if (MADE_UP.includes(country)) for (const day of lost) dates.add(nextWorkingDay(day, dates));
    return dates;
  };
}

function nextWorkingDay(from: Temporal.PlainDate, off: ReadonlySet<string>): string {
  let day = from;
  while (day.dayOfWeek >= SATURDAY || off.has(day.toString())) day = day.add({ days: 1 });
  return day.toString();
}

/** Working days of a country, on the country's own clock. Source: architecture.md 3 and 7. */
import { publicHolidays } from './holidays.js';
import type { Limit } from './policy-values.js';
import type { Calendar } from './reference.js';

const SATURDAY = 6;

/** Says of a local date whether it is a working day. Each year is worked out once. */
function workingDays(country: string, timeZone: string): (day: Temporal.PlainDate) => boolean {
  const holidays = publicHolidays(country, timeZone);
  const years = new Map<number, ReadonlySet<string>>();
  return (day) => {
    if (day.dayOfWeek >= SATURDAY) return false;
    const known = years.get(day.year) ?? holidays(day.year);
    years.set(day.year, known);
    return !known.has(day.toString());
  };
}

function afterWorkingDays(
  from: Temporal.PlainDate,
  count: number,
  works: (day: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  let day = from;
  for (let left = count; left > 0;) {
    day = day.add({ days: 1 });
    if (works(day)) left -= 1;
  }
  return day;
}

/** The last local day of a limit that is counted in days. */
function lastDay(
  from: Temporal.PlainDate,
  limit: Limit,
  works: (day: Temporal.PlainDate) => boolean,
): Temporal.PlainDate {
  if ('workingDays' in limit) return afterWorkingDays(from, limit.workingDays, works);
  if ('months' in limit) return from.add({ months: limit.months });
  return from.add({ days: 'days' in limit ? limit.days : 0 });
}

/**
 * The calendar of one country. Minutes and hours are elapsed time, whatever the clocks do. Days, working days and months
 * are counted on local dates: the day of `from` is day 0, and the answer is the first moment after the last day counted,
 * so a limit that ends on a Monday is met by anything done that Monday. Working days skip Saturdays, Sundays and public
 * holidays (movable feasts and substitute days among them). A month ends on the day of
 * the same number, or on the last day of a shorter month.
 *
 * @throws RangeError when `from` is not a moment with a zone
 */
export function calendarOf(country: string, timeZone: string): Calendar {
  const works = workingDays(country, timeZone);
  // Counted by days, all moments of a day have the same answer.
  const counted = remembering((day: string, limit) => {
    const last = lastDay(Temporal.PlainDate.from(day), limit, works);
    return iso(last.add({ days: 1 }).toZonedDateTime(timeZone).toInstant());
  });
  const due = remembering((from: string, limit) => {
    const start = Temporal.Instant.from(from);
    if ('minutes' in limit) return iso(start.add({ minutes: limit.minutes }));
    if ('hours' in limit) return iso(start.add({ hours: limit.hours }));
    return counted(start.toZonedDateTimeISO(timeZone).toPlainDate().toString(), limit);
  });
  return { due };
}

/** Answers kept by a calendar; beyond that it begins anew. */
const KEPT = 10_000;

/** The same question has the same answer, and a case asks it again at each of its events. */
function remembering(answer: Calendar['due']): Calendar['due'] {
  const known = new Map<string, string>();
  return (from, limit) => {
    const question = `${from} ${JSON.stringify(limit)}`;
    const given = known.get(question) ?? answer(from, limit);
    if (known.size >= KEPT) known.clear();
    known.set(question, given);
    return given;
  };
}

function iso(moment: Temporal.Instant): string {
  return moment.toString({ fractionalSecondDigits: 3 });
}

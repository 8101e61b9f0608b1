/** How long a reflection period lasts, in days of the country, on its own clock. Source: domain.md 2.3 B2, 2.9 `rrp.*`. */
import type { Limit, Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import type { ReflectionSlice } from './slice.js';

const later = (one: string, other: string): string => (one > other ? one : other);
const moment = (date: Temporal.ZonedDateTime): string => date.toInstant().toString({ fractionalSecondDigits: 3 });

/** EXCLUSIVE: the day of the start counts as day 0; INCLUSIVE: as day one. A length in another unit than days is never cut. */
function counted(from: string, limit: Limit, { calendar, policy }: Reference): string {
  const inclusive = policy.values['rrp.count_mode'] === 'INCLUSIVE' && 'days' in limit;
  return calendar.due(from, inclusive ? { days: limit.days - 1 } : limit);
}

/** The Convention's days: the first moment after them. */
export function minimumUntil(from: string, reference: Reference): string {
  return counted(from, reference.policy.values['rrp.minimum'], reference);
}

/** First moment after the last day of a period that starts then; never before the Convention's days are over. */
export function periodUntil(from: string, reference: Reference): string {
  return later(counted(from, reference.policy.values['rrp.days'], reference), minimumUntil(from, reference));
}

/** The same after an extension: its days follow the last one. */
export function extendedUntil(until: string, { calendar, policy }: Reference): string {
  const lastDay = new Date(Date.parse(until) - 1).toISOString();
  return calendar.due(lastDay, policy.values['rrp.extension']);
}

/**
 * First moment after the period, as things stand; `undefined` while a decision is awaited that may move it: then the period
 * runs to the later of its own days and the day of that decision.
 */
export function endOf({ until, untilDecision }: ReflectionSlice, { decidedAt }: CaseFacts, { calendar }: Reference): string | undefined {
  if (until === undefined || !untilDecision) return until;
  return decidedAt === undefined ? undefined : later(until, calendar.due(decidedAt, { days: 0 }));
}

/** A warning of the end: when, and with how many days left. */
export interface Warning {
  readonly at: string;
  readonly daysLeft: number;
}

/** The last local midnight from which the limit still ends in time. Nothing counts backwards like the calendar, so it is asked. */
function startOfLast(end: string, limit: Limit, { calendar, policy }: Reference): Temporal.ZonedDateTime {
  let day = Temporal.Instant.from(end).toZonedDateTimeISO(policy.timeZone).startOfDay();
  while (calendar.due(moment(day), limit) > end) day = day.subtract({ days: 1 });
  return 'hours' in limit || 'minutes' in limit ? day : day.add({ days: 1 });
}

/** Warnings of an end, each as long before as the policy says. */
export function warningsOf(end: string, reference: Reference): readonly Warning[] {
  const { timeZone, values } = reference.policy;
  const lastDate = Temporal.Instant.from(end).toZonedDateTimeISO(timeZone).toPlainDate();
  return values['rrp.warnings'].map((limit) => {
    const day = startOfLast(end, limit, reference);
    return { at: moment(day), daysLeft: day.toPlainDate().until(lastDate).days };
  });
}

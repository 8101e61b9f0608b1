/**
 * The recovery and reflection period: time to recover and to decide in freedom, with nobody removing her meanwhile. Source:
 * domain.md 2.3, 2.9, INV-5, INV-6, R-7; CoE Convention CETS 197 art. 13.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import type { ReflectionStatus } from '../../shared/reflecting.js';
import { isReflecting } from '../../shared/reflecting.js';
import { caseStage } from '../../shared/world.js';
import { type BeginningCommands, type BeginningEvents, beginningCommands, beginningEvents } from './beginning.js';
import { endOf, warningsOf } from './days.js';
import { type EndingCommands, type EndingEvents, endingCommands, endingEvents } from './ending.js';
import { isOwed, openedAt, startsByItself } from './opening.js';
import { NO_REFLECTION, type ReflectionSlice } from './slice.js';

const CLOCK = { role: 'CLOCK' } as const;

/** What the opening decision brings: the period itself, or, where she is asked first, that she is told in time. */
function beginning({ spent }: ReflectionSlice, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const { 'rrp.start_trigger': trigger, 'rrp.offer_window': window } = reference.policy.values;
  const waits = facts.reflection === 'NOT_APPLICABLE' || facts.reflection === 'OFFERED';
  const open = facts.assistance === 'OPEN_INTAKE' || facts.assistance === 'ACTIVE' || facts.assistance === 'FOLLOW_UP';
  const opened = openedAt(facts, trigger);
  if (spent || !waits || !open || opened === undefined || !isOwed(facts, reference)) return [];
  if (startsByItself(reference)) {
    const command = { type: 'StartReflectionPeriod', body: {} };
    return [{ name: 'reflection-period-start', key: 'case', dueAt: opened, owedBy: CLOCK, command }];
  }
  if (window === 'NONE' || facts.reflection === 'OFFERED') return [];
  return [{ name: 'reflection-period-offer', key: 'case', dueAt: reference.calendar.due(opened, window), owedBy: { role: 'NRM_COORD' } }];
}

function warnings(slice: ReflectionSlice, facts: CaseFacts, end: string, reference: Reference): readonly Duty[] {
  const decided = slice.untilDecision ? (facts.decidedAt ?? '') : '';
  const ahead = warningsOf(end, reference).filter(({ at, daysLeft }) => at > (slice.from ?? '') && at > decided && !slice.warned.includes(daysLeft));
  return ahead.map(({ at, daysLeft }) => {
    const command = { type: 'WarnOfReflectionPeriodEnd', body: { daysLeft } };
    return { name: 'reflection-period-warning', key: String(daysLeft), dueAt: at, owedBy: CLOCK, command };
  });
}

function ending(slice: ReflectionSlice, facts: CaseFacts, reference: Reference): readonly Duty[] {
  const end = isReflecting(facts) ? endOf(slice, facts, reference) : undefined;
  if (end === undefined) return [];
  const command = { type: 'ExpireReflectionPeriod', body: {} };
  return [...warnings(slice, facts, end, reference), { name: 'reflection-period-end', key: 'case', dueAt: end, owedBy: CLOCK, command }];
}

type ReflectionShown = Partial<Pick<ReflectionSlice, 'from' | 'until' | 'untilDecision' | 'because'>> & { readonly status?: ReflectionStatus };

export const reflectionPeriod = caseStage<ReflectionSlice, BeginningCommands & EndingCommands, BeginningEvents & EndingEvents>({
  name: 'reflection-period',
  initial: NO_REFLECTION,
  stateOf: (_slice, _body, { reflection }) => reflection,
  commands: { ...beginningCommands, ...endingCommands },
  events: { ...beginningEvents, ...endingEvents },
  view({ from, until, untilDecision, because }, { reflection }, { scope }): ReflectionShown {
    if (scope !== 'FULL') return {};
    const period = from === undefined ? {} : { from, untilDecision, ...(until === undefined ? {} : { until }) };
    return { status: reflection, ...period, ...(because === undefined ? {} : { because }) };
  },
  duties: (slice, facts, reference) =>
    facts.erasure === 'NONE' ? [...beginning(slice, facts, reference), ...ending(slice, facts, reference)] : [],
});

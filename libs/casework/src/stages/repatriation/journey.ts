/** The journey: a last check, departure, transit, arrival, or that it failed. Source: domain.md 6.3 T13, T14. */
import { type Context, type Personal, Rejection } from '#kernel';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { checkReturnRisk, disengage } from './approval.js';
import { checkAdult } from './preparation.js';
import { type RepatriationSlice, type Return, reaches, returnOf } from './slice.js';

export const JOURNEY_FAILURES = ['NO_SHOW', 'MISSED', 'REFUSED_ENTRY', 'MISSING'] as const;
export type JourneyFailure = (typeof JOURNEY_FAILURES)[number];

export interface CheckBeforeDeparture {
  returnId: string;
  /** The person said again that she wants to go. */
  consentReconfirmed: boolean;
  receptionReconfirmed: boolean;
}
export interface RecordJourneyStep {
  returnId: string;
  /** Where, and who was there. */
  place?: Personal<string, 'contact'>;
}
export interface RecordJourneyFailure {
  returnId: string;
  reason: JourneyFailure;
}

interface Step {
  returnId: string;
}
/** Risk, consent and reception were looked at again shortly before, and all hold. */
export type PreDepartureCheckDone = Step;
/** The person is on the way. From here on a withdrawal stops further sharing only. */
export type Departed = Step;
/** Someone helped on the way. */
export type TransitAssisted = Step;
/** The person is there. Not: that she was met. */
export type Arrived = Step;
/** The journey did not reach its end. A search for a missing person starts at once where the risk says so. */
export type ReturnFailed = RecordJourneyFailure;
/** The last check did not hold; the return ends here and the person is protected where she is. */
export interface PreDepartureCheckFailed {
  returnId: string;
  because: 'RISK' | 'PERSON_DECLINED' | 'NO_RECEPTION';
}

export interface JourneyCommands {
  CheckBeforeDeparture: CheckBeforeDeparture;
  RecordDeparture: RecordJourneyStep;
  RecordTransit: RecordJourneyStep;
  RecordArrival: RecordJourneyStep;
  RecordJourneyFailure: RecordJourneyFailure;
}
export interface JourneyEvents {
  PreDepartureCheckDone: PreDepartureCheckDone;
  PreDepartureCheckFailed: PreDepartureCheckFailed;
  Departed: Departed;
  TransitAssisted: TransitAssisted;
  Arrived: Arrived;
  ReturnFailed: ReturnFailed;
}

const BY = ['RET_ORG', 'BORDER', 'CM', 'SP'] as const;
const sealsOf = ({ place }: RecordJourneyStep) => (place === undefined ? {} : { seals: ['contact'] as const });

/** Why the last check does not hold; `undefined` when it does. */
function failureOf(
  { consentReconfirmed, receptionReconfirmed }: CheckBeforeDeparture,
  holds: () => void,
): PreDepartureCheckFailed['because'] | undefined {
  if (!consentReconfirmed) return 'PERSON_DECLINED';
  if (!receptionReconfirmed) return 'NO_RECEPTION';
  try {
    holds();
    return undefined;
  } catch (error) {
    // The wrong person asking says nothing about the risk: refused, and the return stands.
    if (!(error instanceof Rejection) || error.code === 'second-person-required') throw error;
    return 'RISK';
  }
}

/** T13: the last look is of these days. One that is older says nothing of today: it is done anew. */
function checkRecent(one: Return | undefined, { reference, occurredAt }: Context<CaseWorld>): void {
  const until = one && reference.calendar.due(one.since, reference.policy.values['return.pre_departure']);
  if (until !== undefined && occurredAt < until) return;
  throw new Rejection('rule-broken', 'pre-departure-check-old', 'risk, consent and reception must be looked at again before she leaves');
}

export const journeyCommands: CommandTable<RepatriationSlice, JourneyCommands, JourneyEvents> = {
  CheckBeforeDeparture: {
    when: {
      from: ['APPROVED', 'CHECKED'], by: ['RET_ORG', 'CM'],
      requires: ['not-erased', 'case-open', 'own-wish-while-reflecting', 'by-a-person', 'in-order'],
      consent: { purpose: 'RETURN', recipient: 'operator' },
      limit: 'return.pre_departure',
      otherwise: 'the return is cancelled',
    },
    decide(body, slice, context) {
      const { returnId } = body;
      const because = failureOf(body, () => {
        checkReturnRisk(context, returnOf(slice, body));
      });
      if (because === undefined) return [{ type: 'PreDepartureCheckDone', data: { returnId } }];
      return [{ type: 'PreDepartureCheckFailed', data: { returnId, because } }];
    },
  },
  RecordDeparture: {
    when: {
      from: ['CHECKED'], by: BY, requires: ['not-erased', 'in-order', 'own-wish-while-reflecting'], consent: { purpose: 'RETURN', recipient: 'operator' },
      otherwise: 'a no-show is a failure, looked into at once',
    },
    decide(body, slice, context) {
      checkAdult(context.facts);
      checkRecent(returnOf(slice, body), context);
      return [{ type: 'Departed', data: { returnId: body.returnId }, ...sealsOf(body) }];
    },
  },
  RecordTransit: {
    when: { from: ['DEPARTED'], by: BY, requires: ['not-erased'], otherwise: 'the journey goes on without help on the way' },
    decide: (body) => [{ type: 'TransitAssisted', data: { returnId: body.returnId }, ...sealsOf(body) }],
  },
  RecordArrival: {
    when: { from: ['DEPARTED'], by: BY, requires: ['not-erased', 'in-order'], otherwise: 'missed: a failure, looked into at once' },
    decide: (body) => [{ type: 'Arrived', data: { returnId: body.returnId }, ...sealsOf(body) }],
  },
  RecordJourneyFailure: {
    when: { from: ['CHECKED', 'DEPARTED'], by: [...BY, 'NRM_COORD'], requires: ['case-exists'], otherwise: 'never refused: a missing person is looked for at once' },
    decide: (body) => [{ type: 'ReturnFailed', data: body }],
  },
};

export const journeyEvents: EventTable<RepatriationSlice, JourneyEvents> = {
  PreDepartureCheckDone: { schema: 1, sensitivity: 3, evolve: reaches('CHECKED') },
  PreDepartureCheckFailed: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('CANCELLED'),
    promote: (facts, { data, metadata }) => disengage(facts, data.returnId, metadata.occurredAt),
  },
  Departed: { schema: 1, sensitivity: 3, evolve: reaches('DEPARTED'), promote: (facts) => ({ ...facts, departed: true }) },
  TransitAssisted: { schema: 1, sensitivity: 3, evolve: (slice) => slice },
  Arrived: { schema: 1, sensitivity: 3, evolve: reaches('ARRIVED'), promote: (facts) => ({ ...facts, arrived: true }) },
  ReturnFailed: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('FAILED'),
    promote: (facts, { data, metadata }) => disengage(facts, data.returnId, metadata.occurredAt),
  },
};

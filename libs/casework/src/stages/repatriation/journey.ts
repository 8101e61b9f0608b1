/** The journey: a last check, departure, transit, arrival, or that it failed. Source: domain.md 6.3 T13, T14. */
import { type Context, type Personal, Rejection } from '#kernel';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { BOTH, checkAgreed, checkDanger, checkReturnRisk } from './gate.js';
import { type JourneyFailure, type RepatriationSlice, type Return, change, endReturn, heardOf, reaches, theReturn } from './slice.js';

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
/** Someone helped on the way: there is word of her. */
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
const TOO_DANGEROUS = ['return-risk-critical', 'return-risk-high'];
const sealsOf = ({ place }: RecordJourneyStep) => (place === undefined ? {} : { seals: ['contact'] as const });

/** Why the last check does not hold; `undefined` when it does. What somebody can still mend is refused, and the return stands. */
function failureOf(
  { consentReconfirmed, receptionReconfirmed }: CheckBeforeDeparture,
  one: Return,
  context: Context<CaseWorld>,
): PreDepartureCheckFailed['because'] | undefined {
  if (!consentReconfirmed) return 'PERSON_DECLINED';
  const isThere = context.reference.organisations.get(one.receiver)?.status === 'ACTIVE';
  if (!receptionReconfirmed || !isThere) return 'NO_RECEPTION';
  checkAgreed(one, BOTH, context);
  try {
    checkReturnRisk(context, one);
    return undefined;
  } catch (error) {
    if (!(error instanceof Rejection) || !TOO_DANGEROUS.includes(error.code)) throw error;
    return 'RISK';
  }
}

/** T13: the last look is of these days. One that is older says nothing of today: it is done anew. */
function checkRecent({ since }: Return, { reference, occurredAt }: Context<CaseWorld>): void {
  if (occurredAt < reference.calendar.due(since, reference.policy.values['return.pre_departure'])) return;
  throw new Rejection('rule-broken', 'pre-departure-check-old', 'risk, consent and reception must be looked at again before she leaves');
}

export const journeyCommands: CommandTable<RepatriationSlice, JourneyCommands, JourneyEvents> = {
  CheckBeforeDeparture: {
    when: {
      from: ['APPROVED', 'CHECKED'], by: ['RET_ORG', 'CM'],
      requires: ['party-of-the-return', 'not-erased', 'case-open', 'own-wish-while-reflecting', 'by-a-person', 'in-order'],
      consent: { purpose: 'RETURN', recipient: 'operator' },
      limit: 'return.pre_departure',
      otherwise: 'the return is cancelled',
    },
    decide(body, slice, context) {
      const { returnId } = body;
      const because = failureOf(body, theReturn(slice, body), context);
      if (because === undefined) return [{ type: 'PreDepartureCheckDone', data: { returnId } }];
      return [{ type: 'PreDepartureCheckFailed', data: { returnId, because } }];
    },
  },
  RecordDeparture: {
    when: {
      from: ['CHECKED'], by: BY, requires: ['party-of-the-return', 'not-erased', 'in-order', 'own-wish-while-reflecting'],
      consent: { purpose: 'RETURN', recipient: 'operator' },
      otherwise: 'a no-show is a failure, looked into at once',
    },
    decide(body, slice, context) {
      const one = theReturn(slice, body);
      checkAgreed(one, BOTH, context);
      checkRecent(one, context);
      checkDanger(context, one);
      return [{ type: 'Departed', data: { returnId: body.returnId }, ...sealsOf(body) }];
    },
  },
  RecordTransit: {
    when: { from: ['DEPARTED'], by: BY, requires: ['party-of-the-return', 'not-erased'], otherwise: 'the journey goes on without help on the way' },
    decide: (body) => [{ type: 'TransitAssisted', data: { returnId: body.returnId }, ...sealsOf(body) }],
  },
  RecordArrival: {
    when: { from: ['DEPARTED'], by: BY, requires: ['party-of-the-return', 'not-erased', 'in-order'], limit: 'return.handover', otherwise: 'missed: a failure, looked into at once' },
    decide: (body) => [{ type: 'Arrived', data: { returnId: body.returnId }, ...sealsOf(body) }],
  },
  RecordJourneyFailure: {
    when: {
      from: ['CHECKED', 'DEPARTED'], by: [...BY, 'NRM_COORD'], requires: ['case-exists', 'party-of-the-return'],
      otherwise: 'never refused to who takes part: a missing person is looked for at once',
    },
    decide: (body) => [{ type: 'ReturnFailed', data: body }],
  },
};

export const journeyEvents: EventTable<RepatriationSlice, JourneyEvents> = {
  PreDepartureCheckDone: { schema: 1, sensitivity: 3, evolve: reaches('CHECKED') },
  PreDepartureCheckFailed: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('CANCELLED'),
    promote: endReturn,
  },
  Departed: { schema: 1, sensitivity: 3, evolve: reaches('DEPARTED'), promote: (facts) => ({ ...facts, departed: true }) },
  TransitAssisted: { schema: 1, sensitivity: 3, evolve: (slice, { data: { returnId }, metadata }) => heardOf(slice, returnId, metadata.occurredAt) },
  Arrived: { schema: 1, sensitivity: 3, evolve: reaches('ARRIVED'), promote: (facts) => ({ ...facts, arrived: true }) },
  ReturnFailed: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, event) => change(reaches('FAILED')(slice, event), event.data.returnId, { failure: event.data.reason }),
    promote: endReturn,
  },
};

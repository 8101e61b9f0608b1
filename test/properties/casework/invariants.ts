/** The invariants of domain.md 12 as predicates over what was recorded. Each answers the events that break it. */
import type { Recorded } from '#kernel';
import { RISK_LEVELS, roleOf } from '#mechanism';
import { REFERENCE } from '../../support/reference.js';
import { seenByStrangers } from './access.js';
import { type History, ableGuardians, consented, dataOf, isMinor, of, overridden, together, withPast } from './history.js';
import { SECRET } from './story.js';

export type Invariant = (history: History) => History;

/** Status, not help: what these decide ends no service, referral, consent or case. */
const STATUS_ONLY = ['FormalIdentificationRefused', 'FormalIdentificationDeclined', 'ScreenedOut', 'ServiceFundingDecided'];

function consentFor(type: string, purpose: string, recipientField: string): Invariant {
  return (history) =>
    withPast(history, type)
      .filter(([event, past]) => {
        const recipient = dataOf(event)[recipientField];
        return !consented(past, purpose, recipient, event.metadata.occurredAt) && !overridden(past, recipient);
      })
      .map(([event]) => event);
}

/** Whether an event stands on a person's decision of its own, not on another event of the same command or on the clock. */
function decidedAlone(history: History, event: Recorded): boolean {
  return event.metadata.role !== 'CLOCK' && together(history, event).length === 0;
}

/** The newest assessment of a purpose, or of any, that still holds at the moment of an event: newest by when it was made (INV-17). */
function assessed(past: History, event: Recorded, wanted: Readonly<Record<string, unknown>> = {}): Recorded | undefined {
  const fitting = of(past, 'RiskAssessed').filter((risk) => {
    const data = dataOf(risk);
    return Object.entries(wanted).every(([field, value]) => data[field] === value) && (data['validUntil'] as string) > event.metadata.occurredAt;
  });
  return fitting.toSorted((a, b) => (a.metadata.occurredAt < b.metadata.occurredAt ? -1 : a.metadata.occurredAt > b.metadata.occurredAt ? 1 : 0)).at(-1);
}

function levelOf(past: History, risk: Recorded): number {
  const { assessmentId, overall } = dataOf(risk);
  const lowered = of(past, 'RiskLoweredByProtectiveFactors').map(dataOf).find((low) => low['assessmentId'] === assessmentId);
  return (RISK_LEVELS as readonly unknown[]).indexOf(lowered?.['overall'] ?? overall);
}

/** INV-4, R-16: both halves hold and are no higher than MEDIUM, or HIGH with a second person of the operator; never CRITICAL. */
function returnIsSafe(past: History, event: Recorded): boolean {
  const halves = ['SENDING', 'RECEIVING'].map((half) => assessed(past, event, { purpose: 'RETURN', half }));
  if (halves.some((half) => half === undefined)) return false;
  const highest = Math.max(...halves.map((half) => levelOf(past, half!)));
  const { returnId } = dataOf(event);
  const second = of(past, 'ReturnRiskOverridden').some((o) => dataOf(o)['returnId'] === returnId && o.metadata.actor !== event.metadata.actor);
  return highest <= RISK_LEVELS.indexOf('MEDIUM') || (highest === RISK_LEVELS.indexOf('HIGH') && second);
}

function returnConsented(past: History, event: Recorded): boolean {
  const asked = of(past, 'ReturnRequested').map(dataOf).find(({ returnId }) => returnId === dataOf(event)['returnId']);
  return asked !== undefined && consented(past, 'RETURN', asked['receiver'], event.metadata.occurredAt);
}

/** Whether another person than this one did the first of two steps about the same thing. */
function twoPeople(first: string, second: string, field: string): Invariant {
  return (history) =>
    withPast(history, second)
      .filter(([event, past]) => of(past, first).some((other) => dataOf(other)[field] === dataOf(event)[field] && other.metadata.actor === event.metadata.actor))
      .map(([event]) => event);
}

function broken(history: History, type: string, holds: (event: Recorded, past: History) => boolean): History {
  return withPast(history, type).filter(([event, past]) => !holds(event, past)).map(([event]) => event);
}

const REMOVES = ['ReturnRequested', 'SendingRiskAssessed', 'ReceivingRequestSent', 'ReturnApproved', 'PreDepartureCheckDone', 'Departed'];

export const INVARIANTS: Readonly<Record<string, Invariant>> = {
  'INV-1 no referral without a live consent for it, or a standing override': consentFor('ReferralRequested', 'REFERRAL', 'recipient'),

  'INV-1 no authority is asked without a live consent for it, or a standing override': consentFor(
    'FormalIdentificationRequested', 'FORMAL_IDENTIFICATION_REQUEST', 'authority',
  ),

  'INV-3 no case is closed without a risk assessment that holds': (history) =>
    broken(history, 'CaseClosed', (event, past) => assessed(past, event) !== undefined),

  'INV-3 no case is closed by one person alone': twoPeople('ClosureProposed', 'CaseClosed', 'proposalId'),

  '7.6 contact is lost only after a person looked for her in vain three times, and not in one day': (history) =>
    broken(history, 'CaseClosed', (event, past) => {
      const tried = of(past, 'ContactAttempted', 'ReturnFollowedUp').filter((one) => dataOf(one)['reached'] === false || dataOf(one)['result'] === 'NOT_REACHED');
      return dataOf(event)['reason'] !== 'LOST_CONTACT' || tried.length >= 3 && new Set(tried.map(({ metadata }) => metadata.occurredAt.slice(0, 10))).size >= 2;
    }),

  '8.3 she is looked for only in a way that she last called safe': (history) =>
    broken(history, 'ContactAttempted', (event, past) => {
      const safe = of(past, 'ContactChannelsAgreed').at(-1);
      return safe !== undefined && (dataOf(safe)['channels'] as readonly unknown[]).includes(dataOf(event)['channel']);
    }),

  'INV-4 no return is approved without both halves at a level that allows it, consent, and an adult': (history) =>
    broken(history, 'ReturnApproved', (event, past) => returnIsSafe(past, event) && returnConsented(past, event) && !isMinor(past)),

  'R-3 no disclosure without consent is reviewed by who made it': twoPeople('DisclosureWithoutConsentMade', 'OverrideReviewed', 'overrideId'),

  'R-3 nothing but an emergency is asked on a disclosure that nobody reviewed in time': (history) =>
    withPast(history, 'ReferralRequested')
      .filter(([event, past]) => {
        const { restsOn, priority } = dataOf(event) as { restsOn: { overrideId?: string }; priority: string };
        const overdue = of(past, 'OverrideReviewOverdue').some((o) => dataOf(o)['overrideId'] === restsOn.overrideId);
        const reviewed = of(past, 'OverrideReviewed').some((o) => dataOf(o)['overrideId'] === restsOn.overrideId);
        return overdue && !reviewed && priority !== 'EMERGENCY';
      })
      .map(([event]) => event),

  'INV-5 no step of a return while the reflection period runs, but of one that she asked for': (history) =>
    withPast(history, ...REMOVES)
      .filter(([event, past]) => {
        const last = of(past, 'ReflectionPeriodStarted', 'ReflectionPeriodEnded').at(-1);
        const asked = [event, ...past].find(({ type, data }) => type === 'ReturnRequested' && dataOf({ data } as Recorded)['returnId'] === dataOf(event)['returnId']);
        return last?.type === 'ReflectionPeriodStarted' && dataOf(asked!)['personal'] === undefined;
      })
      .map(([event]) => event),

  'INV-6 a refusal, a declining or a screening out changes nothing but the status': (history) =>
    of(history, ...STATUS_ONLY).filter((event) => together(history, event).length > 0),

  'INV-7 a person presumes; no screening does': (history) =>
    of(history, 'VictimPresumed').filter((event) => !decidedAlone(history, event)),

  'INV-8 who decides is named by the policy': (history) => [
    ...broken(history, 'VictimPresumed', (event) => {
      const { deciderRole } = dataOf(event);
      const held = REFERENCE.organisations.get(event.metadata.organisation)?.roles ?? [];
      const isTheirs = deciderRole === event.metadata.role || held.some((role) => role === deciderRole);
      return isTheirs && REFERENCE.policy.values['id.presumption_deciders'].map(roleOf).some((role) => role === deciderRole);
    }),
    ...of(history, 'VictimFormallyIdentified', 'FormalIdentificationRefused').filter((event) => {
      const held = REFERENCE.organisations.get(dataOf(event)['authority'] as string)?.roles ?? [];
      return !REFERENCE.policy.values['id.formal_deciders'].map(roleOf).some((role) => held.includes(role));
    }),
  ],

  'INV-9 nobody consents in person while minor rules apply': (history) =>
    withPast(history, 'ConsentGiven')
      .filter(([event, past]) => dataOf(event)['giver'] === 'SELF' && isMinor(past))
      .map(([event]) => event),

  'INV-9 minor rules never end by a claim': (history) =>
    withPast(history, 'AgeRecorded')
      .filter(([event, past]) => isMinor(past) && dataOf(event)['ageStatus'] === 'CLAIMED' && !isMinor([...past, event]))
      .map(([event]) => event),

  'INV-10 an organisation sees the case only while it works on it': seenByStrangers,

  'INV-12 a consent is withdrawn once': (history) =>
    withPast(history, 'ConsentWithdrawn')
      .filter(([event, past]) => of(past, 'ConsentWithdrawn').some((other) => dataOf(other)['consentId'] === dataOf(event)['consentId']))
      .map(([event]) => event),

  'INV-15 nothing personal stands in clear, ever': (history) => history.filter((event) => JSON.stringify(event).includes(SECRET)),

  'INV-15 nothing personal is added once erasure was ordered, and none is erased unordered': (history) => [
    ...withPast(history, ...history.map(({ type }) => type))
      .filter(([event, past]) => 'personal' in event.data && of(past, 'ErasureOrdered').length > 0)
      .map(([event]) => event),
    ...withPast(history, 'IdentityErased').filter(([, past]) => of(past, 'ErasureOrdered').length !== 1).map(([event]) => event),
  ],

  'INV-16 no guardian in conflict consents, and no guardian for an adult': (history) =>
    withPast(history, 'ConsentGiven')
      .filter(([event, past]) => {
        const giver = dataOf(event)['giver'];
        if (giver !== 'GUARDIAN' && giver !== 'PUBLIC_GUARDIAN') return false;
        return !isMinor(past) || !ableGuardians(past).some(({ type }) => (type === 'PUBLIC') === (giver === 'PUBLIC_GUARDIAN'));
      })
      .map(([event]) => event),

  'R-1 who has no person behind it takes nothing more': (history) =>
    history.filter(({ type }, index) => index > 0 && type !== 'CaseNotified' && dataOf(history[0]!)['statisticsOnly'] === true),
};

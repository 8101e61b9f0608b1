/**
 * Asking an organisation to help. Nothing is sent without a live consent for this recipient or a lawful ground (INV-1), and
 * of the person's status nothing more than POTENTIAL is asked. Source: domain.md 5.2 S2, S13, 12.1.
 */
import { type Clear, type Context, type Personal, Rejection } from '#kernel';
import type { DisclosureGround, Priority, Region, ServiceCode } from '#mechanism';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { offered } from './engagement.js';
import { checkProvider, checkRisk, groundOf } from './request-rules.js';
import { cameToNothing, GROUNDS, isOpen, REFERRERS, type Referral, type Referrals, type SharedDatum } from './slice.js';

export const ACCESSIBILITY_NEEDS = [
  'STEP_FREE',
  'SIGN_LANGUAGE',
  'EASY_LANGUAGE',
  'LOW_VISION',
  'HARD_OF_HEARING',
  'PERSONAL_ASSISTANCE',
] as const;
export type AccessibilityNeed = (typeof ACCESSIBILITY_NEEDS)[number];
/** What staff and house must mind, without the story. */
export const PRECAUTIONS = [
  'UNDISCLOSED_ADDRESS',
  'NO_CALLS_BACK',
  'ESCORT',
  'DEVICES_MAY_BE_TRACKED',
  'FEMALE_STAFF',
  'STAFF_SAFETY',
  'SELF_HARM_WATCH',
  'INFECTION_CONTROL',
] as const;
export type Precaution = (typeof PRECAUTIONS)[number];
export const IMPOSSIBILITY_REASONS = [
  'NO_PROVIDER',
  'NO_CAPACITY',
  'ALL_DECLINED',
  'NO_FUNDING',
  'SECURITY',
  'PERSON_REFUSED',
] as const;
export type ImpossibilityReason = (typeof IMPOSSIBILITY_REASONS)[number];
export const INTERIM_MEASURES = [
  'CASE_MANAGER_COVERS',
  'OTHER_SERVICE',
  'OTHER_REGION',
  'WAITING_LIST',
  'NONE',
] as const;
export type InterimMeasure = (typeof INTERIM_MEASURES)[number];

export interface RequestReferral {
  recipient: string;
  services: readonly ServiceCode[];
  priority: Priority;
  /** Where the service is needed, if not where the person was met: safety may ask for distance. */
  region?: Region;
  /** What the person agreed to have told beside services, priority and reply-by. */
  dataShared: readonly SharedDatum[];
  /** ISO 639-2. */
  languages?: Personal<readonly string[], 'assessment'>;
  withChildren?: Personal<boolean, 'assessment'>;
  accessibility?: Personal<readonly AccessibilityNeed[], 'assessment'>;
  precautions?: Personal<readonly Precaution[], 'assessment'>;
}
export interface RecordReferralImpossible {
  services: readonly ServiceCode[];
  region?: Region;
  reason: ImpossibilityReason;
  interim: InterimMeasure;
}

/** What the request rests on: the consent or the recorded disclosure, and the risk assessment where one was needed. */
export interface RestsOn {
  ground: 'CONSENT' | DisclosureGround;
  consentId?: string;
  overrideId?: string;
  assessmentId?: string;
}

/**
 * An organisation was asked to deliver these services and shown what `dataShared` names. Not: that it looked, nor that
 * it will help.
 */
export type ReferralRequested = Clear<RequestReferral> & { referralId: string; replyBy: string; restsOn: RestsOn };
/** Nobody can be asked for these services now: a gap in the mechanism. Not: that the person needs them less. */
export type ReferralImpossible = RecordReferralImpossible;

export interface RequestCommands {
  RequestReferral: RequestReferral;
  RecordReferralImpossible: RecordReferralImpossible;
}
export interface RequestEvents {
  ReferralRequested: ReferralRequested;
  ReferralImpossible: ReferralImpossible;
}

/** Two open requests for one bed would book it twice. */
function checkRepeated({ recipient, services }: RequestReferral, referrals: Referrals): void {
  const same = Object.values(referrals).some(
    (referral) =>
      isOpen(referral) && referral.recipient === recipient && services.some((service) => service in referral.episodes),
  );
  if (same)
    throw new Rejection('rule-broken', 'referral-already-open', 'this organisation was asked for this service already');
}

function requested(body: RequestReferral, referrals: Referrals, context: Context<CaseWorld>): ReferralRequested {
  const { languages: _a, withChildren: _b, accessibility: _c, precautions: _d, ...clear } = body;
  checkProvider(body, context);
  checkRepeated(body, referrals);
  const restsOn = groundOf(body, context);
  const risk = checkRisk(body.priority, context);
  const replyBy = context.reference.calendar.due(
    context.now,
    context.reference.policy.values['referral.reply_by'][body.priority],
  );
  return {
    ...clear,
    referralId: context.newId,
    replyBy,
    restsOn: { ...restsOn, ...(risk && { assessmentId: risk.assessmentId }) },
  };
}

export const requestCommands: CommandTable<Referrals, RequestCommands, RequestEvents> = {
  RequestReferral: {
    when: {
      by: REFERRERS,
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
      consent: { purpose: 'REFERRAL', recipient: 'recipient', orGround: GROUNDS, reviewedInTime: true },
      limit: 'referral.reply_by',
      otherwise:
        'the person may refuse the referral or the telling of any fact; it is offered again at the next review',
    },
    decide(body, referrals, context) {
      const { languages, withChildren, accessibility, precautions } = body;
      const sealed = [languages, withChildren, accessibility, precautions].some((value) => value !== undefined);
      const seals = sealed ? { seals: ['assessment'] as const } : {};
      return [{ type: 'ReferralRequested', data: requested(body, referrals, context), ...seals }];
    },
  },
  RecordReferralImpossible: {
    when: {
      by: REFERRERS,
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
      otherwise: 'counts as a gap; the interim measure says what happens meanwhile',
    },
    decide: (body) => [{ type: 'ReferralImpossible', data: body }],
  },
};

export const requestEvents: EventTable<Referrals, RequestEvents> = {
  ReferralRequested: {
    schema: 1,
    sensitivity: 2,
    evolve(referrals, { data, metadata }) {
      const { referralId, recipient, priority, dataShared, replyBy, region = 'UNKNOWN' } = data;
      const referral: Referral = {
        referralId,
        recipient,
        priority,
        dataShared,
        replyBy,
        region,
        referrer: metadata.organisation,
        status: 'REQUESTED',
        episodes: Object.fromEntries(data.services.map((service) => [service, 'PENDING'])),
        requestedAt: metadata.recordedAt,
        escalated: false,
        ground: data.restsOn.ground,
        handedOver: false,
        feedbackGiven: false,
        heldSince: {},
        deleted: false,
        ...(data.personal?.assessment === undefined ? {} : { needs: data.personal.assessment }),
      };
      return { ...referrals, [referralId]: referral };
    },
    promote: (facts, { data, metadata }) => offered(facts, data.referralId, data.recipient, metadata.recordedAt),
  },
  ReferralImpossible: {
    schema: 1,
    sensitivity: 1,
    evolve: (referrals, { data: { services } }) =>
      Object.fromEntries(
        Object.entries(referrals).map(([id, one]) => [id, cameToNothing(one) ? { ...one, impossible: [...(one.impossible ?? []), ...services] } : one]),
      ),
  },
};

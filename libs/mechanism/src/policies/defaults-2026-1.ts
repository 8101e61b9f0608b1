/**
 * Defaults of the mechanism for what a country does not say, as data of the documents of 2026. A published document holds
 * every key, so a later default changes none of them. Source: domain.md 2.9, last column, and the tables named at each key.
 */
import type { SecondPolicyValues } from '../policy-values.js';
import { proposed, type Stated, unknown } from './stated.js';

type StatedValues = { readonly [Key in keyof SecondPolicyValues]: Stated<SecondPolicyValues[Key]> };

/** What 2.9 asks of every country. */
const OF_THE_COUNTRY = {
  'id.rule': unknown('DELPHI', 'the identification rule of the country'),
  'id.catalogue': proposed('DELPHI/2009-1', 'domain.md 3.2; weights unverified (O-5)'),
  'id.group_minima': proposed('NONE', 'domain.md 2.2: the rule has no groups'),
  'id.commission_members': unknown([], 'whether a commission decides'),
  'id.formal_deciders': unknown(['ID_AUTH'], 'who formally identifies'),
  'id.presumption_deciders': unknown(['DETECT', 'CM'], 'who presumes'),
  'id.notify_to': unknown(['NRM_COORD'], 'who is notified'),
  'id.presumption_days': unknown({ workingDays: 5 }, 'a limit for the presumption'),
  'id.presumption_days_minor': unknown({ workingDays: 5 }, 'a limit for the presumption of a minor'),
  'id.dossier_days': unknown('NONE', 'a limit for handing over the file'),
  'id.formal_earliest': unknown('NONE', 'an earliest moment of the formal decision'),
  'id.minor_route': unknown(['CP_AUTH'], 'the route of a minor'),
  'notify.adult_identity': unknown('CONSENT', 'when an adult may be named'),
  'notify.listed_bodies': unknown([], 'a list of bodies that may notify'),
  'rrp.days': unknown({ days: 30 }, 'the length of the reflection period'),
  'rrp.start_trigger': unknown('PRESUMPTION', 'what starts the reflection period'),
  'rrp.count_mode': unknown('EXCLUSIVE', 'how its days are counted'),
  'rrp.end_rule': unknown('FIXED', 'whether a decision moves its end'),
  'rrp.applies_to': unknown('ALL', 'to whom it is owed'),
  'rrp.ends_on_cooperation': proposed(false, 'domain.md 12.1 R-7: only where the country says so'),
  'rrp.offer_window': unknown('NONE', 'a time in which the person says whether to use it'),
  'service.decision_days': unknown({ workingDays: 5 }, 'when a state-funded service is decided on'),
  'service.max_days': unknown('NONE', 'a longest stay'),
  'service.aftercare': unknown('NONE', 'aftercare'),
  'service.suspend_max': unknown('NONE', 'a longest suspension'),
  'court_support.hours_a_year': unknown('NONE', 'a limit for support in court'),
  'reconsider.days': unknown({ days: 30 }, 'when a refusal can be contested'),
  'reconsider.once': proposed(true, 'domain.md 2.2: the second decision is final'),
  'family.services': unknown({ on: true, consultations: 'NONE' }, 'what family members get'),
  'return.child_authority': unknown(['CP_AUTH'], 'who decides on the return of a child'),
  'compensation.voucher': unknown('NONE', 'an advance on compensation'),
} as const;

/** Steps of the case. */
const OF_THE_CASE = {
  'notify.limit': proposed({ hours: 24 }, 'domain.md 2.2 A1; at once for danger or a minor'),
  'basic_needs.limit': proposed({ hours: 24 }, 'domain.md 2.2 A3'),
  'screening.limit': proposed({ hours: 72 }, 'domain.md 2.2 A4'),
  'screen_out.limit': proposed({ workingDays: 5 }, 'domain.md 2.2 A11'),
  'case_manager.limit': proposed({ workingDays: 1 }, 'domain.md 2.4 C2'),
  'needs.limit': proposed({ workingDays: 5 }, 'domain.md 2.4 C3'),
  'plan.limit': proposed({ workingDays: 10 }, 'domain.md 2.4 C4'),
  'minor.assent_age': proposed(10, 'domain.md 8.2'),
  'majority.reask': proposed({ days: 30 }, 'domain.md 8.2, 12.1 R-4'),
  'capacity.review': proposed({ hours: 72 }, 'domain.md 8.2'),
  'contact.attempts': proposed({ attempts: 3, within: { days: 30 } }, 'domain.md 7.6 LOST_CONTACT'),
  'rrp.extension': proposed({ days: 30 }, 'domain.md 2.3 B4'),
  'rrp.warnings': proposed([{ days: 14 }, { days: 3 }], 'domain.md 2.3'),
  'rrp.minimum': {
    value: { days: 30 },
    source: 'Council of Europe Convention CETS 197 art. 13',
    origin: 'SOURCE',
    provisional: false,
  },
  'service.move_on': proposed({ days: 14 }, 'domain.md 2.2 A8'),
  'override.review': proposed({ hours: 24 }, 'domain.md 12.1 R-3'),
  'deletion.confirmation': proposed({ hours: 24 }, 'domain.md 5.2 S4'),
} as const;

/** Referrals, risk, return, reintegration. */
const OF_THE_WORK = {
  'referral.reply_by': proposed(
    { EMERGENCY: { hours: 1 }, URGENT: { hours: 24 }, PRIORITY: { workingDays: 3 }, ROUTINE: { workingDays: 5 } },
    'domain.md 5.2 S3',
  ),
  'referral.fetch_emergency': proposed({ minutes: 15 }, 'domain.md 12.1 R-8'),
  'referral.feedback': proposed({ workingDays: 10 }, 'domain.md 5.2 S12'),
  'service.start': proposed({ workingDays: 5 }, 'domain.md 5.2 S8'),
  'service.hold_review': proposed({ days: 14 }, 'domain.md 5.2 S10'),
  'service.session_recording': proposed({ days: 7 }, 'domain.md 5.2 S9'),
  'risk.instrument': proposed('RA-1/1', 'domain.md 4.2; the official form is unread (O-3)'),
  'risk.validity': proposed(
    { CRITICAL: { hours: 24 }, HIGH: { days: 7 }, MEDIUM: { days: 30 }, LOW: { days: 90 } },
    'domain.md 4.3',
  ),
  'risk.action': proposed(
    { CRITICAL: { hours: 1 }, HIGH: { hours: 24 }, MEDIUM: { workingDays: 3 }, LOW: { workingDays: 10 } },
    'domain.md 4.3',
  ),
  'risk.first_form': proposed({ hours: 24 }, 'domain.md 12.1 R-2'),
  'risk.reassessment': proposed({ hours: 24 }, 'domain.md 4.3 names the causes and no limit'),
  'consent.expiry': proposed(
    { REFERRAL: { days: 90 }, LAW_ENFORCEMENT_SHARING: { days: 90 }, CONTACT_FAMILY: { days: 30 } },
    'domain.md 8.2; purposes that end with an event have no date here',
  ),
  'return.receiving_request': proposed({ workingDays: 2 }, 'domain.md 6.3 T5'),
  'return.acknowledgement': proposed({ workingDays: 3 }, 'domain.md 6.3 T6'),
  'return.assessment': proposed({ workingDays: 10 }, 'domain.md 6.3 T4'),
  'return.inquiry': proposed({ adult: { workingDays: 10 }, minor: { workingDays: 20 } }, 'domain.md 6.3 T7'),
  'return.approval': proposed({ workingDays: 5 }, 'domain.md 6.3 T10'),
  'return.pre_departure': proposed({ hours: 48 }, 'domain.md 6.3 T13'),
  'return.handover': proposed({ hours: 24 }, 'domain.md 6.3 T16'),
  'return.accepted_services': proposed(3, 'domain.md 6.3 T10'),
  'return.follow_up': proposed(
    [{ hours: 72 }, { days: 14 }, { months: 1 }, { months: 3 }, { months: 6 }],
    'domain.md 6.3 T17',
  ),
  'reintegration.review': proposed({ months: 1 }, 'domain.md 7.3'),
  'reintegration.reviews': proposed(
    {
      adult: [{ months: 1 }, { months: 3 }, { months: 6 }, { months: 12 }],
      minor: [
        { months: 1 },
        { months: 2 },
        { months: 3 },
        { months: 4 },
        { months: 5 },
        { months: 6 },
        { months: 9 },
        { months: 12 },
      ],
    },
    'domain.md 7.3',
  ),
  'reintegration.overdue': proposed({ manager: { days: 14 }, coordinator: { days: 30 } }, 'domain.md 7.3'),
} as const;

/** What is kept, and what may be shown. */
const OF_THE_DATA = {
  'retention.identity': proposed({ months: 24 }, 'domain.md 8.5, after closure'),
  'retention.minor_until_age': proposed(21, 'domain.md 8.5'),
  'retention.not_presumed': proposed({ months: 6 }, 'domain.md 2.2 A11, 8.5'),
  'retention.disclosure_log': proposed({ months: 60 }, 'domain.md 8.5'),
  'retention.consent_evidence': proposed({ months: 36 }, 'domain.md 8.5, after the end of the vault entry'),
  'data_request.answer': {
    value: { months: 1 },
    source: 'Regulation (EU) 2016/679 art. 12(3)',
    origin: 'SOURCE',
    provisional: false,
  },
  'report.suppression': proposed({ published: 11, restricted: 5 }, 'domain.md 9.4'),
} as const;

export const DEFAULTS_2026_1: StatedValues = { ...OF_THE_COUNTRY, ...OF_THE_CASE, ...OF_THE_WORK, ...OF_THE_DATA };

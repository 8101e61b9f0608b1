/** What a country policy says, key by key. Every number is configuration, none a constant in code. Source: domain.md 2.9. */
import type { ConsentPurpose, Priority, RiskLevel, Role } from './vocabulary.js';

/** A length of time as the policy states it. Exactly one unit. Working days skip weekends and public holidays. */
export type Limit =
  | { readonly minutes: number }
  | { readonly hours: number }
  | { readonly days: number }
  | { readonly workingDays: number }
  | { readonly months: number };

/** Bodies that no role of 1.1 names: a court, Latvia's commission of providers, the United Kingdom's competent authority. */
export const DECIDING_BODIES = ['COURT', 'NGO_COMMISSION', 'SCA'] as const;
export type DecidingBody = (typeof DECIDING_BODIES)[number];
/** Who decides, or must be told, in the words of 2.9. A body stands in the directory as an identification authority. */
export type Authority = Role | DecidingBody;

/** The role that an authority holds in the directory. */
export function roleOf(authority: Authority): Role {
  return (DECIDING_BODIES as readonly string[]).includes(authority) ? 'ID_AUTH' : (authority as Role);
}

export const IDENTIFICATION_RULES = ['DELPHI', 'AMP_GROUPS', 'TWO_STAGE'] as const;
export type IdentificationRuleName = (typeof IDENTIFICATION_RULES)[number];
/** What makes trafficking, in three groups: act, means, purpose. Source: Palermo Protocol art. 3(a). */
export const AMP_GROUPS = ['ACT', 'MEANS', 'EXPLOITATION'] as const;
export type AmpGroup = (typeof AMP_GROUPS)[number];
/** How many criteria of each group must be present. */
export type GroupMinima = Readonly<Record<AmpGroup, number>>;
export const ADULT_IDENTITY_RULES = ['CONSENT', 'CONSENT_OR_LEGAL_BASIS', 'WITH_APPLICATION'] as const;
export const COMMISSION_PROFESSIONS = ['SOCIAL_WORKER', 'PSYCHOLOGIST', 'LAWYER'] as const;
export const RRP_TRIGGERS = ['PRESUMPTION', 'SERIOUS_REASONS', 'FORMAL_IDENTIFICATION'] as const;
/** EXCLUSIVE: the first day counts from the day after; INCLUSIVE: the day of the start is day one. */
export const RRP_COUNT_MODES = ['EXCLUSIVE', 'INCLUSIVE'] as const;
/** LATER_OF_DECISION: never before the final decision on identification. */
export const RRP_END_RULES = ['FIXED', 'LATER_OF_DECISION'] as const;
export const RRP_CIRCLES = ['ALL', 'THIRD_COUNTRY_NATIONALS'] as const;

/** The keys that the first Romanian document had. */
export interface FirstPolicyValues {
  readonly 'id.rule': IdentificationRuleName;
  readonly 'id.formal_deciders': readonly Authority[];
  readonly 'id.presumption_deciders': readonly Authority[];
  readonly 'minor.assent_age': number;
  readonly 'screening.limit': Limit;
  readonly 'override.review': Limit;
  readonly 'deletion.confirmation': Limit;
  readonly 'referral.reply_by': Readonly<Record<Priority, Limit>>;
  readonly 'referral.fetch_emergency': Limit;
  readonly 'referral.feedback': Limit;
  readonly 'service.start': Limit;
  readonly 'service.hold_review': Limit;
  readonly 'risk.validity': Readonly<Record<RiskLevel, Limit>>;
  readonly 'risk.first_form': Limit;
  readonly 'consent.expiry': Readonly<Partial<Record<ConsentPurpose, Limit>>>;
  readonly 'return.receiving_request': Limit;
  readonly 'return.acknowledgement': Limit;
  readonly 'return.assessment': Limit;
  readonly 'return.approval': Limit;
  readonly 'return.handover': Limit;
  /** Service lines that must be accepted before a return is approved. */
  readonly 'return.accepted_services': number;
  readonly 'reintegration.review': Limit;
}

/** The keys of a document of format 2. `NONE` means: the country has no such limit or thing. */
export interface SecondPolicyValues extends FirstPolicyValues {
  /** Version of the indicator catalogue on which screenings are scored. */
  readonly 'id.catalogue': string;
  /** Version of the risk instrument. */
  readonly 'risk.instrument': string;
  readonly 'id.notify_to': readonly Authority[];
  readonly 'id.presumption_days': Limit;
  readonly 'id.presumption_days_minor': Limit;
  /** Until when the file goes to the deciding authority: criteria met, and not met. */
  readonly 'id.dossier_days': { readonly positive: Limit; readonly negative: Limit } | 'NONE';
  /** No formal decision before this, counted from the presumption. */
  readonly 'id.formal_earliest': Limit | 'NONE';
  /** For AMP_GROUPS and TWO_STAGE: how much of each group is needed. */
  readonly 'id.group_minima': { readonly adult: GroupMinima; readonly minor: GroupMinima } | 'NONE';
  /** Professions without which a commission can not decide. */
  readonly 'id.commission_members': readonly (typeof COMMISSION_PROFESSIONS)[number][];
  readonly 'id.minor_route': readonly Authority[];
  readonly 'notify.limit': Limit;
  readonly 'notify.adult_identity': (typeof ADULT_IDENTITY_RULES)[number];
  /** Bodies that may notify, by the names in their law; empty: any. */
  readonly 'notify.listed_bodies': readonly string[];
  readonly 'screen_out.limit': Limit;
  readonly 'basic_needs.limit': Limit;
  readonly 'case_manager.limit': Limit;
  readonly 'needs.limit': Limit;
  readonly 'plan.limit': Limit;
  readonly 'rrp.days': Limit;
  readonly 'rrp.start_trigger': (typeof RRP_TRIGGERS)[number];
  readonly 'rrp.count_mode': (typeof RRP_COUNT_MODES)[number];
  readonly 'rrp.end_rule': (typeof RRP_END_RULES)[number];
  readonly 'rrp.applies_to': (typeof RRP_CIRCLES)[number];
  readonly 'rrp.extension': Limit;
  /** How long before its end the person and whoever leads the case are warned. */
  readonly 'rrp.warnings': readonly Limit[];
  /** Whether deciding to cooperate ends it. */
  readonly 'rrp.ends_on_cooperation': boolean;
  /** Never shorter than this, whatever ends it. */
  readonly 'rrp.minimum': Limit;
  /** In which time after status is given the person says whether to use it. */
  readonly 'rrp.offer_window': Limit | 'NONE';
  /** In which time it is decided whether the state pays for a service. */
  readonly 'service.decision_days': Limit | 'NONE';
  readonly 'service.max_days': Limit | 'NONE';
  /** What runs on after an identification was refused, or a final decision made. */
  readonly 'service.move_on': Limit;
  readonly 'service.aftercare': { readonly consultations: number; readonly within: Limit } | 'NONE';
  readonly 'service.suspend_max': Limit | 'NONE';
  readonly 'service.session_recording': Limit;
  readonly 'court_support.hours_a_year': number | 'NONE';
  readonly 'reconsider.days': Limit;
  readonly 'reconsider.once': boolean;
  /** Family counts as indirect beneficiary; of how many consultations, where the country says so. */
  readonly 'family.services': { readonly on: boolean; readonly consultations: number | 'NONE' };
  readonly 'return.child_authority': readonly Authority[];
  readonly 'return.inquiry': { readonly adult: Limit; readonly minor: Limit };
  /** How long before departure everything is confirmed again. */
  readonly 'return.pre_departure': Limit;
  readonly 'return.follow_up': readonly Limit[];
  readonly 'reintegration.reviews': { readonly adult: readonly Limit[]; readonly minor: readonly Limit[] };
  readonly 'reintegration.overdue': { readonly manager: Limit; readonly coordinator: Limit };
  /** In which time each level must have its actions. */
  readonly 'risk.action': Readonly<Record<RiskLevel, Limit>>;
  /** After what forces a new look: in which time it must have happened. */
  readonly 'risk.reassessment': Limit;
  readonly 'majority.reask': Limit;
  readonly 'capacity.review': Limit;
  readonly 'compensation.voucher': Limit | 'NONE';
  readonly 'contact.attempts': { readonly attempts: number; readonly within: Limit };
  readonly 'retention.identity': Limit;
  readonly 'retention.minor_until_age': number;
  readonly 'retention.not_presumed': Limit;
  readonly 'retention.disclosure_log': Limit;
  readonly 'retention.consent_evidence': Limit;
  readonly 'data_request.answer': Limit;
  /** Cells smaller than this are not shown, to the public and in agreed inter-agency tables. */
  readonly 'report.suppression': { readonly published: number; readonly restricted: number };
}

/** How much time a deadline leaves: by that it is warned of, and told to the coordination. */
export const LADDERS = ['WITHIN_A_DAY', 'WITHIN_DAYS', 'WITHIN_WEEKS'] as const;
export type LadderName = (typeof LADDERS)[number];
export interface LadderLimits {
  /** How long before its end whoever owes it is warned. */
  readonly warned: { readonly hours: number };
  /** How long after its end the coordination hears that it was not met. */
  readonly escalated: Limit;
}

/** On which day of a common year somebody born on 29 February comes of age. */
export const LEAP_DAYS = ['FEBRUARY_28', 'MARCH_1'] as const;

/** All keys of a document of format 3. */
export interface PolicyValues extends SecondPolicyValues {
  readonly 'break_glass.open': Limit;
  /** Until when an organisation that is asked to lead a case answers. */
  readonly 'case_manager.reply': Limit;
  /** The clock says that a birthday came within so many days after it, so that the log does not tell the day; 0: on the day. */
  readonly 'majority.birthday': { readonly leapDay: (typeof LEAP_DAYS)[number]; readonly toldWithinDays: number };
  readonly 'deadline.ladder': Readonly<Record<LadderName, LadderLimits>>;
  /** How long one "not now" of the person may pause her screening, before somebody asks her again. */
  readonly 'screening.not_now_max': Limit;
}
export type PolicyKey = keyof PolicyValues;

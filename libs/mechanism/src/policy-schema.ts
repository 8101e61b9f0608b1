/** What a policy document must look like, as JSON Schema. Source: domain.md 2.9. */
import {
  ADULT_IDENTITY_RULES, AMP_GROUPS, COMMISSION_PROFESSIONS, DECIDING_BODIES, type FirstPolicyValues, IDENTIFICATION_RULES, LADDERS, LEAP_DAYS,
  type PolicyValues, RRP_CIRCLES, RRP_COUNT_MODES, RRP_END_RULES, RRP_TRIGGERS, type SecondPolicyValues,
} from './policy-values.js';
import { ORIGINS } from './policies/stated.js';
import { CONSENT_PURPOSES, PRIORITIES, RISK_LEVELS, ROLES } from './vocabulary.js';

const whole = (least: number, most: number): object => ({ type: 'integer', minimum: least, maximum: most });
const only = (properties: Record<string, object>, required = Object.keys(properties)): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const each = (keys: readonly string[], schema: object): Record<string, object> =>
  Object.fromEntries(keys.map((key) => [key, schema]));
const some = (items: object, least = 1): object => ({ type: 'array', items, minItems: least, uniqueItems: true });
const orNone = (schema: object): object => ({ anyOf: [{ const: 'NONE' }, schema] });

/** One unit, exactly. */
const unit = (properties: Record<string, object>): object => ({ type: 'object', properties, additionalProperties: false, minProperties: 1, maxProperties: 1 });
const LIMIT = unit({ minutes: whole(1, 1440), hours: whole(1, 720), days: whole(1, 3660), workingDays: whole(1, 366), months: whole(1, 120) });
/** What no country's document may undercut or stretch: what binds it says so. */
const daysFrom = (least: number): object => unit({ days: whole(least, 3660) });
const hoursUpTo = (most: number): object => unit({ minutes: whole(1, most * 60), hours: whole(1, most) });
const YES_OR_NO = { type: 'boolean' };
const AUTHORITIES = some({ enum: [...ROLES, ...DECIDING_BODIES] });
const LIMITS = { type: 'array', items: LIMIT, minItems: 1 };
const BY_LEVEL = only(each(RISK_LEVELS, LIMIT));
const BY_AGE = only({ adult: LIMIT, minor: LIMIT });
const MINIMA = only(each(AMP_GROUPS, whole(0, 20)));
const VERSION = { type: 'string', pattern: '^[A-Z0-9-]+/[0-9-]+$' };

const FIRST_VALUES: Readonly<Record<keyof FirstPolicyValues, object>> = {
  'id.rule': { enum: IDENTIFICATION_RULES },
  'id.formal_deciders': AUTHORITIES,
  'id.presumption_deciders': AUTHORITIES,
  'minor.assent_age': whole(0, 17),
  'screening.limit': LIMIT,
  // A second person looks within a day (12.1 R-3).
  'override.review': hoursUpTo(24),
  'deletion.confirmation': LIMIT,
  'referral.reply_by': only(each(PRIORITIES, LIMIT)),
  'referral.fetch_emergency': LIMIT,
  'referral.feedback': LIMIT,
  'service.start': LIMIT,
  'service.hold_review': LIMIT,
  'risk.validity': BY_LEVEL,
  'risk.first_form': LIMIT,
  'consent.expiry': only(each(CONSENT_PURPOSES, LIMIT), []),
  'return.receiving_request': LIMIT,
  'return.acknowledgement': LIMIT,
  'return.assessment': LIMIT,
  'return.approval': LIMIT,
  'return.handover': LIMIT,
  'return.accepted_services': whole(0, 20),
  'reintegration.review': LIMIT,
};

const SECOND_VALUES: Readonly<Record<keyof SecondPolicyValues, object>> = {
  ...FIRST_VALUES,
  'id.catalogue': VERSION,
  'risk.instrument': VERSION,
  'id.notify_to': AUTHORITIES,
  'id.presumption_days': LIMIT,
  'id.presumption_days_minor': LIMIT,
  'id.dossier_days': orNone(only({ positive: LIMIT, negative: LIMIT })),
  'id.formal_earliest': orNone(LIMIT),
  'id.group_minima': orNone(only({ adult: MINIMA, minor: MINIMA })),
  'id.commission_members': some({ enum: COMMISSION_PROFESSIONS }, 0),
  'id.minor_route': AUTHORITIES,
  'notify.limit': LIMIT,
  'notify.adult_identity': { enum: ADULT_IDENTITY_RULES },
  'notify.listed_bodies': some({ type: 'string', minLength: 1, maxLength: 100 }, 0),
  'screen_out.limit': LIMIT,
  'basic_needs.limit': LIMIT,
  'case_manager.limit': LIMIT,
  'needs.limit': LIMIT,
  'plan.limit': LIMIT,
  'rrp.days': LIMIT,
  'rrp.start_trigger': { enum: RRP_TRIGGERS },
  'rrp.count_mode': { enum: RRP_COUNT_MODES },
  'rrp.end_rule': { enum: RRP_END_RULES },
  'rrp.applies_to': { enum: RRP_CIRCLES },
  'rrp.extension': LIMIT,
  'rrp.warnings': LIMITS,
  'rrp.ends_on_cooperation': YES_OR_NO,
  // CETS 197 art. 13.
  'rrp.minimum': daysFrom(30),
  'rrp.offer_window': orNone(LIMIT),
  'service.decision_days': orNone(LIMIT),
  'service.max_days': orNone(LIMIT),
  'service.move_on': LIMIT,
  'service.aftercare': orNone(only({ consultations: whole(1, 1000), within: LIMIT })),
  'service.suspend_max': orNone(LIMIT),
  'service.session_recording': LIMIT,
  'court_support.hours_a_year': orNone(whole(1, 8760)),
  'reconsider.days': LIMIT,
  'reconsider.once': YES_OR_NO,
  'family.services': only({ on: YES_OR_NO, consultations: orNone(whole(1, 1000)) }),
  'return.child_authority': AUTHORITIES,
  'return.inquiry': BY_AGE,
  'return.pre_departure': LIMIT,
  'return.follow_up': LIMITS,
  'reintegration.reviews': only({ adult: LIMITS, minor: LIMITS }),
  'reintegration.overdue': only({ manager: LIMIT, coordinator: LIMIT }),
  'risk.action': BY_LEVEL,
  'risk.reassessment': LIMIT,
  'majority.reask': LIMIT,
  'capacity.review': LIMIT,
  'compensation.voucher': orNone(LIMIT),
  'contact.attempts': only({ attempts: whole(1, 20), within: LIMIT }),
  'retention.identity': LIMIT,
  'retention.minor_until_age': whole(18, 30),
  'retention.not_presumed': LIMIT,
  'retention.disclosure_log': LIMIT,
  'retention.consent_evidence': LIMIT,
  'data_request.answer': LIMIT,
  // 9.4.
  'report.suppression': only({ published: whole(11, 100), restricted: whole(5, 100) }),
};

const VALUES: Readonly<Record<keyof PolicyValues, object>> = {
  ...SECOND_VALUES,
  // 8.3.
  'break_glass.open': hoursUpTo(4),
  'case_manager.reply': LIMIT,
  // Longer than three weeks, and nothing would be left of the month in which the person is asked.
  'majority.birthday': only({ leapDay: { enum: LEAP_DAYS }, toldWithinDays: whole(0, 21) }),
  'deadline.ladder': only(each(LADDERS, only({ warned: only({ hours: whole(1, 720) }), escalated: LIMIT }))),
  'screening.not_now_max': LIMIT,
};

const SOURCE = { type: 'string', minLength: 1, maxLength: 500 };
const statedFirst = (value: object): object => only({ value, source: SOURCE, provisional: YES_OR_NO });
/** What is not known is provisional, always. */
const stated = (value: object): object => ({
  ...only({ value, source: SOURCE, origin: { enum: ORIGINS }, provisional: YES_OR_NO }),
  if: { type: 'object', properties: { origin: { const: 'UNKNOWN' } } },
  then: { type: 'object', properties: { provisional: { const: true } } },
});
const mapped = (values: Readonly<Record<string, object>>, by: (value: object) => object): object =>
  only(Object.fromEntries(Object.entries(values).map(([key, value]) => [key, by(value)])));

const NAMES = {
  country: { type: 'string', pattern: '^[A-Z]{2}$' },
  version: { type: 'string', pattern: '^[A-Z]{2}/[0-9]{4}-[0-9]{1,4}$' },
  timeZone: { type: 'string', minLength: 1 },
};

/** Format 1, the form of RO/2026-1 only: what it does not say stands at the defaults of 2026, as not known. */
export const FIRST_DOCUMENT = only({ ...NAMES, values: mapped(FIRST_VALUES, statedFirst) });
const document = (format: number, values: Readonly<Record<string, object>>): object => only({
  format: { const: format },
  ...NAMES,
  holidays: { type: 'string', pattern: '^[A-Z]{2}$' },
  values: mapped(values, stated),
});
/** Format 2: what it does not say stands at the defaults of the second half of 2026, as not known. */
export const SECOND_DOCUMENT = document(2, SECOND_VALUES);
/** Format 3: every key. */
export const DOCUMENT = document(3, VALUES);

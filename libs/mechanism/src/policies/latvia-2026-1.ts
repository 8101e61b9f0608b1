/** Country policy of Latvia, version LV/2026-1, as data. Source: domain.md 1.3, 2.2, 2.3, 2.9; Cabinet Regulation 344. */
import { DEFAULTS_2026_1 } from './defaults-2026-1.js';
import { recalled, sourced } from './stated.js';

const R344 = 'Latvia, Cabinet Regulation 344';
const DECIDERS = ['LE', 'PROS', 'COURT', 'NGO_COMMISSION'] as const;

export const LATVIA_2026_1 = {
  format: 2,
  country: 'LV',
  version: 'LV/2026-1',
  timeZone: 'Europe/Riga',
  holidays: 'LV',
  values: {
    ...DEFAULTS_2026_1,
    'id.rule': sourced('AMP_GROUPS', `${R344} p. 10-12 and annexes: at least one criterion in each group`),
    'id.catalogue': recalled('AMP/1', `${R344} annex 1: 5, 8 and 4 boxes and "other"; the wording of the boxes is ours`),
    'id.group_minima': sourced(
      { adult: { ACT: 1, MEANS: 1, EXPLOITATION: 1 }, minor: { ACT: 1, MEANS: 0, EXPLOITATION: 1 } },
      `${R344} p. 10-12`,
    ),
    'id.commission_members': sourced(['SOCIAL_WORKER', 'PSYCHOLOGIST', 'LAWYER'], `${R344} p. 9; a police officer is not required`),
    'id.formal_deciders': sourced(DECIDERS, `${R344} p. 6.2, 9`),
    'id.presumption_deciders': sourced(DECIDERS, 'domain.md 2.9: as the formal decision'),
    'id.notify_to': sourced(['NRM_COORD', 'SP', 'LE'], 'bsr-trm.com, Latvia: SIVA, provider or police'),
    'id.presumption_days': sourced({ workingDays: 3 }, `${R344} p. 8.3: at once, at most 3 working days`),
    'id.presumption_days_minor': sourced({ workingDays: 3 }, `${R344} p. 8.3`),
    'id.dossier_days': sourced({ positive: { workingDays: 3 }, negative: { workingDays: 10 } }, `${R344} p. 8`),
    'id.minor_route': recalled(['CP_AUTH', 'SP'], "orphan's court or provider"),
    'notify.adult_identity': sourced('WITH_APPLICATION', `${R344}: the person applies to the provider`),
    'rrp.days': recalled({ days: 30 }, 'residence law of Latvia'),
    'rrp.applies_to': sourced('THIRD_COUNTRY_NATIONALS', 'residence law of Latvia; Regulation 344 p. 17.7'),
    'rrp.offer_window': sourced({ days: 3 }, 'residence law of Latvia: opens when status is given'),
    'service.decision_days': sourced({ workingDays: 3 }, `${R344} p. 13`),
    'service.max_days': sourced({ days: 180 }, `${R344} p. 4`),
    'service.aftercare': sourced({ consultations: 5, within: { months: 24 } }, `${R344} p. 5: one hour each`),
    'service.suspend_max': sourced({ months: 6 }, `${R344}: back under influence, or long treatment`),
    'court_support.hours_a_year': sourced(150, R344),
    'family.services': recalled({ on: true, consultations: 5 }, 'bsr-trm.com, Latvia: family of a child; not found in Regulation 344'),
  },
} as const;

/**
 * Country policy of Romania, version RO/2026-2, as data: all keys of domain.md 2.9. What the mechanism of 2023 says is
 * unread (O-1), so its identification rules are provisional (12.1 ).
 */
import { DEFAULTS_2026_1 } from './defaults-2026-1.js';
import { ROMANIA_2026_1 } from './romania-2026-1.js';
import { proposed, recalled, sourced, unknown } from './stated.js';

const UNREAD = 'the MNIR of 2023 is unread (O-1)';
const { values: first } = ROMANIA_2026_1;

export const ROMANIA_2026_2 = {
  format: 2,
  country: 'RO',
  version: 'RO/2026-2',
  timeZone: 'Europe/Bucharest',
  holidays: 'RO',
  values: {
    ...DEFAULTS_2026_1,
    'id.rule': proposed('DELPHI', `domain.md 12.1 R-18; ${UNREAD}`),
    'id.formal_deciders': recalled(first['id.formal_deciders'].value, `bsr-trm.com, Romania: DCCO/BCCO and DIICOT; ${UNREAD}`),
    'id.presumption_deciders': recalled(
      first['id.presumption_deciders'].value,
      `US TIP report 2021, Romania: any entity of the mechanism may identify; ${UNREAD}`,
    ),
    'id.commission_members': proposed([], 'no commission decides'),
    'id.notify_to': sourced(['NRM_COORD'], 'bsr-trm.com, Romania: ANITP, central or regional centre'),
    'id.presumption_days': unknown({ workingDays: 5 }, UNREAD),
    'id.presumption_days_minor': unknown({ workingDays: 5 }, UNREAD),
    'id.minor_route': sourced(['CP_AUTH'], 'US TIP report 2020, Romania: minors are referred to child protection (DGASPC)'),
    'notify.adult_identity': proposed('CONSENT_OR_LEGAL_BASIS', 'domain.md 2.9: consent or a named legal basis'),
    'notify.listed_bodies': sourced([], 'bsr-trm.com, Romania: any body'),
    'minor.assent_age': recalled(10, 'Law 272/2004: a child of 10 must be heard'),
    'rrp.days': sourced({ days: 90 }, 'Law 678/2001 art. 39^1: up to 90 days'),
    'rrp.start_trigger': sourced('SERIOUS_REASONS', 'Law 678/2001 art. 39^1: serious reasons to believe'),
    'rrp.applies_to': proposed('ALL', 'domain.md 2.3: in the law foreigners outside the EU and EEA; support for all is our choice'),
    'service.max_days': proposed('NONE', 'no limit seen in Law 678/2001 chapter V (O-2)'),
    'family.services': sourced({ on: true, consultations: 'NONE' }, 'ADPARE: families are indirect beneficiaries'),
    'return.child_authority': sourced(['CONS', 'CP_AUTH'], 'HG 1443/2004: MAE, ANPDCA and DGASPC'),
    'compensation.voucher': sourced({ hours: 72 }, 'HG 541/2023'),
  },
} as const;

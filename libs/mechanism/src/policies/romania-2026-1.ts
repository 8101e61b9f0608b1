/**
 * Country policy of Romania, version RO/2026-1, as data. Every value says where it comes from; what no source has
 * confirmed is provisional, and every answer that rests on it says so (domain.md 2.9, 12.1 ).
 */
const DESIGN = 'own proposal';

export const ROMANIA_2026_1 = {
  country: 'RO',
  version: 'RO/2026-1',
  timeZone: 'Europe/Bucharest',
  values: {
    'id.rule': { value: 'DELPHI', source: 'domain.md 12.1 R-18; the MNIR of 2023 is unread (O-1)', provisional: true },
    'id.formal_deciders': {
      value: ['ID_AUTH', 'LE', 'PROS'],
      source: 'bsr-trm.com, Romania: DCCO/BCCO and DIICOT; the MNIR of 2023 is unread (O-1)',
      provisional: true,
    },
    'id.presumption_deciders': {
      value: [
        'DETECT',
        'CM',
        'SP',
        'ID_AUTH',
        'NRM_COORD',
        'CP_AUTH',
        'LE',
        'PROS',
        'LAB',
        'BORDER',
        'IMM',
        'CONS',
        'HEALTH',
      ],
      source: 'US TIP report 2021, Romania: any entity of the mechanism may identify; the MNIR of 2023 is unread (O-1)',
      provisional: true,
    },
    'minor.assent_age': {
      value: 10,
      source: 'Law 272/2004: a child of 10 must be heard; not re-read',
      provisional: true,
    },
    'screening.limit': { value: { hours: 72 }, source: DESIGN, provisional: true },
    'override.review': { value: { hours: 24 }, source: 'domain.md 12.1 R-3', provisional: true },
    'deletion.confirmation': { value: { hours: 24 }, source: 'domain.md 5.2 S4', provisional: true },
    'referral.reply_by': {
      value: {
        EMERGENCY: { hours: 1 },
        URGENT: { hours: 24 },
        PRIORITY: { workingDays: 3 },
        ROUTINE: { workingDays: 5 },
      },
      source: 'domain.md 5.2 S3',
      provisional: true,
    },
    'referral.fetch_emergency': { value: { minutes: 15 }, source: DESIGN, provisional: true },
    'referral.feedback': { value: { workingDays: 10 }, source: 'domain.md 5.2 S12', provisional: true },
    'service.start': { value: { workingDays: 5 }, source: 'domain.md 5.2 S8', provisional: true },
    'service.hold_review': { value: { days: 14 }, source: 'domain.md 5.2 S10', provisional: true },
    'risk.validity': {
      value: { CRITICAL: { hours: 24 }, HIGH: { days: 7 }, MEDIUM: { days: 30 }, LOW: { days: 90 } },
      source: 'domain.md 4.3',
      provisional: true,
    },
    'risk.first_form': { value: { hours: 24 }, source: 'domain.md 12.1 R-2', provisional: true },
    'consent.expiry': {
      value: { REFERRAL: { days: 90 }, LAW_ENFORCEMENT_SHARING: { days: 90 }, CONTACT_FAMILY: { days: 30 } },
      source: 'domain.md 8.2; purposes that end with an event (interview, service, boarding) have no date here',
      provisional: true,
    },
    'return.receiving_request': { value: { workingDays: 2 }, source: 'domain.md 6.3 T5', provisional: true },
    'return.acknowledgement': { value: { workingDays: 3 }, source: 'domain.md 6.3 T6', provisional: true },
    'return.assessment': { value: { workingDays: 10 }, source: 'domain.md 6.3 T4', provisional: true },
    'return.approval': { value: { workingDays: 5 }, source: 'domain.md 6.3 T10', provisional: true },
    'return.handover': { value: { hours: 24 }, source: 'domain.md 6.3 T16', provisional: true },
    'return.accepted_services': { value: 3, source: 'domain.md 6.3 T10', provisional: true },
    'reintegration.review': { value: { months: 1 }, source: 'domain.md 7.3', provisional: true },
  },
} as const;

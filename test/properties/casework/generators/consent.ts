import { type CaseFacts, underMinorRules } from '#casework';
import { type ConsentPurpose, ROLES } from '#mechanism';
import type { Draw } from '../draw.js';
import type { Generator } from '../story.js';
import { CHILD_PROTECTION, CLINIC, COORDINATOR, POLICE, SHELTER, SUPERVISOR, isOpen, secret, takesFacts } from './who.js';

const RECIPIENTS = ['clinica-aurora', 'clinica-aurora', 'clinica-aurora', 'asociatia-punte', 'podul-intoarcerii', 'politia-exemplu', 'rifugio-ponte', 'casa-inchisa'] as const;
const PURPOSES: readonly ConsentPurpose[] = [
  'IDENTITY_RECORDING', 'INTERVIEW', 'ASSESSMENT', 'REFERRAL', 'REFERRAL', 'REFERRAL', 'SERVICE_DELIVERY', 'SERVICE_DELIVERY', 'SERVICE_DELIVERY', 'FORMAL_IDENTIFICATION_REQUEST',
  'FORMAL_IDENTIFICATION_REQUEST', 'LAW_ENFORCEMENT_SHARING', 'CROSS_BORDER', 'RETURN', 'CONTACT_FAMILY', 'GROUP', 'FOLLOW_UP', 'RESEARCH_STATS',
];
const ALONE: readonly ConsentPurpose[] = ['IDENTITY_RECORDING', 'INTERVIEW', 'CONTACT_FAMILY', 'RESEARCH_STATS', 'ASSESSMENT', 'FOLLOW_UP'];

function recipientFor(purpose: ConsentPurpose, draw: Draw): object {
  if (purpose === 'FORMAL_IDENTIFICATION_REQUEST') return { recipient: 'politia-exemplu' };
  return ALONE.includes(purpose) ? {} : { recipient: draw.pick(RECIPIENTS) };
}

function giverFor(facts: CaseFacts, draw: Draw): string {
  if (draw.chance(15)) return draw.pick(['SELF', 'GUARDIAN', 'PUBLIC_GUARDIAN', 'COURT']);
  if (!underMinorRules(facts)) return 'SELF';
  return draw.pick(['GUARDIAN', 'PUBLIC_GUARDIAN', 'COURT']);
}

export const consent: readonly Generator[] = [
  {
    command: 'GiveConsent',
    weight: 6,
    likely: ({ facts, theme }) => isOpen(facts) && facts.rightsInformed && theme !== 'return',
    make({ facts, draw, theme }) {
      // A return asks for its own consents.
      const purpose = theme === 'recalled' ? 'FORMAL_IDENTIFICATION_REQUEST' : draw.pick(PURPOSES);
      const giver = giverFor(facts, draw);
      return {
        by: SHELTER,
        body: {
          purpose, ...recipientFor(purpose, draw), ...(purpose === 'CROSS_BORDER' ? { countries: ['IT'] } : {}), giver, form: 'WRITTEN',
          ...(giver === 'COURT' && !draw.chance(10) ? { courtDecision: secret('decision') } : {}),
          infoSheetVersion: '2026-1', ...draw.maybe(50, 'evidence', () => secret('witness')), ...draw.maybe(30, 'dataCategories', () => ['contact']),
        },
      };
    },
  },
  {
    command: 'WithdrawConsent',
    likely: ({ facts }) => facts.consents.length > 0,
    make: ({ facts, draw }) => ({
      by: draw.pick([SHELTER, POLICE, { organisation: 'casa-lumina', role: 'PERSON' }]),
      body: { consentId: draw.pick(facts.consents).consentId, by: draw.pick(['PERSON', 'GUARDIAN']) },
    }),
  },
  {
    command: 'RefuseConsent',
    likely: ({ facts, theme, draw }) => takesFacts(facts) && theme !== 'service' && draw.chance(15),
    make: ({ draw }) => {
      const purpose = draw.pick(PURPOSES);
      return { by: draw.pick([SHELTER, CLINIC]), body: { purpose, ...recipientFor(purpose, draw), by: draw.pick(['PERSON', 'GUARDIAN']) } };
    },
  },
  {
    command: 'StateWithdrawal',
    likely: ({ facts, theme }) => takesFacts(facts) && theme !== 'service' && facts.consents.length + facts.overrides.length > 0,
    make: ({ facts, draw }) => ({
      by: draw.pick([SHELTER, CLINIC, POLICE, { organisation: 'casa-lumina', role: 'PERSON' }]),
      body: {
        purpose: draw.pick(['ALL', ...facts.consents.map(({ purpose }) => purpose)]), ...draw.maybe(50, 'recipient', () => draw.pick(RECIPIENTS)),
        by: draw.pick(['PERSON', 'PERSON', 'GUARDIAN', 'PUBLIC_GUARDIAN']), medium: 'PHONE',
        ...(facts.erasure === 'NONE' ? draw.maybe(50, 'words', () => secret('stop')) : {}),
      },
    }),
  },
  {
    command: 'ReportOverdueReview',
    likely: () => false,
    make: ({ facts, draw }) => ({ by: { organisation: 'tandem', role: draw.pick(ROLES), human: false }, body: { overrideId: draw.pick(facts.overrides).overrideId } }),
  },
  {
    command: 'ExpireConsent',
    likely: () => false,
    make: ({ facts, draw }) => ({ by: { organisation: 'tandem', role: draw.pick(ROLES), human: false }, body: { consentId: draw.pick(facts.consents).consentId } }),
  },
  {
    command: 'RecordAssent',
    weight: 2,
    likely: ({ facts }) => takesFacts(facts) && underMinorRules(facts) && !facts.assented,
    make: ({ draw }) => ({
      by: CHILD_PROTECTION,
      body: { outcome: draw.pick(['ASSENTED', 'ASSENTED', 'OBJECTED', 'BELOW_ASSENT_AGE']), ...draw.maybe(50, 'views', () => secret('views')) },
    }),
  },
  {
    command: 'DiscloseWithoutConsent',
    likely: ({ facts }) => takesFacts(facts),
    make: ({ draw }) => ({
      by: draw.pick([SHELTER, CHILD_PROTECTION]),
      body: {
        ground: draw.pick(['RISK_TO_LIFE', 'CHILD_PROTECTION_DUTY', 'COURT_ORDER', 'LEGAL_DUTY']), recipient: draw.pick(RECIPIENTS),
        contents: ['MEDICAL_URGENCY'], reason: secret('reason'),
      },
    }),
  },
  {
    command: 'TellOfDisclosure',
    likely: ({ facts }) => takesFacts(facts) && facts.overrides.some((o) => o.told !== true),
    make: ({ facts, draw }) => ({ by: draw.pick([SHELTER, SUPERVISOR]), body: { overrideId: draw.pick(facts.overrides).overrideId, outcome: draw.pick(['TOLD', 'NOT_SAFE_YET']) } }),
  },
  {
    command: 'ReviewOverride',
    likely: ({ facts }) => facts.overrides.some((o) => o.review === undefined),
    make: ({ facts, draw }) => ({
      by: draw.pick([SUPERVISOR, COORDINATOR]),
      body: { overrideId: draw.pick(facts.overrides).overrideId, result: draw.pick(['UPHELD', 'NOT_UPHELD']) },
    }),
  },
];

import type { CaseFacts } from '#casework';
import { AGE_BANDS, ROLES } from '#mechanism';
import { type IntakeSlice, openOffer } from '../../../../libs/casework/src/stages/intake/case-manager.js';
import type { Generator, View } from '../story.js';
import { CHILD_PROTECTION, COORDINATOR, DATA_PROTECTION, OUTREACH, POLICE, SHELTER, isOpen, owing, secret, takesFacts } from './who.js';

const NEEDS = ['FOOD', 'CLOTHING', 'URGENT_CARE', 'SAFE_PLACE', 'SLEEP'] as const;
const AGES = { return: ['18-25', '26-40'], recalled: ['26-40'], childhood: ['14-17', '0-13'], other: ['14-17', '18-25', '26-40', 'UNKNOWN', '0-13'] } as const;
const openOf = ({ facts, slice }: View) => openOffer(slice('intake') as IntakeSlice, facts);
const fresh = ({ facts }: View): boolean => facts.notifiedAt === '';

const toldOtherwise = (facts: CaseFacts) => [...owing(facts, 'RETURN'), ...owing(facts, 'FORMAL_REQUEST')];

export const intake: readonly Generator[] = [
  {
    command: 'NotifyCase',
    weight: 9,
    likely: fresh,
    make: ({ draw, theme }) => ({
      by: draw.pick([SHELTER, SHELTER, POLICE, OUTREACH]),
      body: {
        channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO32', ageBand: draw.pick(AGES[theme === 'return' || theme === 'childhood' || theme === 'recalled' ? theme : 'other']),
        signsOfChildhood: draw.chance(30), sex: 'FEMALE', citizenship: 'THIS_COUNTRY', form: 'LABOUR', danger: draw.chance(50),
        interpreterNeeded: draw.chance(20), ...draw.maybe(50, 'signs', () => ['OBS-GEN-04']), ...draw.maybe(50, 'language', () => secret('language')),
        ...draw.maybe(50, 'county', () => secret('county')), ...draw.maybe(50, 'account', () => secret('account')),
      },
    }),
  },
  {
    command: 'NotifyForStatistics',
    likely: fresh,
    make: ({ draw }) => ({
      by: SHELTER,
      body: { month: '2026-01', region: 'RO32', ageBand: draw.pick(AGE_BANDS), signsOfChildhood: draw.chance(20), form: 'LABOUR' },
    }),
  },
  {
    command: 'OpenNotification',
    likely: ({ facts }) => takesFacts(facts) && facts.openedBy === undefined,
    make: () => ({ by: COORDINATOR, body: {} }),
  },
  {
    command: 'EscalateNotification',
    likely: () => false,
    make: ({ draw }) => ({ by: { organisation: 'tandem', role: draw.pick(ROLES), human: false }, body: {} }),
  },
  {
    command: 'AssignCaseManager',
    likely: ({ facts }) => isOpen(facts),
    make: ({ draw }) => ({
      by: COORDINATOR,
      body: { manager: draw.pick(['casa-lumina', 'casa-lumina', 'asociatia-punte', 'clinica-aurora']), ...draw.maybe(50, 'worker', () => 'w-1') },
    }),
  },
  ...['AcceptCaseManagement', 'DeclineCaseManagement'].map((command, index): Generator => ({
    command,
    weight: 3 - index,
    likely: (view) => isOpen(view.facts) && openOf(view) !== undefined,
    make: (view) => {
      const { draw } = view;
      const { offerId, manager } = openOf(view) ?? draw.pick([]);
      const said = index === 0 ? draw.maybe(50, 'worker', () => 'w-2') : { reason: 'NO_CAPACITY' };
      return { by: { organisation: manager, role: 'CM' }, body: { offerId, ...said } };
    },
  })),
  {
    command: 'RecordAge',
    likely: ({ facts }) => takesFacts(facts),
    make: ({ facts, draw }) => ({
      by: draw.pick([SHELTER, POLICE, CHILD_PROTECTION]),
      body: {
        ageBand: draw.chance(70) ? facts.ageBand : draw.pick(AGE_BANDS), ageStatus: draw.pick(['CLAIMED', 'DOCUMENTED', 'DISPUTED']),
        ...draw.maybe(80, 'evidence', () => secret('papers')),
      },
    }),
  },
  {
    command: 'RecordIdentity',
    likely: ({ facts }) => takesFacts(facts),
    make: ({ draw }) => ({
      by: draw.pick([SHELTER, POLICE]),
      body: {
        ...draw.maybe(80, 'name', () => secret('name')), ...draw.maybe(50, 'phone', () => secret('phone')),
        ...draw.maybe(40, 'legalProvision', () => 'RO/L678/27-1'),
      },
    }),
  },
  {
    command: 'RecordBasicNeeds',
    likely: ({ facts }) => takesFacts(facts),
    make: ({ draw }) => ({ by: draw.pick([SHELTER, POLICE]), body: { met: draw.some(NEEDS), refused: draw.chance(50) ? [] : ['CONTACT'] } }),
  },
  {
    command: 'RecordInterpreter',
    likely: ({ facts }) => takesFacts(facts) && !facts.interpreterProvided,
    make: () => ({ by: SHELTER, body: { mode: 'REMOTE', language: secret('language') } }),
  },
  {
    command: 'PlaceLegalHold',
    likely: ({ facts }) => takesFacts(facts),
    make: ({ draw }) => ({ by: DATA_PROTECTION, body: { ground: draw.pick(['LEGAL_CLAIM', 'COURT_ORDER']) } }),
  },
  {
    command: 'LiftLegalHold',
    weight: 2,
    likely: ({ facts }) => facts.legalHold,
    make: ({ facts, draw }) => ({ by: DATA_PROTECTION, body: { holdId: draw.pick(facts.legalHolds).holdId } }),
  },
  {
    command: 'OrderErasure',
    // Where nobody was told nobody is asked to delete.
    likely: ({ facts, draw, theme }) => facts.person !== '' && draw.chance(30) && (theme !== 'recalled' || facts.holders.length > 0),
    make: () => ({ by: DATA_PROTECTION, body: { reason: 'PERSON_REQUEST' } }),
  },
  {
    command: 'EndReceivedDataChase',
    weight: 3,
    likely: ({ facts }) => facts.erasure === 'ERASED' && toldOtherwise(facts).length > 0,
    make: ({ facts, draw }) => ({
      by: DATA_PROTECTION,
      body: { thingId: draw.pick(toldOtherwise(facts)).thingId, reason: draw.pick(['NO_ANSWER', 'RECIPIENT_GONE', 'KEPT_BY_LAW']) },
    }),
  },
  {
    command: 'ConfirmErasure',
    weight: 2,
    likely: ({ facts }) => facts.erasure === 'ORDERED',
    make: () => ({ by: { organisation: 'tandem', role: 'CLOCK', human: false }, body: {} }),
  },
];

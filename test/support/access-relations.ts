/** How an organisation may stand to a case, and what it is answered: what the access table is made of. */
import { type CaseFacts, type Consent, type Engagement, NO_FACTS, type Opening } from '#casework';
import type { Organisation, Role } from '#mechanism';
import { type AccessGrounds, type AccessPurpose, type Caller, mayAccess } from '#platform';

export const NOW = '2026-03-10T12:00:00.000Z';
export const before = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
export const US = 'clinica-aurora';
export const OTHERS = 'casa-lumina';

export const entryOf = (roles: readonly Role[], changes: Partial<Organisation> = {}): Organisation => ({
  id: US,
  name: 'Clinica Aurora',
  kind: 'NGO',
  country: 'RO',
  roles,
  services: [],
  regions: [],
  acceptsMinors: true,
  status: 'ACTIVE',
  version: '1',
  ...changes,
});
export const callerOf = (roles: readonly Role[], changes: Partial<Caller> = {}): Caller => ({
  organisation: US,
  actor: 'staff-1',
  roles,
  human: true,
  client: 'desk',
  ...changes,
});
export const engagement = (role: Role, changes: Partial<Engagement> = {}): Engagement => ({
  organisation: US,
  role,
  through: 'x',
  scope: 'FULL',
  since: before(48),
  ...changes,
});

/** The person agrees that we work for her; what happens when she does not any more stands in the partner's view's own spec. */
export const AGREED: Consent = {
  consentId: 'c',
  purpose: 'SERVICE_DELIVERY',
  recipient: US,
  countries: [],
  dataCategories: [],
  giver: 'SELF',
  givenAt: before(72),
};
export const ADULT: CaseFacts = {
  ...NO_FACTS,
  person: 'p',
  notifiedBy: OTHERS,
  notifiedAt: '1999-01-01T00:00:00.000Z',
  recordedAt: '2026-03-01T08:00:00.000Z',
  region: 'RO32',
  ageBand: '26-40',
  assistance: 'ACTIVE',
  consents: [AGREED],
};
export const STATES = {
  adult: ADULT,
  'adult with a case manager': { ...ADULT, engagements: [engagement('CM', { organisation: OTHERS })] },
  'adult followed up': { ...ADULT, assistance: 'FOLLOW_UP' },
  closed: { ...ADULT, assistance: 'CLOSED' },
  minor: { ...ADULT, ageBand: '14-17' },
  'age disputed': { ...ADULT, ageStatus: 'DISPUTED' },
  'signs of childhood': { ...ADULT, ageBand: 'UNKNOWN', signsOfChildhood: true },
  'of another country': { ...ADULT, country: 'IT', ageBand: '0-13' },
  'for statistics only': { ...ADULT, person: '', statisticsOnly: true, assistance: 'NONE' },
  'erasure ordered': { ...ADULT, erasure: 'ORDERED' },
  erased: { ...ADULT, erasure: 'ERASED' },
  'not there': NO_FACTS,
} as const satisfies Record<string, CaseFacts>;
export type StateName = keyof typeof STATES;

/** How the caller's organisation stands to the case, and what the caller brings. */
export interface Relation {
  readonly engagements?: (role: Role) => readonly Engagement[];
  readonly facts?: Partial<CaseFacts>;
  readonly entry?: (role: Role) => Organisation | undefined;
  readonly caller?: Partial<Caller>;
  readonly claims?: readonly Role[];
  readonly grounds?: AccessGrounds;
}
export const MANDATE = {
  mandate: 'm-1',
  organisation: US,
  legalBasis: 'law',
  country: 'RO',
  casesFrom: '2026-01-01T00:00:00.000Z',
  casesUntil: '2026-04-01T00:00:00.000Z',
  validFrom: '2026-03-01T00:00:00.000Z',
  expiresAt: '2026-04-01T00:00:00.000Z',
};
export const glass = (hours: number, actor = 'staff-1', organisation = US, more: Partial<Opening> = {}) => ({
  openings: [{ openingId: 'o', organisation, actor, reason: 'RISK_TO_LIFE', openedAt: before(hours), openUntil: before(hours - 4), ...more }],
});
export const guardian = (conflicted: boolean) =>
  ({ guardians: [{ guardianId: 'g', type: 'APPOINTED', organisation: US, conflicted }] }) as const;

export const RELATIONS = {
  stranger: {},
  notifier: { facts: { notifiedBy: US } },
  'notifier by engagement': { engagements: (role: Role) => [engagement(role, { scope: 'OWN' })] },
  'shares a channel with the notifier': { facts: { notifiedBy: US }, engagements: () => [engagement('PERSON', { scope: 'OWN', actor: 'staff-2' })] },
  offered: { engagements: (role: Role) => [engagement(role, { scope: 'OFFER' })] },
  'offered, lapsed': { engagements: (role: Role) => [engagement(role, { scope: 'OFFER', until: before(1) })] },
  engaged: { engagements: (role: Role) => [engagement(role)] },
  'engagement ended': { engagements: (role: Role) => [engagement(role, { until: NOW })] },
  'engaged from tomorrow': { engagements: (role: Role) => [engagement(role, { since: before(-24) })] },
  'engaged elsewhere': { engagements: (role: Role) => [engagement(role, { organisation: 'podul-intoarcerii' })] },
  'colleague of the case manager': {
    engagements: () => [engagement('CM')],
    entry: (role: Role) => entryOf([role, 'CM']),
  },
  'colleague of a provider': {
    engagements: () => [engagement('SP')],
    entry: (role: Role) => entryOf([role, 'SP']),
  },
  guardian: { facts: guardian(false) },
  'guardian in conflict': { facts: guardian(true) },
  'under a mandate': { grounds: { mandate: MANDATE }, caller: { mandate: 'm-1' } },
  'mandate not named': { grounds: { mandate: MANDATE } },
  'mandate of another': { grounds: { mandate: { ...MANDATE, organisation: OTHERS } }, caller: { mandate: 'm-1' } },
  'mandate expired': { grounds: { mandate: { ...MANDATE, expiresAt: NOW } }, caller: { mandate: 'm-1' } },
  'mandate from tomorrow': { grounds: { mandate: { ...MANDATE, validFrom: before(-24) } }, caller: { mandate: 'm-1' } },
  'mandate for later cases': {
    grounds: { mandate: { ...MANDATE, casesFrom: before(24) } },
    caller: { mandate: 'm-1' },
  },
  'mandate for another year': {
    grounds: { mandate: { ...MANDATE, casesUntil: ADULT.recordedAt } },
    caller: { mandate: 'm-1' },
  },
  'glass broken': { facts: glass(3.9) },
  'glass broken too long ago': { facts: glass(4) },
  'glass broken by another': { facts: glass(1, 'staff-2') },
  'glass broken elsewhere': { facts: glass(1, 'staff-1', OTHERS) },
  'glass broken, not upheld': { facts: glass(1, 'staff-1', US, { review: 'NOT_UPHELD' }) },
  'glass broken by a system': { facts: glass(1), caller: { human: false } },
  'engaged, suspended': {
    engagements: (role: Role) => [engagement(role)],
    entry: (role: Role) => entryOf([role], { status: 'SUSPENDED' }),
  },
  'engaged, not in the directory': { engagements: (role: Role) => [engagement(role)], entry: () => undefined },
  'engaged, directory without the role': { engagements: (role: Role) => [engagement(role)], entry: () => entryOf([]) },
  'engaged, token without the role': { engagements: (role: Role) => [engagement(role)], claims: [] },
  'engaged, entry of another': {
    engagements: (role: Role) => [engagement(role)],
    entry: (role: Role) => entryOf([role], { id: OTHERS }),
  },
} as const satisfies Record<string, Relation>;
export type RelationName = keyof typeof RELATIONS;

export interface Row {
  readonly role: Role;
  readonly relation: RelationName;
  readonly purpose: AccessPurpose;
  readonly state: StateName;
}

export function answer({ role, relation: name, purpose, state }: Row) {
  const relation: Relation = RELATIONS[name];
  const given = STATES[state];
  const facts =
    given === NO_FACTS
      ? NO_FACTS
      : { ...given, ...relation.facts, engagements: [...given.engagements, ...(relation.engagements?.(role) ?? [])] };
  const entry = relation.entry === undefined ? entryOf([role]) : relation.entry(role);
  return mayAccess(facts, callerOf(relation.claims ?? [role], relation.caller), entry, purpose, NOW, relation.grounds);
}

/**
 * Who may see what: every role in every relation to a case, for every purpose, in every state. The expected answers are
 * rules of domain.md 8.3, 12.1 and INV-10, written here a second time and in another form.
 */
import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type Consent, type Engagement, NO_FACTS, type Opening } from '#casework';
import { type Organisation, ROLES, type Role } from '#mechanism';
import { ACCESS_PURPOSES, type AccessGrounds, type AccessPurpose, type Caller, mayAccess } from '#platform';

const NOW = '2026-03-10T12:00:00.000Z';
const before = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
const US = 'clinica-aurora';
const OTHERS = 'casa-lumina';

const entryOf = (roles: readonly Role[], changes: Partial<Organisation> = {}): Organisation => ({
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
const callerOf = (roles: readonly Role[], changes: Partial<Caller> = {}): Caller => ({
  organisation: US,
  actor: 'staff-1',
  roles,
  human: true,
  client: 'desk',
  ...changes,
});
const engagement = (role: Role, changes: Partial<Engagement> = {}): Engagement => ({
  organisation: US,
  role,
  through: 'x',
  scope: 'FULL',
  since: before(48),
  ...changes,
});

/** The person agrees that we work for her; what happens when she does not any more stands in the partner's view's own spec. */
const AGREED: Consent = {
  consentId: 'c',
  purpose: 'SERVICE_DELIVERY',
  recipient: US,
  countries: [],
  dataCategories: [],
  giver: 'SELF',
  givenAt: before(72),
};
const ADULT: CaseFacts = {
  ...NO_FACTS,
  person: 'p',
  notifiedBy: OTHERS,
  notifiedAt: '2026-03-01T08:00:00.000Z',
  region: 'RO32',
  ageBand: '26-40',
  assistance: 'ACTIVE',
  consents: [AGREED],
};
const STATES = {
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
type StateName = keyof typeof STATES;

/** How the caller's organisation stands to the case, and what the caller brings. */
interface Relation {
  readonly engagements?: (role: Role) => readonly Engagement[];
  readonly facts?: Partial<CaseFacts>;
  readonly entry?: (role: Role) => Organisation | undefined;
  readonly caller?: Partial<Caller>;
  readonly claims?: readonly Role[];
  readonly grounds?: AccessGrounds;
}
const MANDATE = {
  mandate: 'm-1',
  organisation: US,
  legalBasis: 'law',
  country: 'RO',
  casesFrom: '2026-01-01T00:00:00.000Z',
  casesUntil: '2026-04-01T00:00:00.000Z',
  validFrom: '2026-03-01T00:00:00.000Z',
  expiresAt: '2026-04-01T00:00:00.000Z',
};
const glass = (hours: number, actor = 'staff-1', organisation = US, more: Partial<Opening> = {}) => ({
  openings: [{ openingId: 'o', organisation, actor, reason: 'RISK_TO_LIFE', openedAt: before(hours), openUntil: before(hours - 4), ...more }],
});
const guardian = (conflicted: boolean) =>
  ({ guardians: [{ guardianId: 'g', type: 'APPOINTED', organisation: US, conflicted }] }) as const;

const RELATIONS = {
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
    grounds: { mandate: { ...MANDATE, casesUntil: ADULT.notifiedAt } },
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
type RelationName = keyof typeof RELATIONS;

interface Row {
  readonly role: Role;
  readonly relation: RelationName;
  readonly purpose: AccessPurpose;
  readonly state: StateName;
}

function answer({ role, relation: name, purpose, state }: Row) {
  const relation: Relation = RELATIONS[name];
  const given = STATES[state];
  const facts =
    given === NO_FACTS
      ? NO_FACTS
      : { ...given, ...relation.facts, engagements: [...given.engagements, ...(relation.engagements?.(role) ?? [])] };
  const entry = relation.entry === undefined ? entryOf([role]) : relation.entry(role);
  return mayAccess(facts, callerOf(relation.claims ?? [role], relation.caller), entry, purpose, NOW, relation.grounds);
}

// The rules once more. Each answers for one sentence of the domain.
const powerless = (relation: RelationName): boolean => relation.startsWith('engaged,');
const isMinor = (state: StateName): boolean =>
  ['minor', 'age disputed', 'signs of childhood', 'of another country'].includes(state);
const isForgotten = (state: StateName): boolean => state === 'erased' || state === 'erasure ordered';
const aggregatesOnly = (role: Role): boolean => role === 'RAPP' || role === 'PROG';
const mayBreakGlass = (role: Role): boolean =>
  ['CM', 'SP', 'CP_AUTH', 'HEALTH', 'NRM_COORD', 'BORDER', 'CONS', 'RET_ORG'].includes(role);

/** Works on the case: by engagement, by public duty, or beside a colleague who is engaged. */
function works({ role, relation, state }: Row): boolean {
  if (role === 'AUDIT' || role === 'CLOCK' || aggregatesOnly(role)) return false;
  if (relation === 'engaged') return true;
  if (relation === 'colleague of the case manager' && ['CM', 'SUP', 'DPO'].includes(role)) return true;
  if (state === 'of another country') return false;
  return role === 'NRM_COORD' || (role === 'CP_AUTH' && isMinor(state));
}
const hasCaseManager = ({ relation, state }: Row): boolean =>
  state === 'adult with a case manager' || relation === 'colleague of the case manager';
const guards = ({ role, relation, state }: Row): boolean =>
  role === 'GUARD' && relation === 'guardian' && isMinor(state);
const audits = ({ role, relation, state }: Row): boolean =>
  role === 'AUDIT' && relation === 'under a mandate' && state !== 'of another country';
const looksThroughGlass = ({ role, relation }: Row): boolean => relation === 'glass broken' && mayBreakGlass(role);
const notified = ({ role, relation }: Row): boolean =>
  (relation === 'notifier' && role === 'DETECT') ||
  (relation === 'notifier by engagement' && role !== 'AUDIT' && role !== 'CLOCK' && !aggregatesOnly(role));
const isOffered = ({ role, relation }: Row): boolean =>
  relation === 'offered' && role !== 'AUDIT' && role !== 'CLOCK' && !aggregatesOnly(role);

function fullFor(row: Row): boolean {
  const { role, purpose, relation } = row;
  switch (purpose) {
    case 'read':
      return works(row) || guards(row) || audits(row) || looksThroughGlass(row);
    case 'command':
    case 'first-contact':
      return works(row) || guards(row);
    case 'personal-data':
      if (role === 'NRM_COORD' && hasCaseManager(row)) return relation === 'engaged' || looksThroughGlass(row);
      return works(row) || looksThroughGlass(row);
    case 'history':
      return audits(row) || (works(row) && ['CM', 'SUP', 'DPO', 'NRM_COORD'].includes(role));
    case 'report':
      return false;
  }
}

function expected(row: Row): string {
  const { role, relation, purpose, state } = row;
  if (powerless(relation)) return 'NONE';
  if (purpose === 'report') return aggregatesOnly(role) || role === 'NRM_COORD' ? 'FULL' : 'NONE';
  if (state === 'not there') return 'NONE';
  const records = purpose === 'command' || purpose === 'first-contact';
  const ownNotification = notified(row) && (purpose === 'read' || purpose === 'first-contact' || (purpose === 'command' && !hasCaseManager(row)));
  if (isForgotten(state))
    return fullFor(row) && ['AUDIT', 'DPO'].includes(role) && purpose !== 'personal-data' ? 'FULL' : 'NONE';
  if (state === 'for statistics only')
    return audits(row) && !records && purpose !== 'personal-data' ? 'FULL' : ownNotification ? 'OWN' : 'NONE';
  if (fullFor(row)) return 'FULL';
  if (purpose === 'read' && isOffered(row)) return 'OFFER';
  return ownNotification ? 'OWN' : 'NONE';
}
const keys = <T extends object>(of: T) => Object.keys(of) as (keyof T)[];
const TABLE: readonly Row[] = ROLES.flatMap((role) =>
  keys(RELATIONS).flatMap((relation) =>
    ACCESS_PURPOSES.flatMap((purpose) => keys(STATES).map((state) => ({ role, relation, purpose, state }))),
  ),
);

describe('the access table', () => {
  it('has a row for every role, relation, purpose and state', () => {
    expect(TABLE).toHaveLength(23 * 31 * 6 * 12);
  });

  it.each(ROLES)('answers as the rules say for %s', (role) => {
    const wrong = TABLE.filter((row) => row.role === role && answer(row).scope !== expected(row));
    expect(wrong.slice(0, 20).map((row) => ({ ...row, expected: expected(row), actual: answer(row) }))).toEqual([]);
  });

  it('opens few doors: as many as counted here, and no more', () => {
    const counts: Record<string, number> = {};
    for (const row of TABLE) counts[answer(row).scope] = (counts[answer(row).scope] ?? 0) + 1;
    expect(counts).toEqual({ NONE: 47_706, OWN: 491, OFFER: 142, FULL: 2997 });
  });

  it('names no role and no door without a ground, and a held role with one', () => {
    const odd = TABLE.filter((row) => {
      const { scope, role, roles, because } = answer(row);
      const grounded = !/^no-|erased|inactive|statistics/.test(because);
      return scope === 'NONE'
        ? role !== undefined || roles.length > 0 || grounded
        : role !== row.role || roles.join() !== row.role || !grounded;
    });
    expect(odd).toEqual([]);
  });

  it('never opens more with fewer roles in the token', () => {
    for (const row of TABLE.filter(({ relation }) => relation === 'engaged')) {
      const none = mayAccess(
        { ...STATES[row.state], engagements: [engagement(row.role)] },
        callerOf([]),
        entryOf(ROLES),
        row.purpose,
        NOW,
      );
      expect(none.scope).toBe('NONE');
    }
  });
});

describe('single rules', () => {
  const working = { ...ADULT, engagements: [engagement('CM'), engagement('SP', { scope: 'OFFER' })] };

  it('police that are not engaged see nothing, of a child neither', () => {
    for (const facts of [ADULT, STATES.minor])
      expect(mayAccess(facts, callerOf(['LE', 'PROS']), entryOf(['LE', 'PROS']), 'read', NOW).scope).toBe('NONE');
  });

  it('an organisation with several roles acts in those that stand to the case, strongest first (R-14)', () => {
    const { scope, roles } = mayAccess(
      working,
      callerOf(['HEALTH', 'SP', 'CM', 'SUP']),
      entryOf(['SP', 'CM', 'HEALTH', 'SUP']),
      'command',
      NOW,
    );
    // An offer to provide is answered as its addressee; it is no role to record in.
    expect({ scope, roles }).toEqual({ scope: 'FULL', roles: ['CM', 'SUP'] });
  });

  it('an offer alone opens no personal data and no history', () => {
    const facts = { ...ADULT, engagements: [engagement('SP', { scope: 'OFFER' })] };
    for (const purpose of ['personal-data', 'history'] as const)
      expect(mayAccess(facts, callerOf(['SP']), entryOf(['SP']), purpose, NOW).scope).toBe('NONE');
  });

  it('whoever coordinates or reports does not audit, whatever the token claims (R-11)', () => {
    for (const other of ['NRM_COORD', 'RAPP'] as const) {
      const { roles } = mayAccess(
        ADULT,
        callerOf(['AUDIT'], { mandate: 'm-1' }),
        entryOf(['AUDIT', other]),
        'history',
        NOW,
        { mandate: MANDATE },
      );
      expect(roles).toEqual([]);
    }
  });

  it('a public duty ends at the border of its region', () => {
    const coordinator = (region: CaseFacts['region']) =>
      mayAccess(
        { ...ADULT, region },
        callerOf(['NRM_COORD']),
        entryOf(['NRM_COORD'], { regions: ['RO32'] }),
        'read',
        NOW,
      );
    expect([coordinator('RO32').scope, coordinator('UNKNOWN').scope, coordinator('RO11').scope]).toEqual([
      'FULL',
      'FULL',
      'NONE',
    ]);
  });

  it('the clock may only record, and nobody may be the clock but the house', () => {
    const clock = callerOf(['CLOCK'], { organisation: 'tandem', human: false });
    expect(ACCESS_PURPOSES.filter((p) => mayAccess(STATES.erased, clock, undefined, p, NOW).scope !== 'NONE')).toEqual([
      'command',
    ]);
    expect(mayAccess(working, callerOf(['CLOCK']), entryOf(['CLOCK']), 'command', NOW).scope).toBe('NONE');
  });

  it('who keeps a notification records in the role that works on the case, and not in that of before', () => {
    const again = { ...ADULT, notifiedBy: US, engagements: [engagement('CM', { organisation: OTHERS }), engagement('CM', { scope: 'OWN' }), engagement('CM', { scope: 'OFFER' }), engagement('SP')] };
    const asked = (purpose: AccessPurpose) => mayAccess(again, callerOf(['CM', 'SP']), entryOf(['CM', 'SP']), purpose, NOW).roles;
    expect([asked('command'), asked('first-contact'), asked('read')]).toEqual([['SP'], ['SP', 'CM'], ['SP', 'CM']]);
  });

  it('a person who notified through a channel finds her own notification, and nobody else there does', () => {
    const hers = { ...ADULT, notifiedBy: US, engagements: [engagement('PERSON', { scope: 'OWN', actor: 'ana' })] };
    const found = (actor: string) => mayAccess(hers, callerOf(['PERSON', 'DETECT'], { actor }), entryOf(['PERSON', 'DETECT']), 'read', NOW).scope;
    expect([found('ana'), found('staff-1')]).toEqual(['OWN', 'NONE']);
  });

  it('glass breaks forward in time only', () => {
    expect(mayAccess({ ...ADULT, ...glass(-1) }, callerOf(['HEALTH']), entryOf(['HEALTH']), 'read', NOW).scope).toBe('NONE');
  });
});

/**
 * What of the sealed values opens to whom: every role in every relation to a case, with every paper that could open something.
 * The expected answers are rules of domain.md 7.4, 8.1, 8.2, 8.3, 12.1 R-4 and docs/adr/0016, written here a second time.
 */
import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type Consent, type Engagement, NO_FACTS, type Override } from '#casework';
import { COMPARTMENTS, type Compartment, type Recorded } from '#kernel';
import { CONSENT_PURPOSES, ROLES, type Role } from '#mechanism';
import { openable } from '../../libs/casework/src/edge/personal-data.js';
import { REFERENCE } from '../support/reference.js';

const NOW = '2026-03-10T12:00:00.000Z';
const before = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
const US = 'asociatia-punte';
const OTHERS = 'casa-lumina';
const OUR_QUESTION = 'asked-by-us';

/** One event with a value in every compartment, an hour ago unless said. The reference says whose it is. */
function event(organisation: string, kind: string, data: object = {}, recordedAt = before(1), type = 'X'): Recorded {
  const personal = Object.fromEntries(COMPARTMENTS.map((name) => [name, { reference: `${kind}/${name}`, commitment: '' }]));
  return { id: kind, type, stream: 'case-1', revision: 0, data: { ...data, personal }, metadata: { organisation, recordedAt } as Recorded['metadata'] };
}
const EVENTS = [
  event(US, 'own'), event(OTHERS, 'theirs', { thingId: 'theirs' }), event(US, 'own', { thingId: OUR_QUESTION }),
  event(OTHERS, 'answer', { thingId: OUR_QUESTION }), event(US, 'own', { thingId: 'theirs' }), event(OTHERS, 'earlier', {}, before(3)),
  event(OTHERS, 'progress', {}, before(1), 'PlanReviewed'),
];

const engaged = (role: Role): Engagement => ({ organisation: US, role, through: 'x', scope: 'FULL', since: before(48) });
const RELATIONS = {
  leading: [engaged('CM')],
  'leading and brought in': [engaged('CM'), engaged('SP')],
  'brought in': [engaged('SP')],
  'with a duty of its own': [],
  'led once': [{ ...engaged('CM'), until: before(1) }],
} as const;

const consent = (purpose: Consent['purpose'], more: Partial<Consent> = {}): Consent => ({
  consentId: 'c', purpose, recipient: US, countries: [], dataCategories: ['identity', 'health'], giver: 'SELF', givenAt: before(24), ...more,
});
const told = (more: Partial<Override> = {}): Override => ({
  overrideId: 'o', ground: 'RISK_TO_LIFE', recipient: US, contents: ['IDENTITY', 'SERVICE_NEED'], madeBy: 'x', madeAt: before(2), ...more,
});
const PAPERS: Readonly<Record<string, Partial<CaseFacts>>> = {
  nothing: {},
  ...Object.fromEntries(CONSENT_PURPOSES.map((purpose) => [purpose, { consents: [consent(purpose)] }])),
  'ASSESSMENT, of nothing': { consents: [consent('ASSESSMENT', { dataCategories: [] })] },
  'ASSESSMENT, withdrawn': { consents: [consent('ASSESSMENT', { withdrawnAt: before(1) })] },
  'ASSESSMENT, expired': { consents: [consent('ASSESSMENT', { expiresAt: NOW })] },
  'ASSESSMENT, from tomorrow': { consents: [consent('ASSESSMENT', { givenAt: before(-24) })] },
  'SERVICE_DELIVERY, of a guardian': { assented: true, consents: [consent('SERVICE_DELIVERY', { giver: 'GUARDIAN' })] },
  'SERVICE_DELIVERY, of a guardian, child not heard': { consents: [consent('SERVICE_DELIVERY', { giver: 'GUARDIAN' })] },
  'SERVICE_DELIVERY, of a guardian, child objected since': { objectedAt: before(2), consents: [consent('SERVICE_DELIVERY', { giver: 'GUARDIAN' })] },
  'SERVICE_DELIVERY, of who speaks no longer': { assented: true, consents: [consent('SERVICE_DELIVERY', { giver: 'GUARDIAN', opensUntil: before(2) })] },
  'SERVICE_DELIVERY, of a court': { consents: [consent('SERVICE_DELIVERY', { giver: 'COURT' })] },
  'ASSESSMENT, for another': { consents: [consent('ASSESSMENT', { recipient: OTHERS })] },
  'told, reviewed': { overrides: [told({ madeAt: before(200), review: 'UPHELD' })] },
  'told, not reviewed yet': { overrides: [told()] },
  'told, review overdue': { overrides: [told({ madeAt: before(200) })] },
  'told, not upheld': { overrides: [told({ review: 'NOT_UPHELD' })] },
  'told, taken back': { overrides: [told({ takenBackAt: before(1) })] },
  'broken glass': {},
  'told to another': { overrides: [told({ recipient: OTHERS })] },
};
const PERSONS = {
  adult: { ageBand: '26-40', ageStatus: 'CLAIMED' }, child: { ageBand: '14-17', ageStatus: 'CLAIMED' }, 'age disputed': { ageBand: '26-40', ageStatus: 'DISPUTED' },
} as const;

interface Row {
  readonly role: Role;
  readonly relation: keyof typeof RELATIONS;
  readonly paper: string;
  readonly person: keyof typeof PERSONS;
}
const TABLE: readonly Row[] = ROLES.flatMap((role) =>
  (Object.keys(RELATIONS) as (keyof typeof RELATIONS)[]).flatMap((relation) =>
    Object.keys(PAPERS).flatMap((paper) => (Object.keys(PERSONS) as (keyof typeof PERSONS)[]).map((person) => ({ role, relation, paper, person }))),
  ),
);

function opened({ role, relation, paper, person }: Row, kind: string): readonly Compartment[] {
  const facts: CaseFacts = { ...NO_FACTS, ...PERSONS[person], ...PAPERS[paper], engagements: RELATIONS[relation] };
  const { parts } = openable({ events: EVENTS, facts, reference: REFERENCE, now: NOW }, { organisation: US, role, glass: paper === 'broken glass' ? [role] : [] });
  const shown = parts.flatMap((part) => Object.values(part).map((sealed) => sealed.reference));
  return COMPARTMENTS.filter((compartment) => shown.includes(`${kind}/${compartment}`));
}

// The rules once more.
const ALL = COMPARTMENTS.filter((compartment) => compartment !== 'statistics' && compartment !== 'majority');
const oversees = (role: Role): boolean => role === 'SUP' || role === 'DPO';
const leads = ({ role, relation }: Row): boolean => role === 'CM' || role === 'CP_AUTH' || (oversees(role) && relation !== 'brought in');
const PARTNERS = ['SERVICE_DELIVERY', 'RETURN', 'CROSS_BORDER'];
const LEADERS = [...PARTNERS, 'ASSESSMENT', 'FOLLOW_UP'];

const CARING: readonly Role[] = ['CM', 'SP', 'CP_AUTH', 'HEALTH', 'NRM_COORD'];
const inEmergency = ({ role }: Row): readonly Compartment[] => ['identity', ...(CARING.includes(role) ? (['contact'] as const) : []), 'health', 'assessment'];
/** What another agreed to in her place opens while that one may speak, and a guardian's with the child's assent; else what was there before. */
function agreedInHerPlace({ paper, person }: Pick<Row, 'paper' | 'person'>, kind: string): boolean {
  if (!paper.startsWith('SERVICE_DELIVERY, of')) return false;
  if (paper.endsWith('of a court') || paper.endsWith('of a guardian')) return true;
  if (paper.endsWith('no longer')) return kind === 'earlier';
  return person === 'adult' || (paper.endsWith('since') && kind === 'earlier');
}

function ofOthers(row: Row, kind: string): readonly Compartment[] {
  if (row.paper === 'broken glass') return leads(row) && row.person !== 'adult' ? ALL : inEmergency(row);
  const routes = row.role === 'NRM_COORD';
  if (!leads(row) && !routes) return PARTNERS.includes(row.paper) || agreedInHerPlace(row, kind) ? ['identity', 'health'] : [];
  if (row.person !== 'adult') return routes ? ['identity', 'contact'] : ALL;
  if (LEADERS.includes(row.paper) || agreedInHerPlace(row, kind)) return routes ? ['identity'] : ['identity', 'health'];
  return ['told, reviewed', 'told, not reviewed yet'].includes(row.paper) ? ['identity'] : [];
}
const ofItsOwn = (row: Row): readonly Compartment[] => (row.role !== 'NRM_COORD' ? ALL : row.paper === 'broken glass' ? inEmergency(row) : ['identity', 'contact']);
const ofAnswers = (row: Row): readonly Compartment[] => (leads(row) ? ALL : row.role === 'NRM_COORD' ? ofItsOwn(row) : ofOthers(row, 'answer'));
/** 7.4: for who leads her. No consent to be helped opens it to a provider, nor does broken glass. */
function ofProgress(row: Row): readonly Compartment[] {
  if (!leads(row) && row.role !== 'NRM_COORD') return [];
  return row.paper === 'broken glass' && !(leads(row) && row.person !== 'adult') ? (row.person === 'adult' ? [] : ['identity', 'contact']) : ofOthers(row, 'progress');
}

describe('the table of compartments', () => {
  it.each([['theirs', ofOthers], ['earlier', ofOthers], ['own', ofItsOwn], ['answer', ofAnswers], ['progress', ofProgress]] as const)('opens of %s what the rules say, and not a value more', (kind, expected) => {
    const wrong = TABLE.filter((row) => opened(row, kind).join() !== [...expected(row, kind)].sort((a, b) => COMPARTMENTS.indexOf(a) - COMPARTMENTS.indexOf(b)).join());
    expect(wrong.slice(0, 10).map((row) => ({ ...row, expected: expected(row, kind), actual: opened(row, kind) }))).toEqual([]);
  });

  it('has a row for every role, relation, paper and person, and opens another’s data in few of them', () => {
    expect(TABLE).toHaveLength(ROLES.length * 5 * Object.keys(PAPERS).length * 3);
    const adults = TABLE.filter(({ person }) => person === 'adult');
    const open = adults.filter((row) => opened(row, 'theirs').length > 0);
    expect([...new Set(open.map(({ paper }) => paper))].sort()).toEqual([
      ...LEADERS, 'broken glass', 'told, not reviewed yet', 'told, reviewed', ...Object.keys(PAPERS).filter((paper) => agreedInHerPlace({ paper, person: 'adult' }, 'theirs')),
    ].sort());
  });
});

/**
 * Who may see what: every role in every relation to a case, for every purpose, in every state. The expected answers are
 * rules of domain.md 8.3, 12.1 and INV-10, written here a second time and in another form.
 */
import { describe, expect, it } from '@jest/globals';
import { type Role, ROLES } from '#mechanism';
import { ACCESS_PURPOSES, mayAccess } from '#platform';
import { answer, callerOf, engagement, entryOf, NOW, type RelationName, RELATIONS, type Row, type StateName, STATES } from '../support/access-relations.js';

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
  if (relation === 'colleague of a provider' && ['SP', 'HEALTH', 'LEGAL', 'SUP', 'DPO'].includes(role)) return true;
  if (state === 'of another country') return false;
  return role === 'NRM_COORD' || (role === 'CP_AUTH' && isMinor(state));
}
const hasCaseManager = ({ relation, state }: Row): boolean =>
  state === 'adult with a case manager' || relation === 'colleague of the case manager';
/** Supervisor or officer of a provider: of what others did with her nothing is told to it (8.3, 8.4). */
const overseesAPart = ({ role, relation }: Row): boolean => relation === 'colleague of a provider' && (role === 'SUP' || role === 'DPO');
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
    case 'readings':
      if (purpose === 'history' && overseesAPart(row)) return false;
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
    expect(TABLE).toHaveLength(23 * 32 * 7 * 12);
  });

  it.each(ROLES)('answers as the rules say for %s', (role) => {
    const wrong = TABLE.filter((row) => row.role === role && answer(row).scope !== expected(row));
    expect(wrong.slice(0, 20).map((row) => ({ ...row, expected: expected(row), actual: answer(row) }))).toEqual([]);
  });

  it('opens few doors: as many as counted here, and no more', () => {
    const counts: Record<string, number> = {};
    for (const row of TABLE) counts[answer(row).scope] = (counts[answer(row).scope] ?? 0) + 1;
    expect(counts).toEqual({ NONE: 57_676, OWN: 491, OFFER: 142, FULL: 3515 });
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

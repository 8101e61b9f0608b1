/**
 * The one access decision: what a caller may see of a case, or do on it, at a moment. Pure: the case as folded, the
 * directory entry as folded, the purpose, the time. Roles of a token only narrow what the directory says.
 * Source: domain.md 8.3, 12.1, INV-10; architecture.md 6.
 */
import { type CaseFacts, type Engagement, onlyBroughtIn, underMinorRules, wasNeverLed } from '#casework';
import type { Organisation, Role } from '#mechanism';
import { type Caller, OWN_ORGANISATION } from '../caller.js';
import { type AccessGrounds, breakGlassOf, mandateOf } from './grounds.js';
import { hasNotified, isOfCaller } from './notifier.js';
import { isStillAgreed } from './still-agreed.js';

/**
 * `read`: the clear facts of the case. `command`: to record a fact on it. `first-contact`: to record what whoever found the
 * person may always record. `personal-data`: to open the vault. `history`: its events one by one, and what others saw of it.
 * `readings`: whom the own organisation showed her data, of everybody where it sees the history. `report`: aggregates to
 * which it contributes, never the case itself.
 */
export const ACCESS_PURPOSES = ['read', 'command', 'first-contact', 'personal-data', 'history', 'readings', 'report'] as const;
export type AccessPurpose = (typeof ACCESS_PURPOSES)[number];

/** FULL: the case as the role may see it. OFFER: the offer's own S2 dataset. OWN: the own notification. NONE: there is no such case. */
export type AccessScope = 'NONE' | 'OWN' | 'OFFER' | 'FULL';

export const ACCESS_REASONS = [
  'engaged',
  'offer',
  'own-notification',
  'child-protection',
  'routing',
  'guardian',
  'supervision',
  'data-protection',
  'mandate',
  'break-glass',
  'aggregates',
  'clock',
  'no-ground',
  'no-such-case',
  'organisation-inactive',
  'erased',
  'statistics-only',
] as const;
export type AccessReason = (typeof ACCESS_REASONS)[number];

export interface Access {
  readonly scope: AccessScope;
  /** The role of the strongest ground; `undefined` when there is none. */
  readonly role: Role | undefined;
  /** Every role in which the caller stands to this case, strongest ground first: a command acts in one of these. */
  readonly roles: readonly Role[];
  readonly because: AccessReason;
}

/** One reason why a caller may look, before the purpose narrows it. */
interface Ground {
  readonly scope: AccessScope;
  readonly role: Role;
  readonly because: AccessReason;
}

interface Question {
  readonly facts: CaseFacts;
  readonly caller: Caller;
  readonly entry: Organisation;
  /** Held by the organisation and claimed by the token. */
  readonly held: ReadonlySet<Role>;
  readonly purpose: AccessPurpose;
  readonly now: string;
  readonly grounds: AccessGrounds;
}

const STRENGTH: Readonly<Record<AccessScope, number>> = { NONE: 0, OWN: 1, OFFER: 2, FULL: 3 };
/** Roles that see a history; a provider sees the case from its acceptance on, not what came before (INV-10). */
const HISTORY_ROLES: readonly Role[] = ['AUDIT', 'CM', 'SUP', 'DPO', 'NRM_COORD'];
/** Roles that see aggregates. */
const REPORT_ROLES: readonly Role[] = ['RAPP', 'PROG', 'NRM_COORD'];
/** Roles without any access to a single case (8.3), whatever an engagement says. */
const NEVER_PERSONAL: readonly Role[] = ['RAPP', 'PROG', 'CLOCK'];

const none = (because: AccessReason): Access => ({ scope: 'NONE', role: undefined, roles: [], because });

function heldRoles(caller: Caller, entry: Organisation): ReadonlySet<Role> {
  const held = new Set(caller.roles.filter((role) => entry.roles.includes(role) && role !== 'CLOCK'));
  // whoever coordinates or reports does not audit; the directory's word counts, not only this token's.
  if (entry.roles.includes('NRM_COORD') || entry.roles.includes('RAPP')) held.delete('AUDIT');
  return held;
}

function isRunning({ since, until }: Engagement, now: string): boolean {
  return since <= now && (until === undefined || now < until);
}

/** Where a public body's duty covers the case: its country, and its region where it has one. */
function covers(entry: Organisation, facts: CaseFacts): boolean {
  const inRegion = entry.regions.length === 0 || facts.region === 'UNKNOWN' || entry.regions.includes(facts.region);
  return entry.country === facts.country && inRegion;
}

/** A hospital or a law office that is asked as a provider works in its own role, whether or not it holds the general one. */
function roleHere({ role }: Engagement, held: ReadonlySet<Role>): Role {
  if (role !== 'SP' || held.has('SP')) return role;
  return held.has('HEALTH') ? 'HEALTH' : held.has('LEGAL') ? 'LEGAL' : role;
}

function engagementGrounds({ facts, caller, held, now }: Question): readonly Ground[] {
  return facts.engagements
    .filter((e) => isOfCaller(e, caller) && isRunning(e, now) && !NEVER_PERSONAL.includes(e.role) && e.role !== 'AUDIT')
    .filter((e) => isStillAgreed(e, facts, now))
    .map((e) => ({ scope: e.scope, role: roleHere(e, held) }))
    .map(({ scope, role }) => ({ scope, role, because: scope === 'FULL' ? 'engaged' : scope === 'OFFER' ? 'offer' : 'own-notification' }));
}

function dutyGrounds({ facts, entry }: Question): readonly Ground[] {
  if (!covers(entry, facts)) return [];
  const grounds: Ground[] = [];
  if (entry.roles.includes('CP_AUTH') && underMinorRules(facts))
    grounds.push({ scope: 'FULL', role: 'CP_AUTH', because: 'child-protection' });
  if (entry.roles.includes('NRM_COORD')) grounds.push({ scope: 'FULL', role: 'NRM_COORD', because: 'routing' });
  return grounds;
}

function guardianGrounds({ facts, entry }: Question): readonly Ground[] {
  const acts = underMinorRules(facts) && facts.guardians.some((g) => g.organisation === entry.id && !g.conflicted);
  return acts ? [{ scope: 'FULL', role: 'GUARD', because: 'guardian' }] : [];
}

/**
 * Supervisor and data protection officer of an organisation that works on the case; routing it is not working on it. Of an
 * erased case that no house ever led, the coordination's officer answers for what others still hold (GDPR art. 19).
 */
function overseeingGrounds({ facts }: Question, working: readonly Ground[]): readonly Ground[] {
  const orphaned = facts.erasure !== 'NONE' && wasNeverLed(facts);
  // When its work on the case ends, so does all of this: a view that went dark is dark for everybody there (INV-10).
  if (!working.some(({ scope, because }) => scope === 'FULL' && (because !== 'routing' || orphaned))) return [];
  return [
    { scope: 'FULL', role: 'SUP', because: 'supervision' },
    { scope: 'FULL', role: 'DPO', because: 'data-protection' },
  ];
}

function notifierGrounds({ facts, caller }: Question): readonly Ground[] {
  return hasNotified(facts, caller) ? [{ scope: 'OWN', role: 'DETECT', because: 'own-notification' }] : [];
}

function allGrounds(question: Question): readonly Ground[] {
  const working = [...engagementGrounds(question), ...dutyGrounds(question)];
  return [
    ...working,
    ...guardianGrounds(question),
    ...overseeingGrounds(question, working),
    ...mandateOf(question).map((role): Ground => ({ scope: 'FULL', role, because: 'mandate' })),
    ...breakGlassOf(question).map((role): Ground => ({ scope: 'FULL', role, because: 'break-glass' })),
    ...notifierGrounds(question),
  ];
}

function hasCaseManager({ facts, now }: Question): boolean {
  return facts.engagements.some((e) => e.role === 'CM' && e.scope === 'FULL' && isRunning(e, now));
}

/** The coordinator routes a case; once a case manager has it, the person's data are no longer its business. */
function opensPersonalData({ scope, role, because }: Ground, question: Question): boolean {
  if (scope !== 'FULL' || because === 'mandate' || because === 'guardian') return false;
  return role !== 'NRM_COORD' || because !== 'routing' || !hasCaseManager(question);
}

/**
 * Who may record is who works on the case. An offer is answered as its addressee. Whoever keeps only its notification
 * records until somebody leads the case: afterwards a refusal would tell it how the case goes on (8.3).
 */
function records({ scope, because }: Ground, question: Question): boolean {
  if (because === 'mandate' || because === 'break-glass') return false;
  return scope === 'FULL' || (scope === 'OWN' && (question.purpose === 'first-contact' || !hasCaseManager(question)));
}

const looksBack = ({ scope, because, role }: Ground): boolean => scope === 'FULL' && because !== 'break-glass' && HISTORY_ROLES.includes(role);

/** Who oversees a partner answers for its part of the case; what others did with her is not shown to it either (8.3, 8.4). */
function overseesAPart({ because }: Ground, { facts, entry }: Question): boolean {
  return (because === 'supervision' || because === 'data-protection') && onlyBroughtIn(facts, entry.id);
}

function allows(ground: Ground, question: Question): boolean {
  switch (question.purpose) {
    case 'read':
      return true;
    case 'command':
    case 'first-contact':
      return records(ground, question);
    case 'personal-data':
      return opensPersonalData(ground, question);
    case 'history':
      return looksBack(ground) && !overseesAPart(ground, question);
    case 'readings':
      return looksBack(ground);
    case 'report':
      return false;
  }
}

/** What remains when no person stands behind the case any more, or none ever did. */
function remains({ facts, purpose }: Question): ((ground: Ground) => boolean) | undefined {
  if (facts.erasure !== 'NONE')
    return ({ role, scope }) => scope === 'FULL' && (role === 'AUDIT' || role === 'DPO') && purpose !== 'personal-data';
  if (facts.statisticsOnly)
    return ({ role, scope }) => scope === 'OWN' || (role === 'AUDIT' && purpose !== 'personal-data');
  return undefined;
}

function strongestFirst(grounds: readonly Ground[]): readonly Ground[] {
  return [...grounds].sort((a, b) => STRENGTH[b.scope] - STRENGTH[a.scope]);
}

function decideOnCase(question: Question): Access {
  const rest = remains(question);
  const held = allGrounds(question).filter(({ role }) => question.held.has(role));
  const kept = strongestFirst(held.filter((ground) => (rest?.(ground) ?? true) && allows(ground, question)));
  const [first] = kept;
  if (first !== undefined) return { ...first, roles: [...new Set(kept.map(({ role }) => role))] };
  if (question.facts.erasure !== 'NONE') return none('erased');
  return none(question.facts.statisticsOnly ? 'statistics-only' : 'no-ground');
}

function decideOnReports({ held }: Question): Access {
  const roles = REPORT_ROLES.filter((role) => held.has(role));
  return roles.length === 0 ? none('no-ground') : { scope: 'FULL', role: roles[0], roles, because: 'aggregates' };
}

/**
 * What `caller` may see of a case or do on it. NONE must look exactly like a case that does not exist.
 * `entry` is the directory entry of the caller's organisation; `grounds` are the mandates and break-glass openings that
 * other streams record, none when absent.
 */
export function mayAccess(
  facts: CaseFacts,
  caller: Caller,
  entry: Organisation | undefined,
  purpose: AccessPurpose,
  now: string,
  grounds: AccessGrounds = {},
): Access {
  if (caller.organisation === OWN_ORGANISATION && caller.roles.includes('CLOCK')) {
    return purpose === 'command' ? { scope: 'FULL', role: 'CLOCK', roles: ['CLOCK'], because: 'clock' } : none('no-ground');
  }
  if (entry === undefined || entry.id !== caller.organisation || entry.status !== 'ACTIVE') return none('organisation-inactive');
  const question: Question = { facts, caller, entry, held: heldRoles(caller, entry), purpose, now, grounds };
  if (purpose === 'report') return decideOnReports(question);
  return facts.assistance === 'NONE' && facts.notifiedBy === '' ? none('no-such-case') : decideOnCase(question);
}

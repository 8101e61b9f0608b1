/** Rows of the deadline board, and who finds which of them. Identifiers and times only. Source: architecture.md 7. */
import { uuidV5 } from '#event-store';
import type { Duty } from '#kernel';
import type { Organisation, Role } from '#mechanism';
import { type CaseFacts, underMinorRules } from '../shared/facts.js';
import { wasNeverLed } from '../shared/taking-part.js';
import { leaders } from '../shared/recipients.js';

interface OwedRow {
  readonly case_id: string;
  readonly name: string;
  readonly key: string;
  readonly due_at: string;
  /** Orders what is due at one moment: hexadecimal digits, which every engine sorts alike. */
  readonly place: string;
  readonly owed_organisation: string | null;
  readonly owed_role: string | null;
}
export interface DutyRow extends OwedRow {
  /** 1 when the clock sends a command once it is due. */
  readonly acts: number;
  /** JSON list of its readers: from this row alone it is known which others stand for it. */
  readonly viewers: string;
}
export interface ViewerRow extends OwedRow {
  readonly viewer: string;
}

/** One entry of the deadline board. */
export interface BoardEntry extends Omit<Duty, 'command'> {
  readonly caseId: string;
  readonly place: string;
}

/** A reader of the board; what is due at `until` or later is not shown to it. */
export interface Viewer {
  readonly viewer: string;
  readonly until?: string | undefined;
}
/** Which entries: due at `from` or later, after the last entry of the page before. */
export interface BoardPage {
  readonly viewers: readonly Viewer[];
  readonly from?: string | undefined;
  readonly after?: { readonly dueAt: string; readonly place: string } | undefined;
  readonly limit: number;
}

/** Public bodies whose duty covers the cases of a place, without anyone bringing them in (domain.md 8.3, R-14). */
const BODIES = ['NRM_COORD', 'CP_AUTH'] as const;
type Body = (typeof BODIES)[number];

/** A case stands in the part of its region for bodies of that region, and in the part of its country for those without one. */
const partsOf = (body: Body, { country, region }: CaseFacts): readonly string[] => [`${body} ${country}`, `${body} ${country} ${region}`];

/** Parts that a body reads: its regions and what has none, or its whole country. */
function partsReadBy(body: Body, { country, regions }: Organisation): readonly string[] {
  return regions.length === 0 ? [`${body} ${country}`] : [...regions, 'UNKNOWN'].map((region) => `${body} ${country} ${region}`);
}

function bodiesOwing(role: string, facts: CaseFacts): readonly Body[] {
  // Where no house ever led, the coordination's officer answers for the data.
  const orphaned: readonly Body[] = role === 'NRM_COORD' || (role === 'DPO' && wasNeverLed(facts)) ? ['NRM_COORD'] : [];
  // Where a child is protected, who oversees that protection oversees the case.
  return ['CP_AUTH', 'SUP', 'DPO'].includes(role) && underMinorRules(facts) ? [...orphaned, 'CP_AUTH'] : orphaned;
}

function owing({ owedBy: { organisation, role = '' } }: Duty, facts: CaseFacts): readonly string[] {
  if (organisation !== undefined) return [`owes ${organisation}`];
  const working = facts.engagements.filter(({ scope, until }) => scope === 'FULL' && until === undefined);
  return [
    ...working.map((one) => `owes ${one.organisation} ${role}`),
    ...bodiesOwing(role, facts).flatMap((body) => partsOf(body, facts)).map((part) => `owes ${part}`),
  ];
}

/**
 * Who owes it, who leads the case, and who coordinates the place: each once, since whoever finds what others owe finds what it
 * owes as well. A proposal only: whoever reads a row decides again.
 */
function viewersOf(duty: Duty, facts: CaseFacts): readonly string[] {
  if (duty.owedBy.role === 'CLOCK') return [];
  const owed = new Set(owing(duty, facts));
  const seeing = [...leaders(facts), ...partsOf('NRM_COORD', facts)].filter((viewer) => !owed.has(`owes ${viewer}`));
  return [...owed, ...new Set(seeing.map((viewer) => `sees ${viewer}`))];
}

/** The parts of the board in which an organisation finds what it owes, by name or in these roles. */
export function owedPartsOf(entry: Organisation, roles: readonly Role[]): readonly Viewer[] {
  const bodies = BODIES.filter((body) => entry.roles.includes(body)).flatMap((body) => partsReadBy(body, entry));
  return [entry.id, ...roles.map((role) => `${entry.id} ${role}`), ...bodies].map((viewer) => ({ viewer: `owes ${viewer}` }));
}

/** The parts in which it finds what others owe: on the cases it leads, and up to `until` on those it coordinates. */
export function seenPartsOf(entry: Organisation, roles: readonly Role[], until: string): readonly Viewer[] {
  const coordinated = roles.includes('NRM_COORD') ? partsReadBy('NRM_COORD', entry) : [];
  return [{ viewer: `sees ${entry.id}` }, ...coordinated.map((viewer) => ({ viewer: `sees ${viewer}`, until }))];
}

const placeOf = (caseId: string, { name, key }: Duty): string => uuidV5(caseId, `${name}/${key}`).replaceAll('-', '');

export function rowOf(caseId: string, duty: Duty, facts: CaseFacts): DutyRow {
  const { name, key, dueAt, owedBy, command } = duty;
  return {
    case_id: caseId, name, key, due_at: dueAt, owed_organisation: owedBy.organisation ?? null, owed_role: owedBy.role ?? null,
    acts: command === undefined ? 0 : 1, viewers: JSON.stringify(viewersOf(duty, facts)),
    // Asked for when the row is written: most stand as they did.
    get place() {
      return placeOf(caseId, duty);
    },
  };
}

/** The rows under which its readers find a duty. */
export function viewerRowsOf({ acts: _acts, viewers, ...row }: DutyRow): readonly ViewerRow[] {
  return (JSON.parse(viewers) as string[]).map((viewer) => ({ viewer, ...row }));
}

/** The soonest `limit`, each duty once. */
export function inOrder(rows: readonly ViewerRow[], limit: number): readonly ViewerRow[] {
  const order = ({ due_at, place }: ViewerRow): string => `${due_at} ${place}`;
  const once = new Map(rows.map((row) => [order(row), row]));
  return [...once.keys()].sort().slice(0, limit).flatMap((key) => once.get(key) ?? []);
}

export function entryOf({ case_id: caseId, place, name, key, due_at: dueAt, owed_organisation, owed_role }: ViewerRow): BoardEntry {
  const owedBy = {
    ...(owed_organisation === null ? {} : { organisation: owed_organisation }),
    ...(owed_role === null ? {} : { role: owed_role }),
  };
  return { caseId, place, name, key, dueAt, owedBy };
}

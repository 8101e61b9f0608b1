/** What one event changed in the facts of a case: a small difference that a person can read. Pure. */
import type { CaseFacts } from '#casework';

/** One fact before and after. Of lists only what came and went is told; what was altered went and came. */
export type Change =
  | { readonly fact: string; readonly was: unknown; readonly is: unknown }
  | { readonly fact: string; readonly removed: readonly unknown[]; readonly added: readonly unknown[] };

type Facts = Readonly<Record<string, unknown>>;

/** As others may read it: references to the person and to sealed values are keys, and what an engagement hangs on is a key too. */
const engagements = (list: CaseFacts['engagements']) => list.map(({ through: _inside, ...shown }) => shown);
const openServices = (list: CaseFacts['openServices']): number => list.length;
const SHOWN: Readonly<Record<string, (value: never) => unknown>> = { engagements, openServices };
const HIDDEN = new Set<Hidden>(['person', 'majorityDays', 'kept', 'recordedAt']);
type Hidden = 'person' | 'majorityDays' | 'kept' | 'recordedAt';

/** Every fact as a change of it is told. */
export type ToldFacts = Omit<CaseFacts, Hidden | 'engagements' | 'openServices'> & {
  readonly engagements: ReturnType<typeof engagements>;
  readonly openServices: ReturnType<typeof openServices>;
};

function without(list: readonly unknown[], other: readonly unknown[]): readonly unknown[] {
  const same = new Set(other);
  const rest = list.filter((item) => !same.has(item));
  if (rest.length === 0) return rest;
  const texts = new Set(other.filter((item) => typeof item === 'object').map((item) => JSON.stringify(item)));
  return rest.filter((item) => typeof item !== 'object' || !texts.has(JSON.stringify(item)));
}

function changeOf(fact: string, was: unknown, is: unknown): readonly Change[] {
  if (!Array.isArray(was) || !Array.isArray(is)) return JSON.stringify(was) === JSON.stringify(is) ? [] : [{ fact, was: was ?? null, is: is ?? null }];
  // Lists grow at their end: what they begin with in common is not compared item by item with all the rest.
  const differs = was.findIndex((item, index) => item !== is[index]);
  const [before, after] = differs < 0 ? [[], is.slice(was.length)] : [was.slice(differs), is.slice(differs)];
  const [removed, added] = [without(before, after), without(after, before)];
  return removed.length + added.length === 0 ? [] : [{ fact, removed, added }];
}

/** Facts that differ, in the order in which facts are declared. */
export function changesBetween(before: CaseFacts, after: CaseFacts): readonly Change[] {
  if (before === after) return [];
  const [was, is]: readonly [Facts, Facts] = [{ ...before }, { ...after }];
  return Object.keys({ ...was, ...is }).flatMap((fact) => {
    if (was[fact] === is[fact] || HIDDEN.has(fact as Hidden)) return [];
    const shown = SHOWN[fact] as ((value: unknown) => unknown) | undefined;
    return changeOf(fact, shown?.(was[fact]) ?? was[fact], shown?.(is[fact]) ?? is[fact]);
  });
}

/**
 * Between inside and outside: every organisation knows a case and the things in it by names of its own, so what two of
 * them hold can not be joined. Inside, identifiers are the real ones; outside, never. Source: architecture.md 6.
 */
import { Rejection } from '#kernel';
import type { AliasRegister } from '#privacy';
import { toTheMinute } from './minutes.js';

/** Fields that carry identifiers of things; everything else passes through. */
const isIdentifier = (field: string): boolean => field.endsWith('Id');

const unknown = (): Rejection => new Rejection('unknown', 'not-found', 'there is no such thing, or it is not yours to know');

/** What a path names: the case, and the identifiers of things in it. */
export interface Addressed {
  readonly caseId: string;
  readonly identifiers: Readonly<Record<string, string>>;
}

/**
 * Resolves the aliases of a path. All must belong to one case.
 * @throws Rejection `not-found` when the organisation never got one of them
 */
export async function resolvePath(aliases: AliasRegister, organisation: string, path: Readonly<Record<string, string>>): Promise<Addressed> {
  let caseId: string | undefined;
  const identifiers: Record<string, string> = {};
  for (const [field, alias] of Object.entries(path)) {
    const found = await aliases.resolve(organisation, alias);
    if (found === undefined || (caseId !== undefined && caseId !== found.caseId)) throw unknown();
    if ((field === 'caseId') !== (found.kind === 'case')) throw unknown();
    caseId = found.caseId;
    if (field !== 'caseId') identifiers[field] = found.thing;
  }
  if (caseId === undefined) throw unknown();
  return { caseId, identifiers };
}

/** The body with its top-level aliases resolved. One that does not resolve stays: the stage will not find such a thing. */
export async function resolveBody<Body extends object>(aliases: AliasRegister, organisation: string, body: Body): Promise<Body> {
  const resolved = { ...body } as Record<string, unknown>;
  for (const [field, value] of Object.entries(body)) {
    if (!isIdentifier(field) || typeof value !== 'string') continue;
    resolved[field] = (await aliases.resolve(organisation, value))?.thing ?? value;
  }
  return resolved as Body;
}

/** A view as an organisation gets it, at any depth: every identifier is its own alias, and moments are told to the minute. */
export async function aliased(aliases: AliasRegister, organisation: string, caseId: string, view: unknown): Promise<unknown> {
  if (Array.isArray(view)) return Promise.all(view.map((part) => aliased(aliases, organisation, caseId, part)));
  if (typeof view === 'string') return toTheMinute(view);
  if (typeof view !== 'object' || view === null) return view;
  const entries = Object.entries(view).map(async ([field, value]: [string, unknown]) => {
    if (!isIdentifier(field) || typeof value !== 'string') return [field, await aliased(aliases, organisation, caseId, value)] as const;
    const kind = value === caseId ? 'case' : 'thing';
    return [field, await aliases.aliasFor(organisation, kind, value, caseId)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

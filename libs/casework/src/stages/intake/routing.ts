/** Who must look at a case: who is told of it as it comes in, and of a child as soon as it is held to be one. Source: domain.md 1.2, 2.2 A1-A2. */
import type { Context } from '#kernel';
import { type Authority, type Organisation, type Region, type Role, roleOf } from '#mechanism';
import { type CaseFacts, underMinorRules } from '../../shared/facts.js';
import { BROUGHT_IN } from '../../shared/taking-part.js';
import type { CaseWorld } from '../../shared/world.js';

function serves(organisation: Organisation, role: Role, region: Region): boolean {
  return (
    organisation.status === 'ACTIVE' &&
    organisation.roles.includes(role) &&
    (organisation.regions.length === 0 || region === 'UNKNOWN' || organisation.regions.includes(region))
  );
}

/** Organisations of an authority: those of the region, or all of the country where the region has none. Nobody waits unheard. */
function nearest(authority: Authority, region: Region, others: readonly Organisation[]): readonly Organisation[] {
  const role = roleOf(authority);
  const near = others.filter((o) => serves(o, role, region));
  return near.length > 0 ? near : others.filter((o) => serves(o, role, 'UNKNOWN'));
}

/** Whoever may be notified there, and is told nothing by itself: a provider and the police hear of a person by consent or by law. */
const NEVER_TOLD: readonly Authority[] = [...BROUGHT_IN, 'LE', 'PROS', 'COURT'];

/**
 * Who must look: the coordination; the authority that the country notifies; for a minor the one that it names for minors.
 * Where a country names several, who notifies has the choice: the first that is there is told, and no other knows of the person.
 */
export function routing(facts: CaseFacts, { reference, organisation }: Context<CaseWorld>): readonly string[] {
  const { country, values } = reference.policy;
  const routes: readonly (readonly Authority[])[] = [['NRM_COORD'], values['id.notify_to'], ...(underMinorRules(facts) ? [values['id.minor_route']] : [])];
  const others = [...reference.organisations.values()].filter((o) => o.id !== organisation && o.country === country);
  const found = routes.flatMap((route) => {
    const told = route.filter((authority) => !NEVER_TOLD.includes(authority));
    return told.map((authority) => nearest(authority, facts.region, others)).find((some) => some.length > 0) ?? [];
  });
  return [...new Set(found.map(({ id }) => id))].sort();
}

/** Who may decide what the country leaves to its authorities. Source: domain.md 2.9 `id.formal_deciders`, INV-8. */
import { type Context, Rejection } from '#kernel';
import { type Role, roleOf } from '#mechanism';
import type { UnguardedWorld } from './world.js';

/** Roles that decide in their own name only. */
export const DECIDERS: readonly Role[] = ['ID_AUTH', 'LE', 'PROS'];

/** INV-8: the role in which the authority may decide. @throws Rejection when the policy names none that it holds */
export function deciderRole(authority: string, { reference, organisation, role }: Context<UnguardedWorld>): Role {
  const deciders = reference.policy.values['id.formal_deciders'];
  const entry = reference.organisations.get(authority);
  const held = entry?.status === 'ACTIVE' ? deciders.map(roleOf).find((decider) => entry.roles.includes(decider)) : undefined;
  const foreign = DECIDERS.includes(role) && authority !== organisation;
  if (held !== undefined && !foreign) return held;
  throw new Rejection('not-allowed', 'decider-not-authorised', 'the country policy names other deciders', { roles: deciders });
}

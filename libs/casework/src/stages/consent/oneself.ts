/** Nobody who was brought into a case opens it to itself: another one records that. Source: domain.md 8.4, INV-12, 12.1 R-3. */
import { type Context, Rejection } from '#kernel';
import type { Role } from '#mechanism';
import { onlyBroughtIn } from '../../shared/facts.js';
import type { CaseWorld } from '../../shared/world.js';

/** Roles that answer for the case: what they open to their own house is theirs to answer for too. */
const ANSWERING: readonly Role[] = ['CM', 'CP_AUTH', 'NRM_COORD'];

/**
 * A partner could else write the permission that shows it the person's data, or keep its view open against her will.
 * Whoever found the person may take her in: only a partner that somebody brought in is barred.
 * @throws Rejection `opened-to-oneself`
 */
export function checkNotToOneself(recipient: string | undefined, { facts, organisation, role }: Context<CaseWorld>): void {
  if (recipient !== organisation || ANSWERING.includes(role)) return;
  if (role === 'DETECT' && !onlyBroughtIn(facts, organisation)) return;
  throw new Rejection('rule-broken', 'opened-to-oneself', 'another organisation records what opens the case to this one');
}

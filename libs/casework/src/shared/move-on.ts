/** Whoever an authority refused is not left without help the same day. Source: domain.md 2.2 A8, INV-6, 12.1 R-1. */
import type { Context } from '#kernel';
import type { CaseWorld } from './world.js';

/** Until when what runs goes on after a refusal, in the time of the country; `undefined` when nobody refused, or that is over. */
export function movesOnUntil({ facts: { identification, decidedAt }, reference, now }: Context<CaseWorld>): string | undefined {
  if (identification !== 'NOT_IDENTIFIED' || decidedAt === undefined) return undefined;
  const until = reference.calendar.due(decidedAt, reference.policy.values['service.move_on']);
  return now < until ? until : undefined;
}

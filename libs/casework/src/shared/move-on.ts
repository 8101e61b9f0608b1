/** Whoever an authority refused is not left without help the same day. Source: domain.md 2.2 A8, INV-6, 12.1 R-1. */
import type { Context } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseWorld } from './world.js';

/** Until when what runs goes on after a refusal of that moment. */
export function moveOnFrom(decidedAt: string, { calendar, policy }: Reference): string {
  return calendar.due(decidedAt, policy.values['service.move_on']);
}

/** The same for this case now; `undefined` when nobody refused, or that time is over. */
export function movesOnUntil({ facts: { identification, decidedAt }, reference, now }: Context<CaseWorld>): string | undefined {
  if (identification !== 'NOT_IDENTIFIED' || decidedAt === undefined) return undefined;
  const until = moveOnFrom(decidedAt, reference);
  return now < until ? until : undefined;
}

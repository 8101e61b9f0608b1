/** Whoever an authority refused is not left without help the same day. Source: domain.md 2.2 A8, INV-6, 12.1 R-1. */
import { type Context, Rejection } from '#kernel';
import type { CaseWorld } from './world.js';

/** @throws Rejection `move-on-running` while what runs goes on after a refusal, in the time of the country */
export function checkMoveOn({ facts: { identification, decidedAt }, reference, now }: Context<CaseWorld>): void {
  if (identification !== 'NOT_IDENTIFIED' || decidedAt === undefined) return;
  const until = reference.calendar.due(decidedAt, reference.policy.values['service.move_on']);
  if (now < until) throw new Rejection('rule-broken', 'move-on-running', 'what runs goes on for a while after a refusal', { until });
}

/** The one door through which anything about a person leaves an organisation: a live consent or a lawful ground (INV-1). */
import { CALLER, type ConsentRule, type Context, Rejection } from '#kernel';
import { liveConsent } from './consents.js';
import { groundInTime } from './override-review.js';
import type { CaseWorld } from './world.js';

/** Why the door stays shut; `undefined` when it opens. Read in the state in which the append happens: no gap in between. */
export function consentDoor(
  rule: ConsentRule<CaseWorld>,
  body: object,
  context: Context<CaseWorld>,
): Rejection | undefined {
  const recipient = recipientOf(rule, body, context);
  if (liveConsent(context.facts, rule.purpose, recipient, context.now) !== undefined) return undefined;
  const ground = recipient === undefined ? undefined : groundFor(rule, recipient, body, context);
  if (ground === 'OVERDUE') {
    return new Rejection('rule-broken', 'override-review-overdue', 'nobody reviewed the disclosure without consent in time');
  }
  if (ground !== undefined) return undefined;
  return new Rejection('rule-broken', 'consent-missing', `no live consent for ${rule.purpose}`, {
    purpose: rule.purpose,
    ...(rule.recipient === undefined ? {} : { recipientField: rule.recipient }),
  });
}

function groundFor({ orGround: grounds = [], reviewedInTime }: ConsentRule<CaseWorld>, recipient: string, body: object, context: Context<CaseWorld>) {
  const emergency = (body as { priority?: unknown }).priority === 'EMERGENCY';
  return groundInTime({ ...context, grounds, recipient }, emergency || reviewedInTime !== true);
}

function recipientOf(
  { recipient }: ConsentRule<CaseWorld>,
  body: object,
  { organisation }: Context<CaseWorld>,
): string | undefined {
  if (recipient === undefined) return undefined;
  return recipient === CALLER ? organisation : String((body as Record<string, unknown>)[recipient]);
}

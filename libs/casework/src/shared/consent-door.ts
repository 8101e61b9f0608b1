/** The one door through which anything about a person leaves an organisation: a live consent or a lawful ground (INV-1). */
import { CALLER, type ConsentRule, type Context, Rejection } from '#kernel';
import { liveConsent, openOverride } from './facts.js';
import type { CaseWorld } from './world.js';

/** Why the door stays shut; `undefined` when it opens. Read in the state in which the append happens: no gap in between. */
export function consentDoor(
  rule: ConsentRule<CaseWorld>,
  body: object,
  context: Context<CaseWorld>,
): Rejection | undefined {
  const recipient = recipientOf(rule, body, context);
  const { facts, now } = context;
  if (liveConsent(facts, rule.purpose, recipient, now) !== undefined) return undefined;
  if (recipient !== undefined && openOverride(facts, rule.orGround ?? [], recipient) !== undefined) return undefined;
  return new Rejection('rule-broken', 'consent-missing', `no live consent for ${rule.purpose}`, {
    purpose: rule.purpose,
    ...(rule.recipient === undefined ? {} : { recipientField: rule.recipient }),
  });
}

function recipientOf(
  { recipient }: ConsentRule<CaseWorld>,
  body: object,
  { organisation }: Context<CaseWorld>,
): string | undefined {
  if (recipient === undefined) return undefined;
  return recipient === CALLER ? organisation : String((body as Record<string, unknown>)[recipient]);
}

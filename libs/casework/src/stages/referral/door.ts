/** When the door through which a referral went out shuts again. Source: domain.md 8.2, 12.1. */
import type { ConsentPurpose } from '#mechanism';
import { type CaseFacts, type Consent, standingOverride } from '../../shared/facts.js';
import { GROUNDS } from './slice.js';

function endOf({ withdrawnAt, expiresAt }: Consent): string | undefined {
  return withdrawnAt ?? expiresAt;
}

/**
 * The moment, past or to come, from which neither a consent for this purpose and recipient nor an upheld ground holds;
 * `undefined` while none is in sight. A guardian's consent goes on for what runs when the person turns 18. An
 * ordered erasure shuts every door. Pure, so that a duty can be due at that very moment.
 * @param opened answer where nothing ever held: a ground that a second person did not uphold
 */
export function shutSince(
  facts: CaseFacts,
  purpose: ConsentPurpose,
  recipient: string,
  opened: string,
): string | undefined {
  if (facts.erasure !== 'NONE') return facts.erasureOrderedAt ?? opened;
  if (standingOverride(facts, GROUNDS, recipient) !== undefined) return undefined;
  let last = opened;
  for (const consent of facts.consents) {
    if (consent.purpose !== purpose || consent.recipient !== recipient) continue;
    const end = endOf(consent);
    if (end === undefined) return undefined;
    if (end > last) last = end;
  }
  return last;
}

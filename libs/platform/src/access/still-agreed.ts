/** Whether a partner's work on the case still rests on what let it in. Source: domain.md 8.2, appendix C 4. */
import { BROUGHT_IN, type CaseFacts, type Engagement, isLive, stillStands } from '#casework';
import type { ConsentPurpose } from '#mechanism';

/** Purposes under which the person lets an organisation work for her. */
const PARTNER_PURPOSES: readonly ConsentPurpose[] = ['REFERRAL', 'SERVICE_DELIVERY', 'RETURN', 'CROSS_BORDER'];

/**
 * A partner's view goes dark with the last consent that let it in, at that moment and not when the house gets to cancel.
 * What the law opened, the law keeps open.
 */
export function isStillAgreed({ role, organisation, scope }: Engagement, facts: CaseFacts, now: string): boolean {
  if (scope === 'OWN' || !BROUGHT_IN.includes(role)) return true;
  if (facts.overrides.some((o) => o.recipient === organisation && stillStands(o, facts))) return true;
  return facts.consents.some((c) => c.recipient === organisation && PARTNER_PURPOSES.includes(c.purpose) && isLive(c, now));
}

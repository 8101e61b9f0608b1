/** Whether a partner's work on the case still rests on what let it in. Source: domain.md 8.2, appendix C 4. */
import { type CaseFacts, type Engagement, isLive } from '#casework';
import type { ConsentPurpose, Role } from '#mechanism';

/** Purposes under which the person lets an organisation work for her. */
const PARTNER_PURPOSES: readonly ConsentPurpose[] = ['REFERRAL', 'SERVICE_DELIVERY', 'RETURN', 'CROSS_BORDER'];
/** Roles in which others bring an organisation in: as long as the person agrees, or a lawful ground stands. */
const BROUGHT_IN: readonly Role[] = ['SP', 'RET_ORG'];

/**
 * A partner's view goes dark with the last consent that let it in, at that moment and not when the house gets to cancel.
 * What the law opened, the law keeps open.
 */
export function isStillAgreed({ role, organisation, scope }: Engagement, { consents, overrides }: CaseFacts, now: string): boolean {
  if (scope === 'OWN' || !BROUGHT_IN.includes(role)) return true;
  if (overrides.some((o) => o.recipient === organisation && o.review !== 'NOT_UPHELD')) return true;
  return consents.some((c) => c.recipient === organisation && PARTNER_PURPOSES.includes(c.purpose) && isLive(c, now));
}

/** How an organisation takes part in a case: leads it, was brought in, receives the person. Source: domain.md 8.3, 6.3, 12.1 R-14. */
import type { Role } from '#mechanism';
import { type CaseFacts, underMinorRules } from './facts.js';

/** Roles in which others bring an organisation into a case; every other one leads it, or has a duty of its own in it. */
export const BROUGHT_IN: readonly Role[] = ['SP', 'RET_ORG'];

/** Whether an organisation works on the case only because somebody brought it in: what is not its part is not its business. */
export function onlyBroughtIn(facts: CaseFacts, organisation: string): boolean {
  // Who protects children has its own duty towards a child, whatever else it was asked for.
  if (underMinorRules(facts) && facts.routedTo.includes(organisation)) return false;
  const running = facts.engagements.filter((e) => e.organisation === organisation && e.scope === 'FULL' && e.until === undefined);
  return running.length > 0 && running.every(({ role }) => BROUGHT_IN.includes(role));
}

/** Whether the person is to return to this organisation, and it took that on. */
export const receives = ({ engagements }: CaseFacts, organisation: string): boolean =>
  engagements.some((e) => e.organisation === organisation && e.receives === true && e.until === undefined);

/** No house ever led the case. */
export const wasNeverLed = ({ engagements }: CaseFacts): boolean => !engagements.some(({ role, scope }) => role === 'CM' && scope === 'FULL');

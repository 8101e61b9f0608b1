/** What a request needs besides the open door: a provider that may be asked, a ground that fits, a risk that is known. */
import { type Context, Rejection } from '#kernel';
import { serves, type Priority } from '#mechanism';
import { liveConsent } from '../../shared/consents.js';
import { type RiskFact, underMinorRules } from '../../shared/facts.js';
import { groundInTime } from '../../shared/override-review.js';
import { isValid, newestRisk } from '../../shared/risk.js';
import type { CaseWorld } from '../../shared/world.js';
import type { RequestReferral, RestsOn } from './request.js';
import { GROUNDS } from './slice.js';

type CaseContext = Context<CaseWorld>;

function broken(code: string, message: string): Rejection {
  return new Rejection('rule-broken', code, message);
}

/** @throws Rejection that says which of: active, accredited for every service, in the region, for minors does not hold */
export function checkProvider(
  { recipient, services, region }: RequestReferral,
  { reference, facts }: CaseContext,
): void {
  const provider = reference.organisations.get(recipient);
  if (provider?.status !== 'ACTIVE')
    throw broken('provider-not-active', 'the provider is not an active entry of the directory');
  if (services.some((service) => !serves(provider, { service }))) {
    throw broken('provider-not-accredited', 'the provider is not accredited for each of the services');
  }
  const where = region ?? facts.region;
  if (where !== 'UNKNOWN' && !serves(provider, { region: where }))
    throw broken('provider-out-of-area', 'the provider does not serve the region');
  if (underMinorRules(facts) && !provider.acceptsMinors)
    throw broken('provider-not-for-minors', 'the provider does not take minors');
}

/**
 * The consent that opens the door, or the recorded disclosure beside it. Without consent only what can not wait is asked
 * for: the guardian's or the person's own consent follows.
 */
export function groundOf({ recipient, priority }: RequestReferral, { facts, reference, now }: CaseContext): RestsOn {
  const consent = liveConsent(facts, 'REFERRAL', recipient, now);
  if (consent !== undefined) return { ground: 'CONSENT', consentId: consent.consentId };
  const override = groundInTime({ facts, grounds: GROUNDS, recipient, reference, now }, priority === 'EMERGENCY');
  if (override === undefined || override === 'OVERDUE') throw broken('consent-missing', 'no live consent for REFERRAL');
  if (priority !== 'EMERGENCY' && priority !== 'URGENT') {
    throw broken('ground-needs-urgency', 'without consent only an EMERGENCY or URGENT referral is asked for');
  }
  return { ground: override.ground, overrideId: override.overrideId };
}

/**
 * The risk assessment on which the request rests: none for EMERGENCY, the two-question form for URGENT, RA-1 for the
 * others.
 * @throws Rejection when one is needed and missing or expired
 */
export function checkRisk(priority: Priority, { facts, now }: CaseContext): RiskFact | undefined {
  const risk = newestRisk(facts, priority === 'PRIORITY' || priority === 'ROUTINE' ? ['FULL'] : ['FULL', 'FIRST']);
  if (risk !== undefined && isValid(risk, now)) return risk;
  if (priority === 'EMERGENCY') return undefined;
  throw risk === undefined
    ? broken('risk-missing', 'a referral of this priority needs a risk assessment')
    : broken('risk-expired', 'the risk assessment is expired: assess anew');
}

/** Somebody waits for help: a case in which help may be asked for at once, and a referral that nobody answered yet. */
import { FIRST_FORM, aCase, consentTo, done, refer, referralTo } from './story.js';
import type { Tandem } from './tandem.js';

/** A case in which somebody may be asked for urgent help. */
export async function assessedCase(tandem: Tandem): Promise<string> {
  const path = await aCase(tandem.as('casa-lumina'));
  done(await tandem.as('casa-lumina').post(`${path}/risk-assessments`, FIRST_FORM));
  return path;
}

/** A referral that waits for an organisation, under the name that it has there. */
export async function waitingReferral(tandem: Tandem, provider = 'clinica-aurora', services: readonly string[] = ['MED.URG']): Promise<string> {
  const manager = tandem.as('casa-lumina');
  const path = await assessedCase(tandem);
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', provider)));
  return refer(tandem, manager, path, referralTo(provider, services));
}

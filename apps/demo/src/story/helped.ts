/** Help that needs consent, and only consent: a doctor, a counsellor, a bed. */
import { acceptance, consent, referral } from '../bodies.js';
import type { Organisation } from '../organisation.js';
import { type World, waitsFor } from '../world.js';

export interface Help {
  readonly clinicReferral: string;
  readonly clinicConsent: string;
}

async function refer(world: World, path: string, to: string, provider: Organisation, services: readonly string[], data: readonly string[]): Promise<{ referral: string; consentId: string }> {
  const { shelter } = world;
  const given = await shelter.records(`Ana agrees that ${provider.name} is asked`, `${path}/consents`, consent('REFERRAL', to));
  await shelter.records('and that it may help her', `${path}/consents`, consent('SERVICE_DELIVERY', to, { dataCategories: data }));
  await shelter.records(`asks ${provider.name}`, `${path}/referrals`, referral(to, services, 'URGENT'));
  return { referral: await waitsFor(provider, 'referral-reply', new Set()), consentId: given.consentId as string };
}

export async function helped(world: World, path: string): Promise<Help> {
  const { teller, shelter, clinic, counsellors, webhooks } = world;
  teller.chapter('She is helped, as far as she wants');
  teller.say('The clinic has its own software; it asks Tandem to knock there when something waits. The hosting company of that software is an outsider.');
  await clinic.records('subscribes to notices', '/v1/subscriptions', { url: webhooks.url });
  await shelter.isRefused('asks the clinic before Ana has agreed', `${path}/referrals`, referral('clinica-aurora', ['MED.GEN'], 'URGENT'));
  const toClinic = await refer(world, path, 'clinica-aurora', clinic, ['MED.GEN'], ['health']);
  await webhooks.has(1);
  teller.say('This is all that was pushed to the clinic’s software. No service, no stage, no urgency, nothing about a person:');
  teller.show(webhooks.bodies[0] ?? '');
  const offered = await clinic.reads(`/v1/referrals/${toClinic.referral}`);
  teller.say('Behind its own login the clinic reads the offer. Opening it is recorded:');
  teller.show(JSON.stringify(offered.body, null, 2));
  await clinic.records('accepts', `/v1/referrals/${toClinic.referral}/acceptance`, acceptance());
  const { services } = (await clinic.reads(`/v1/referrals/${toClinic.referral}`)).body as { services: { episodeId: string }[] };
  await clinic.records('begins', `/v1/services/${services[0]?.episodeId ?? ''}/start`, { worker: 'w-3', agreement: 'WRITTEN' });
  const toCounsellors = await refer(world, path, 'cabinet-echilibru', counsellors, ['PSY.COUNS'], []);
  await counsellors.records('accepts', `/v1/referrals/${toCounsellors.referral}/acceptance`, acceptance());
  return { clinicReferral: toClinic.referral, clinicConsent: toClinic.consentId };
}

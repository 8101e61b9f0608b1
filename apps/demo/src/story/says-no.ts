/** Scenario 16: she says no to the police and loses nothing; then she takes one consent back. */
import { type World, looksAgain, waitsFor } from '../world.js';
import type { Help } from './helped.js';

export async function saysNo(world: World, path: string, { clinicReferral }: Help): Promise<void> {
  const { teller, shelter, police, clinic, counsellors, coordinator, webhooks } = world;
  teller.chapter('She says no to the police and loses nothing');
  await shelter.records('Ana wants no formal identification', `${path}/formal-identification/decline`, { reason: 'FEAR' });
  teller.say('Help does not hang on it: the same day, the same people.');
  const { services } = (await clinic.reads(`/v1/referrals/${clinicReferral}`)).body as { services: { episodeId: string }[] };
  await clinic.records('sees her again', `/v1/services/${services[0]?.episodeId ?? ''}/sessions`, { quantity: 1, beneficiary: 'DIRECT', programmes: [] });
  teller.say('A police unit has heard a rumour and got hold of the shelter’s case number. It asks for the case.');
  const foreign = await police.isRefused('asks for the case by the shelter’s number', path);
  const unknown = await police.isRefused('asks for a number that does not exist', '/v1/cases/3f2c1b7a-0d4e-4c69-9a1b-000000000000');
  const same = (text: string): string => text.replace(/"requestId":"[^"]*"/, '');
  teller.say(same(foreign.text) === same(unknown.text) ? 'Both answers are the same, letter by letter. The attempt is recorded; she will be told.' : 'THE ANSWERS DIFFER.');

  teller.say('Meanwhile the coordinator’s desk shows what needs attention, and no life story:');
  teller.show(JSON.stringify((await coordinator.reads('/v1/desk')).body, null, 2));

  teller.chapter('She takes one consent back');
  const { consents } = (await shelter.reads(path)).body as { consents: { consentId: string; recipient?: string; purpose: string }[] };
  const toCounsellors = consents.find(({ recipient, purpose }) => recipient === 'cabinet-echilibru' && purpose === 'REFERRAL');
  const { items } = (await counsellors.reads('/v1/inbox')).body as { items: { thingId: string }[] };
  const theirs = items[0]?.thingId ?? '';
  await shelter.records('Ana does not want the counsellor any more', `${path}/consents/${toCounsellors?.consentId ?? ''}/withdrawal`, { by: 'PERSON' });
  await waitsFor(counsellors, 'deletion-confirmation', new Set());
  await looksAgain(world, shelter, path, 'CONSENT_WITHDRAWN');
  await counsellors.isRefused('looks for the referral that it had accepted', `/v1/referrals/${theirs}`);
  teller.say('The view is dark. What is left is a duty: to delete what was received, within a day.');
  await counsellors.records('confirms that everything was deleted', `/v1/referrals/${theirs}/deletion-confirmation`, {});
  teller.say(`Until now the webhook host received ${String(webhooks.bodies.length)} message(s).`);
}

/** The way home: she wants it, both ends are looked at, another person approves, and a new shelter takes over. */
import { acceptance, consent, referral, risk } from '../bodies.js';
import { type World, caseOf, looksAgain, waitsFor } from '../world.js';

/** The clinic is the first of the three. */
async function secureTwoMoreServices({ shelter, home, travel }: World, path: string): Promise<void> {
  for (const [to, provider, services] of [['asociatia-punte', home, ['HOUS.RENT']], ['podul-intoarcerii', travel, ['RET']]] as const) {
    await shelter.records(`Ana agrees that ${provider.name} is asked`, `${path}/consents`, consent('REFERRAL', to));
    await shelter.records('and that it may help her', `${path}/consents`, consent('SERVICE_DELIVERY', to));
    await shelter.records('and asks', `${path}/referrals`, referral(to, services, 'PRIORITY'));
    await provider.records('accepts', `/v1/referrals/${await waitsFor(provider, 'referral-reply', new Set())}/acceptance`, acceptance());
  }
}

export async function returns(world: World, path: string): Promise<void> {
  const { teller, shelter, travel, home, coordinator } = world;
  teller.chapter('She wants to go home');
  teller.say('Home is a county at the other end of the country. Nobody there is asked before she knows what it means and has agreed.');
  await shelter.records('looks at the danger in full', `${path}/risk-assessments`, risk('REVIEW', 2));
  await secureTwoMoreServices(world, path);
  const parties = { direction: 'INTERNAL', sender: 'casa-lumina', receiver: 'asociatia-punte', operator: 'podul-intoarcerii' };
  const { returnId } = await shelter.records('Ana wants to return', `${path}/returns`, { ...parties, wish: 'To be near my sister by winter.' });
  const atShelter = `/v1/returns/${returnId as string}`;
  await shelter.records('tells her about staying, returning, and help on either side', `${atShelter}/information`, { media: ['ORAL', 'WRITTEN'], language: 'ron' });
  await shelter.records('assesses the danger of the return, from here', `${path}/risk-assessments`, risk('RETURN', 2, 'SENDING'));
  await shelter.isRefused('wants to go on without her consent', `${atShelter}/sending-assessment`, { fitness: 'FIT' });
  await shelter.records('Ana agrees, in writing, for who takes her', `${path}/consents`, consent('RETURN', 'podul-intoarcerii', { dataCategories: ['contact'] }));
  await shelter.records('and for who receives her', `${path}/consents`, consent('RETURN', 'asociatia-punte', { dataCategories: ['contact'] }));
  await shelter.records('confirms the sending half', `${atShelter}/sending-assessment`, { fitness: 'FIT' });
  const atCoordinator = await returnOf(world, 'coordinator');
  await coordinator.records('asks the receiving organisation', `${atCoordinator}/receiving-request`, { needs: ['HOUS.RENT', 'PSY.COUNS'], earliest: new Date().toISOString() });
  const atHome = `/v1/returns/${await waitsFor(home, 'return-acknowledgement', new Set())}`;
  await home.records('names who answers', `${atHome}/acknowledgement`, { contact: 'Elena, day and night', alternate: 'Radu' });
  const caseAtHome = await caseOf(home);
  await home.records('looks at the danger there', `${caseAtHome}/risk-assessments`, risk('RETURN', 2, 'RECEIVING'));
  await home.records('confirms the receiving half', `${atHome}/receiving-assessment`, { feedback: 'The sister’s street is quiet; the network never worked there.' });
  await shelter.isRefused('can not approve its own return', `${atShelter}/approval`, { receptionPlan: 'x' });
  await coordinator.records('approves', `${atCoordinator}/approval`, { receptionPlan: 'Elena waits at the station. First night in the small flat.' });
  await travels(world);
  await looksAgain(world, shelter, path, 'ARRIVED');
  await shelter.records('Ana agrees that Asociația Punte goes on with her', `${path}/consents`, consent('SERVICE_DELIVERY', 'asociatia-punte', { dataCategories: ['contact', 'health'] }));
  await home.records('takes over', `${atHome}/handover`, { protocol: 'Papers complete. Open: dentist. Next appointment on Monday.' });
  teller.say(`${travel.name} sees the case no more, and neither does the shelter: the case is where she is.`);
}

/** The return as somebody who works on the case knows it. */
async function returnOf(world: World, who: 'coordinator' | 'travel'): Promise<string> {
  const one = world[who];
  const view = (await one.reads(await caseOf(one))).body as { stages: { repatriation: { returns: { returnId: string }[] } } };
  return `/v1/returns/${view.stages.repatriation.returns[0]?.returnId ?? ''}`;
}

async function travels(world: World): Promise<void> {
  const { travel } = world;
  const atTravel = await returnOf(world, 'travel');
  await travel.records('asks once more: does she want to, is she expected?', `${atTravel}/pre-departure-check`, { consentReconfirmed: true, receptionReconfirmed: true });
  await travel.records('they leave', `${atTravel}/departure`, { place: 'the small station' });
  await travel.records('they arrive', `${atTravel}/arrival`, { place: 'met by Elena' });
}

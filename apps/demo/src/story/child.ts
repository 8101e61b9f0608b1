/** Scenario 2: a child whose guardian is suspected. A bed comes first; then somebody who may speak for her; and she is heard. */
import { acceptance, consent, referral, TWO_QUESTIONS } from '../bodies.js';
import type { ChildsWorld } from '../childs-world.js';
import { caseOf, waitsFor } from '../world.js';
import { heldByOperator, replay, verifyExport } from './proved.js';

const SEEN = {
  channel: 'INSPECTION', grounds: ['OBSERVED_SIGNS'], region: 'RO11', ageBand: '0-13', signsOfChildhood: true, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: true, interpreterNeeded: false, account: 'Washes pots behind the kitchen. Says her uncle brought her.',
};
const COUNTED = { month: new Date().toISOString().slice(0, 7), region: 'RO11', ageBand: '0-13', signsOfChildhood: true, form: 'LABOUR' };
const CHILDS_NEEDS = { dataShared: ['AGE_BAND', 'SEX', 'AREA', 'PRECAUTIONS'], precautions: ['NO_CALLS_BACK'] };
/** Words of the story that only a sealed place may hold. */
const SECRETS = ['behind the kitchen', 'her uncle', 'hands her over', 'stay with the lady', 'side door'];

async function found({ teller, inspector, authority, coordinator }: ChildsWorld): Promise<string> {
  teller.chapter('A child behind the kitchen');
  teller.say(`A labour inspector finds a girl at work in a restaurant. She may be twelve. We will call her Maria; Tandem never hears that name.
    Gabriela, the inspector, wants to do it quickly and only be counted among the figures:`);
  await inspector.isRefused('wants to report a child as a figure', '/v1/statistics-notifications', COUNTED);
  teller.say('A child is never only counted. So she notifies the case, and says that there is danger.');
  const { caseId, emergency } = await inspector.records('notifies a child in danger, without a name', '/v1/cases', SEEN) as { caseId: string; emergency?: { en: string } };
  if (emergency !== undefined) teller.say(`Tandem answers first of all: “${emergency.en}”`);
  const { stages: _empty, ...seen } = (await inspector.reads(`/v1/cases/${caseId}`)).body as Record<string, unknown>;
  teller.show(JSON.stringify(seen, null, 2));
  teller.say('This is all that Gabriela sees from now on: that it arrived, and whether somebody opened it. Child protection and the coordination were told by themselves.');
  const path = await caseOf(authority);
  await authority.records('opens it', `${path}/opening`);
  await coordinator.records('leaves the case with child protection', `${await caseOf(coordinator)}/case-manager`, { manager: 'protectia-copilului' });
  await authority.records('takes the case', `/v1/case-management-offers/${await waitsFor(authority, 'case-management-reply', new Set())}/acceptance`, {});
  await authority.records('she eats, and is warm', `${path}/basic-needs`, { met: ['FOOD', 'SAFE_PLACE'], refused: [] });
  await authority.records('explains her rights in words that she knows; Maria draws a star under it', `${path}/rights-information`, { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'MARK', language: 'ron' });
  return path;
}

async function uncle({ teller, authority }: ChildsWorld, path: string): Promise<void> {
  teller.chapter('The uncle may not speak for her');
  teller.say('An uncle comes and says that he is responsible for her. He signs whatever he is given.');
  const { guardianId } = await authority.records('writes down who says so', `${path}/guardians`, { type: 'RELATIVE', name: 'her uncle' }) as { guardianId: string };
  await authority.records('suspects him', `${path}/guardians/${guardianId}/conflict`, { suspicion: 'The owner pays him, and he hands her over in the morning.' });
  await authority.isRefused('tries to go by his signature', `${path}/consents`, consent('REFERRAL', 'casa-verde', { giver: 'GUARDIAN' }));
  await authority.isRefused('tries to go by hers: she is a child, and that is not hers to carry', `${path}/consents`, consent('REFERRAL', 'casa-verde'));
}

async function bedFirst({ teller, authority, head, house }: ChildsWorld, path: string): Promise<void> {
  teller.chapter('A bed first');
  teller.say('Nobody can consent tonight. Protection of a child does not wait for it: it is a duty, told to one house, with as little as it needs, and looked at by a second person.');
  const duty = { ground: 'CHILD_PROTECTION_DUTY', recipient: 'casa-verde', contents: ['SERVICE_NEED', 'AGE_BAND'], reason: 'No safe bed tonight.' };
  const { overrideId } = await authority.records('tells one shelter, on child-protection duty', `${path}/disclosures-without-consent`, duty) as { overrideId: string };
  await authority.records('asks for a bed at once', `${path}/referrals`, { ...referral('casa-verde', ['HOUS.EMERG'], 'EMERGENCY'), ...CHILDS_NEEDS });
  const asked = await waitsFor(house, 'referral-reply', new Set());
  await house.records('accepts', `/v1/referrals/${asked}/acceptance`, { ...acceptance(), meeting: 'At the side door, Ioana waits.' });
  const review = `${path}/disclosures-without-consent/${overrideId}/review`;
  await authority.isRefused('wants to review what she did herself', review, { result: 'UPHELD' });
  await head.records('reviews it the same evening', review, { result: 'UPHELD' });
  await authority.records('asks the two questions that can not wait: a doctor? a threat?', `${path}/risk-assessments`, TWO_QUESTIONS);
}

async function heard({ teller, authority, clinic, house }: ChildsWorld, path: string): Promise<void> {
  teller.chapter('Somebody who is on her side');
  await authority.records('a public guardian is appointed', `${path}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului', mandate: 'Decision of the county.' });
  await authority.isRefused('asks the new guardian before anybody has heard the child', `${path}/consents`, consent('REFERRAL', 'clinica-aurora', { giver: 'PUBLIC_GUARDIAN' }));
  await authority.records('the child is heard, and agrees', `${path}/assent`, { outcome: 'ASSENTED', views: 'She wants to stay with the lady.' });
  teller.say('From now on help goes the usual way: the guardian consents, because the child was heard.');
  await authority.records('the guardian agrees that a doctor is asked', `${path}/consents`, consent('REFERRAL', 'clinica-aurora', { giver: 'PUBLIC_GUARDIAN' }));
  await authority.records('and asks', `${path}/referrals`, { ...referral('clinica-aurora', ['MED.GEN'], 'URGENT'), ...CHILDS_NEEDS });
  await clinic.records('accepts', `/v1/referrals/${await waitsFor(clinic, 'referral-reply', new Set())}/acceptance`, acceptance());
  await authority.records('and that the house may go on', `${path}/consents`, consent('SERVICE_DELIVERY', 'casa-verde', { giver: 'PUBLIC_GUARDIAN' }));
  const { cases } = (await house.reads('/v1/cases')).body as { cases: unknown[] };
  teller.say(`Casa Verde now works on ${String(cases.length)} case. The uncle, and whoever sent him, got nothing: no answer of Tandem was ever theirs.`);
}

export async function childsStory(world: ChildsWorld): Promise<void> {
  const { teller, authority, head, house, clinic } = world;
  teller.say('This is one story, played through Tandem’s HTTP interface against an instance that starts now and is removed at the end. All organisations and people are invented.');
  const path = await found(world);
  await uncle(world, path);
  await bedFirst(world, path);
  await heard(world, path);
  const atAuditor = await replay(world);
  teller.chapter('Was anything altered?');
  heldByOperator(world, SECRETS);
  const receipts = [authority, head, house, clinic].flatMap((one) => one.receipts);
  await verifyExport(world, atAuditor, receipts, { what: 'what the child had said', from: '"ASSENTED"', to: '"OBJECTED"' });
}

/** A case in danger, before anybody is told of it: what the specifications of what partners are told begin with. */
import { CLINIC, LUMINA, NOTIFICATION as UNTOLD, RIGHTS } from './asked-referral.js';
import { Story } from './case-story.js';
import type { ReferralNeeds } from '../../libs/casework/src/stages/referral/dataset.js';
import { SHARED_DATA } from '../../libs/casework/src/stages/referral/slice.js';

export { CLINIC, LUMINA };
export const NOTIFICATION = { ...UNTOLD, citizenship: 'OTHER', form: 'SEXUAL', danger: true, account: 'met at the north station' };
export const NEEDS: ReferralNeeds = {
  languages: ['ron'],
  withChildren: true,
  accessibility: ['STEP_FREE'],
  precautions: ['FEMALE_STAFF'],
};
export const ACCEPTANCE = { worker: 'W-7', startFrom: '2026-03-10T15:00:00.000Z', meeting: 'at the back door' };
export const SCORED = (likelihood: number, impact: number) =>
  ['R5.1', 'R1.2'].map((item) => ({ item, answer: 'SCORED', likelihood, impact }));

/** The case as it stands; new in every test: `begin` makes it. */
export let story: Story;
export const consent = (purpose: string, recipient: string): string => {
  story.does(LUMINA, 'GiveConsent', { purpose, recipient, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' });
  return story.madeId;
};
export const refer = (more: object = {}): string => {
  const body = {
    recipient: 'clinica-aurora',
    services: ['MED.GEN'],
    priority: 'EMERGENCY',
    dataShared: [...SHARED_DATA],
    ...NEEDS,
    ...more,
  };
  story.does(LUMINA, 'RequestReferral', body);
  return story.madeId;
};
export const assess = (likelihood: number, impact: number) =>
  story.does(LUMINA, 'AssessRisk', { purpose: 'INITIAL', form: 'FIRST', answers: SCORED(likelihood, impact) });

/** Consent to be referred to a clinic, which nobody asked yet. */
export function begin(): void {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', RIGHTS);
  consent('REFERRAL', 'clinica-aurora');
}

/** A referral that a clinic was asked for: what the specifications of its steps begin with. */
import { Story, type Who } from './case-story.js';
import { episodeIdOf } from '../../libs/casework/src/stages/referral/slice.js';

export const LUMINA: Who = { organisation: 'casa-lumina', role: 'CM' };
export const CLINIC: Who = { organisation: 'clinica-aurora', role: 'SP' };
export const OTHER: Who = { organisation: 'asociatia-punte', role: 'SP' };
export const NOTIFICATION = {
  channel: 'OUTREACH',
  grounds: ['OBSERVED_SIGNS'],
  region: 'RO32',
  ageBand: '18-25',
  signsOfChildhood: false,
  sex: 'FEMALE',
  citizenship: 'THIS_COUNTRY',
  form: 'LABOUR',
  danger: false,
  interpreterNeeded: false,
};
export const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron' };
export const ACCEPTANCE = { worker: 'W-7', startFrom: '2026-03-10T15:00:00.000Z', meeting: 'at the back door, Ana waits' };

/** The case as it stands, and the request in it. Both are new in every test: `ask` makes them. */
export let story: Story;
export let referralId: string;
export const consent = (purpose: string, recipient = CLINIC.organisation): string => {
  story.does(LUMINA, 'GiveConsent', { purpose, recipient, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' });
  return story.madeId;
};
export const refer = (more: object = {}): string => {
  story.does(LUMINA, 'RequestReferral', {
    recipient: CLINIC.organisation,
    services: ['MED.GEN'],
    priority: 'EMERGENCY',
    dataShared: ['AGE_BAND', 'SEX', 'AREA', 'LANGUAGES', 'CHILDREN'],
    ...more,
  });
  return story.madeId;
};
export const fails = (who: Who, type: string, body: object): string => {
  try {
    story.does(who, type, body);
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'nothing failed';
};
export const engagement = (organisation: string) =>
  story.state.facts.engagements.filter((e) => e.organisation === organisation);
export const episode = (): string => episodeIdOf(referralId, 'MED.GEN');

/** A clinic was asked for help in an emergency. */
export function ask(): void {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', RIGHTS);
  consent('REFERRAL');
  referralId = refer();
}

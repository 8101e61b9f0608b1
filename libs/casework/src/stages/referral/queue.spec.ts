import { beforeEach, describe, expect, it } from '@jest/globals';
import { Story, type Who } from '../../../../../test/support/case-story.js';
import { FIRST_FORM, NOTIFICATION, referralTo } from '../../../../../test/support/story.js';
import { referralDataset } from './dataset.js';

const LUMINA: Who = { organisation: 'casa-lumina', role: 'CM' };
const CLINIC: Who = { organisation: 'clinica-aurora', role: 'SP' };
const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron' };
const ACCEPTANCE = { worker: 'W-7', startFrom: '2026-03-20T08:00:00.000Z', meeting: 'at the back door' };

let story: Story;
let referralId: string;
const refer = (priority: string): string => {
  story.does(LUMINA, 'RequestReferral', referralTo('clinica-aurora', ['MED.GEN'], priority));
  return story.madeId;
};
const queue = (more: object = {}, who = CLINIC) => story.does(who, 'QueueReferral', { referralId, ...more }).map(({ type, data }) => ({ type, data }));
const fails = (act: () => unknown): string | undefined => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return 'nothing failed';
};

beforeEach(() => {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', RIGHTS);
  story.does(LUMINA, 'AssessRisk', FIRST_FORM);
  story.does(LUMINA, 'GiveConsent', { purpose: 'REFERRAL', recipient: 'clinica-aurora', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' });
});

describe('a provider without a place', () => {
  beforeEach(() => {
    referralId = refer('URGENT');
  });

  it('lets her wait: the request does not run out, the offer stays an offer, and who asked is told from when', () => {
    const parties = { referralId, recipient: 'clinica-aurora', referrer: 'casa-lumina' };
    expect(queue({ expectedFrom: '2026-03-20T08:00:00+02:00' })).toEqual([{ type: 'ReferralQueued', data: { ...parties, expectedFrom: '2026-03-20T06:00:00.000Z' } }]);
    expect(story.owed('referral-reply')).toEqual([]);
    expect(referralDataset(story.state, referralId, 'OFFER')).toMatchObject({ status: 'QUEUED' });
    expect(referralDataset(story.state, referralId, 'FULL')).toBeUndefined();
    expect(story.passesTo('2026-03-12T09:00:00.000Z')).not.toContain('ReferralExpired');
  });

  it('says within two weeks how long it takes, and so again', () => {
    queue({ expectedFrom: '2026-03-20T08:00:00.000Z' });
    expect(story.owed('referral-queue-review')).toMatchObject([{ dueAt: '2026-03-24T22:00:00.000Z', owedBy: { organisation: 'clinica-aurora' } }]);
    story.passesTo('2026-03-17T09:00:00.000Z');
    expect(queue()[0]?.data).not.toHaveProperty('expectedFrom');
    expect(story.owed('referral-queue-review')).toMatchObject([{ dueAt: '2026-03-31T21:00:00.000Z' }]);
  });

  it('takes her, or sends her on', () => {
    queue();
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    expect(story.owed('referral-queue-review')).toEqual([]);
    expect(story.owed('service-start')).toHaveLength(1);
    expect(fails(() => queue())).toBe('wrong-state');
  });

  it('may say no after all, and deletes what it received', () => {
    queue();
    story.does(CLINIC, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' });
    expect(story.owed('deletion-confirmation')).toHaveLength(1);
  });

  it('sees nothing more once she takes her consent back', () => {
    queue();
    story.does(LUMINA, 'WithdrawConsent', { consentId: story.state.facts.consents[0]!.consentId, by: 'PERSON' });
    expect(fails(() => queue())).toBe('consent-missing');
    expect(story.passesTo(story.now)).toContain('ReferralCancelled');
  });

  it('is asked by nobody else', () => {
    expect(fails(() => queue({}, LUMINA))).toBe('not-found');
  });
});

it('an emergency waits in no queue', () => {
  referralId = refer('EMERGENCY');
  expect(fails(() => queue())).toBe('wrong-state');
  expect(story.owed('referral-reply')).toHaveLength(1);
});

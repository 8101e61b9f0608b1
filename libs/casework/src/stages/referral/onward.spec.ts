import { beforeEach, describe, expect, it } from '@jest/globals';
import { Story, type Who } from '../../../../../test/support/case-story.js';
import { FIRST_FORM, NOTIFICATION, consentTo, referralTo } from '../../../../../test/support/story.js';

const LUMINA: Who = { organisation: 'casa-lumina', role: 'CM' };
const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron' };

let story: Story;
let referralId: string;
const refer = (recipient: string, services: readonly string[]): string => {
  story.does(LUMINA, 'RequestReferral', referralTo(recipient, services, 'URGENT'));
  return story.madeId;
};
const owed = () => story.owed('onward-referral').map(({ key, dueAt }) => ({ key, dueAt }));

beforeEach(() => {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', RIGHTS);
  story.does(LUMINA, 'AssessRisk', FIRST_FORM);
  story.does(LUMINA, 'GiveConsent', consentTo('REFERRAL', 'clinica-aurora'));
  referralId = refer('clinica-aurora', ['MED.GEN']);
});

describe('a request that came to nothing (S5)', () => {
  it('owes another one in the time of an answer, once it ran out', () => {
    expect(owed()).toEqual([]);
    story.passesTo('2026-03-11T09:00:00.000Z');
    expect(owed()).toEqual([{ key: referralId, dueAt: '2026-03-12T09:00:00.000Z' }]);
  });

  it('owes it once it was declined, until somebody else is asked for the same', () => {
    story.does({ organisation: 'clinica-aurora', role: 'SP' }, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' });
    expect(owed()).toEqual([{ key: referralId, dueAt: '2026-03-11T09:00:00.000Z' }]);
    story.passesTo('2026-03-10T10:00:00.000Z');
    story.does(LUMINA, 'GiveConsent', consentTo('REFERRAL', 'clinica-aurora'));
    refer('clinica-aurora', ['MED.GEN']);
    expect(owed()).toEqual([]);
  });

  it('is still owed when the next request was an error, and not when the need was met meanwhile', () => {
    story.passesTo('2026-03-11T09:00:00.000Z');
    const before = owed();
    const [first, second] = ['ERROR', 'NEED_MET'].map((reason) => {
      story.does(LUMINA, 'GiveConsent', consentTo('REFERRAL', 'clinica-aurora'));
      const next = refer('clinica-aurora', ['MED.GEN']);
      expect(owed()).toEqual([]);
      story.does(LUMINA, 'CancelReferral', { referralId: next, reason });
      return owed();
    });
    expect(first).toEqual(before);
    expect(second).toEqual([]);
  });

  it('owes nothing more where there is nobody to ask, or the person took her consent back', () => {
    story.passesTo('2026-03-11T09:00:00.000Z');
    const before = owed();
    story.does(LUMINA, 'RecordReferralImpossible', { services: ['HOUS'], reason: 'NO_CAPACITY', interim: 'NONE' });
    expect(owed()).toEqual(before);
    story.does(LUMINA, 'RecordReferralImpossible', { services: ['MED.GEN'], reason: 'NO_CAPACITY', interim: 'NONE' });
    expect(owed()).toEqual([]);
  });

  it('is not sent on against her word', () => {
    story.passesTo('2026-03-11T09:00:00.000Z');
    story.does(LUMINA, 'StateWithdrawal', { purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON' });
    expect(owed()).toEqual([]);
  });
});

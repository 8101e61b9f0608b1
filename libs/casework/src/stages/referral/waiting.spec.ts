import { beforeEach, describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { shippedReference } from '#mechanism';
import { Story, type Who } from '../../../../../test/support/case-story.js';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, under } from '../../../../../test/support/reference.js';
import { FIRST_FORM, NOTIFICATION, consentTo, referralTo } from '../../../../../test/support/story.js';

const LUMINA: Who = { organisation: 'casa-lumina', role: 'CM' };
const CLINIC: Who = { organisation: 'clinica-aurora', role: 'SP' };
const CLOCK: Who = { organisation: 'tandem', role: 'CLOCK' };
const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL'], acknowledgement: 'SIGNED', language: 'ron' };

let story: Story;
let referralId: string;
const ask = (priority: string) => {
  story.does(LUMINA, 'RequestReferral', referralTo('clinica-aurora', ['MED.GEN'], priority));
  referralId = story.madeId;
};
const accepts = () => story.does(CLINIC, 'AcceptReferral', { referralId, worker: 'W-7', startFrom: '2026-03-20T08:00:00.000Z', meeting: 'at the back door' });
const starts = () => story.does(CLINIC, 'StartService', { episodeId: `${referralId}/MED.GEN`, worker: 'W-7', agreement: 'WRITTEN' });
const shown = () => (caseWorkflow.view(story.state, { organisation: 'casa-lumina', scope: 'FULL' })['referral'] as { referrals: Record<string, unknown>[] }).referrals[0];

beforeEach(() => {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', RIGHTS);
  story.does(LUMINA, 'AssessRisk', FIRST_FORM);
  for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) story.does(LUMINA, 'GiveConsent', consentTo(purpose, 'clinica-aurora'));
});

describe('a place that is waited for', () => {
  it('is asked about again in the time that the policy gives a service to rest', () => {
    ask('URGENT');
    story.does(CLINIC, 'QueueReferral', { referralId });
    const owed = caseWorkflow.duties(story.state, under({ 'service.hold_review': { days: 3 } })).find(({ name }) => name === 'referral-queue-review');
    expect(owed?.dueAt).toBe('2026-03-13T22:00:00.000Z');
  });

  it('is expected from a moment only while she waits', () => {
    ask('URGENT');
    story.does(CLINIC, 'QueueReferral', { referralId, expectedFrom: '2026-03-20T08:00:00.000Z' });
    expect(shown()).toMatchObject({ status: 'QUEUED', expectedFrom: '2026-03-20T08:00:00.000Z' });
    accepts();
    expect(shown()).not.toHaveProperty('expectedFrom');
  });
});

describe('an emergency that nobody answers', () => {
  it('is told once, and nothing else is told so', () => {
    ask('EMERGENCY');
    story.now = '2026-03-10T09:15:00.000Z';
    expect(story.does(CLOCK, 'EscalateReferral', { referralId })).toHaveLength(1);
    expect(story.does(CLOCK, 'EscalateReferral', { referralId })).toEqual([]);
  });

  it('is not a request that can wait', () => {
    ask('URGENT');
    story.now = '2026-03-10T12:00:00.000Z';
    expect(() => story.does(CLOCK, 'EscalateReferral', { referralId })).toThrow(expect.objectContaining({ code: 'not-due' }));
  });
});

describe('a service that runs', () => {
  it('owes word of how it goes, until it was given', () => {
    ask('URGENT');
    accepts();
    starts();
    expect(story.owed('referral-feedback')).toHaveLength(1);
    story.does(CLINIC, 'GiveFeedback', { referralId, status: 'GOING_WELL' });
    expect(story.owed('referral-feedback')).toEqual([]);
  });

  it('has an end to look to where the country pays for so long, and none once it is over', () => {
    const latvia = shippedReference('LV', ORGANISATIONS);
    const limit = () => caseWorkflow.duties(story.state, latvia).filter(({ name }) => name === 'service-limit').map(({ dueAt }) => dueAt);
    ask('URGENT');
    accepts();
    expect(limit()).toEqual([]);
    starts();
    expect(limit()).toEqual(['2026-09-06T21:00:00.000Z']);
    story.does(CLINIC, 'EndService', { episodeId: `${referralId}/MED.GEN`, outcome: 'NEED_MET' });
    expect(limit()).toEqual([]);
  });
});

describe('after a refusal (A8)', () => {
  it.each(['NOT_MET', 'MAX_DURATION', 'PROVIDER_STOPPED'])('no provider ends by itself for %s what runs', (outcome) => {
    const refused: readonly Given[] = [
      { type: 'VictimPresumed', data: { standard: 'REASONABLE_GROUNDS', deciderRole: 'CM', provisional: true } },
      { type: 'FormalIdentificationRefused', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true, reason: 'CRITERIA_NOT_MET' } },
      {
        type: 'ReferralRequested',
        data: { referralId: 'r1', recipient: 'clinica-aurora', services: ['MED.GEN'], priority: 'URGENT', dataShared: [], region: 'RO32', replyBy: '2026-03-11T09:00:00.000Z', restsOn: { ground: 'CONSENT' } },
      },
      { type: 'ReferralAccepted', data: { referralId: 'r1', recipient: 'clinica-aurora', referrer: 'casa-lumina', worker: 'w', startFrom: '2026-03-10T09:00:00.000Z' } },
      { type: 'ServiceStarted', data: { episodeId: 'r1/MED.GEN', referralId: 'r1', service: 'MED.GEN', provider: 'clinica-aurora', worker: 'w', agreement: 'WRITTEN' } },
    ];
    const end = (how: string) => given(...notified(), ...refused).when({ type: 'EndService', body: { episodeId: 'r1/MED.GEN', outcome: how } }, { organisation: 'clinica-aurora', role: 'SP' });
    end(outcome).thenRejects('service-goes-on');
    end('LEFT_BY_CHOICE').decided();
  });
});

import { beforeEach, describe, expect, it } from '@jest/globals';
import { CLINIC, LUMINA, RIGHTS } from '../../../../../test/support/asked-referral.js';
import { Story, type Who } from '../../../../../test/support/case-story.js';
import { consentTo, FIRST_FORM, fullRisk, NOTIFICATION, referralTo } from '../../../../../test/support/story.js';
import { translate } from './referral.notify.js';

const SUPERVISOR: Who = { organisation: 'casa-lumina', role: 'SUP', actor: 'supervisor-1' };
const CLOCK: Who = { organisation: 'tandem', role: 'CLOCK' };
const CLOSED_AT = '2026-03-10T09:30:00.000Z';

let story: Story;
let referralId: string;
const fails = (who: Who, type: string, body: object): string | undefined => {
  try {
    story.does(who, type, body);
  } catch (error) {
    return (error as { code?: string }).code;
  }
  return 'nothing failed';
};
const propose = (reason: string): [Who, string, object] => [LUMINA, 'ProposeClosure', { reason, unmetNeeds: [], interviewOffered: true, retentionExplained: true, summary: 'it ends' }];
const close = (reason: string): void => {
  story.now = CLOSED_AT;
  story.does(...propose(reason));
  story.does(SUPERVISOR, 'ApproveClosure', { proposalId: story.madeId });
};
const accept = (): unknown => story.does(CLINIC, 'AcceptReferral', { referralId, worker: 'W-7', startFrom: '2026-03-20T08:00:00.000Z', meeting: 'at the back door' });

beforeEach(() => {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', RIGHTS);
  story.does(LUMINA, 'AssessRisk', FIRST_FORM);
  story.does(LUMINA, 'AssessRisk', fullRisk('CLOSURE', 1));
  for (const purpose of ['REFERRAL', 'SERVICE_DELIVERY']) story.does(LUMINA, 'GiveConsent', consentTo(purpose, 'clinica-aurora'));
  story.does(LUMINA, 'RequestReferral', referralTo('clinica-aurora', ['MED.GEN']));
  referralId = story.madeId;
});

describe('a request that is open when its case is closed', () => {
  const ways: Record<string, () => unknown> = {
    'not answered': () => [],
    'waiting for a place': () => story.does(CLINIC, 'QueueReferral', { referralId }),
    'accepted, not begun': accept,
  };
  it.each(Object.entries(ways))('%s: the clock takes it back at once, and what was received must go', (_name, happens) => {
    happens();
    close('DECEASED');
    expect(story.passesTo(CLOSED_AT)).toEqual(['ReferralCancelled']);
    expect(story.events.at(-1)?.data).toEqual({ referralId, reason: 'CASE_CLOSED', recipient: 'clinica-aurora', referrer: 'casa-lumina' });
    expect(story.owed('deletion-confirmation')).toMatchObject([{ key: referralId }]);
    expect(story.owed().map(({ name }) => name).filter((name) => /^(referral|service)-/.test(name))).toEqual([]);
  });

  it('is not taken back for a closure that did not happen, by nobody', () => {
    for (const who of [CLOCK, LUMINA]) expect(fails(who, 'CancelReferral', { referralId, reason: 'CASE_CLOSED' })).toBe('not-due');
    close('DECEASED');
    story.now = '2026-03-10T09:29:00.000Z';
    expect(fails(CLOCK, 'CancelReferral', { referralId, reason: 'CASE_CLOSED' })).toBe('not-due');
  });

  it('says that the consent ended where that came first', () => {
    story.does(LUMINA, 'WithdrawConsent', { consentId: (story.state.facts.consents[0] ?? { consentId: '' }).consentId, by: 'PERSON' });
    close('DECEASED');
    story.passesTo(CLOSED_AT);
    expect(story.events.find(({ type }) => type === 'ReferralCancelled')?.data).toMatchObject({ reason: 'CONSENT_WITHDRAWN' });
  });
});

describe('help that runs when its case is closed', () => {
  beforeEach(() => {
    accept();
    story.does(CLINIC, 'StartService', { episodeId: `${referralId}/MED.GEN`, worker: 'w-3', agreement: 'WRITTEN' });
  });

  it('ends where the person died: the provider is told to look, deletes what it received, and hears no reason but that', () => {
    close('DECEASED');
    const before = story.state.facts;
    expect(story.passesTo(CLOSED_AT)).toEqual(['ServiceEnded']);
    const ended = story.events.at(-1);
    expect(ended?.data).toMatchObject({ outcome: 'CASE_CLOSED', last: true });
    expect(ended && translate(ended, before, story.state.facts)).toEqual(expect.arrayContaining([{ recipient: 'clinica-aurora', thing: referralId, recall: true }]));
    expect(story.owed('deletion-confirmation')).toHaveLength(1);
    expect(story.state.facts.openServices).toEqual([]);
  });

  it('is never ended by a closed case that is not closed', () => {
    for (const who of [CLOCK, CLINIC]) expect(fails(who, 'EndService', { episodeId: `${referralId}/MED.GEN`, outcome: 'CASE_CLOSED' })).toBe('not-due');
  });

  it('keeps a case open that stands twice: it goes on in the other one first (INV-6)', () => {
    expect(fails(...propose('DUPLICATE'))).toBe('services-open');
    story.does(LUMINA, 'EndService', { episodeId: `${referralId}/MED.GEN`, outcome: 'TRANSFERRED' });
    expect(story.does(...propose('DUPLICATE'))).toHaveLength(1);
  });
});

describe('a case that stands twice', () => {
  it('is closed with a request that nobody answered, not with one that somebody accepted', () => {
    expect(story.does(...propose('DUPLICATE'))).toHaveLength(1);
    const proposalId = story.madeId;
    accept();
    expect(fails(SUPERVISOR, 'ApproveClosure', { proposalId })).toBe('services-open');
  });
});

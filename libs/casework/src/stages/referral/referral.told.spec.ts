/** What partners are told of a referral: the dataset of domain.md 8.4, the view of the case, the notices. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Story, type Who } from '../../../../../test/support/case-story.js';
import type { CaseFacts } from '../../shared/facts.js';
import { caseWorkflow } from '../../workflow.js';
import { referralDataset, type ReferralNeeds, sealedNeedsOf } from './dataset.js';
import { translate } from './referral.notify.js';
import { SHARED_DATA } from './slice.js';

const LUMINA: Who = { organisation: 'casa-lumina', role: 'CM' };
const CLINIC: Who = { organisation: 'clinica-aurora', role: 'SP' };
const NOTIFICATION = {
  channel: 'OUTREACH',
  grounds: ['OBSERVED_SIGNS'],
  region: 'RO32',
  ageBand: '18-25',
  signsOfChildhood: false,
  sex: 'FEMALE',
  citizenship: 'OTHER',
  form: 'SEXUAL',
  danger: true,
  interpreterNeeded: false,
  account: 'met at the north station',
};
const NEEDS: ReferralNeeds = {
  languages: ['ron'],
  withChildren: true,
  accessibility: ['STEP_FREE'],
  precautions: ['FEMALE_STAFF'],
};
const ACCEPTANCE = { worker: 'W-7', startFrom: '2026-03-10T15:00:00.000Z', meeting: 'at the back door' };
const SCORED = (likelihood: number, impact: number) =>
  ['R5.1', 'R1.2'].map((item) => ({ item, answer: 'SCORED', likelihood, impact }));

let story: Story;
let referralId: string;
const consent = (purpose: string, recipient: string): string => {
  story.does(LUMINA, 'GiveConsent', { purpose, recipient, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' });
  return story.madeId;
};
const refer = (more: object = {}): string => {
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
const assess = (likelihood: number, impact: number) =>
  story.does(LUMINA, 'AssessRisk', { purpose: 'INITIAL', form: 'FIRST', answers: SCORED(likelihood, impact) });
const offer = (needs?: ReferralNeeds) => referralDataset(story.state, referralId, 'OFFER', needs);

beforeEach(() => {
  story = new Story('2026-03-10T09:00:00.000Z');
  story.does(LUMINA, 'NotifyCase', NOTIFICATION);
  story.does(LUMINA, 'InformOfRights', {
    sheetVersion: '2026-1',
    media: ['ORAL'],
    acknowledgement: 'SIGNED',
    language: 'ron',
  });
  consent('REFERRAL', 'clinica-aurora');
});

describe('the dataset of an open request', () => {
  it('is this, and not a field more', () => {
    assess(2, 2);
    referralId = refer();
    expect(offer(NEEDS)).toEqual({
      referralId,
      status: 'REQUESTED',
      referrer: 'casa-lumina',
      priority: 'EMERGENCY',
      replyBy: '2026-03-10T10:00:00.000Z',
      services: [{ episodeId: `${referralId}/MED.GEN`, service: 'MED.GEN', status: 'PENDING' }],
      ageBand: '18-25',
      area: 'RO32',
      riskLevel: 'MEDIUM',
      ...NEEDS,
    });
  });

  it('has the sex only where the service is a place to live', () => {
    referralId = refer();
    expect(offer()).not.toHaveProperty('sex');
    consent('REFERRAL', 'protectia-copilului');
    referralId = refer({ recipient: 'protectia-copilului', services: ['HOUS.EMERG'] });
    expect(offer()).toMatchObject({ sex: 'FEMALE' });
  });

  it('leaves out what the person does not want told', () => {
    assess(2, 2);
    referralId = refer({ dataShared: [] });
    expect(Object.keys(offer(NEEDS) ?? {}).sort()).toEqual([
      'priority',
      'referralId',
      'referrer',
      'replyBy',
      'services',
      'status',
    ]);
  });

  it('tells the danger whatever the person wants, where life is at risk', () => {
    assess(3, 4);
    referralId = refer({ dataShared: [] });
    const told = offer(NEEDS);
    expect(told).toMatchObject({ riskLevel: 'CRITICAL', precautions: ['FEMALE_STAFF'] });
    expect(told).not.toHaveProperty('languages');
  });

  it('knows where its sealed part lies, and nothing of it', () => {
    referralId = refer();
    expect(sealedNeedsOf(story.state, referralId)).toEqual({
      reference: expect.any(String),
      commitment: expect.any(String),
    });
    expect(JSON.stringify(story.state)).not.toMatch(/FEMALE_STAFF|STEP_FREE|back door|north station/);
  });

  it('names the region where help is needed, not where the person was met', () => {
    referralId = refer({ region: 'RO11' });
    expect(offer()).toMatchObject({ area: 'RO11' });
  });

  it('is seen in the scope of its state: an offer before, the case after acceptance, nothing once it is over', () => {
    referralId = refer();
    expect(referralDataset(story.state, referralId, 'FULL')).toBeUndefined();
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    expect(offer()).toBeUndefined();
    expect(referralDataset(story.state, referralId, 'FULL')).toMatchObject({ status: 'ACCEPTED', worker: 'W-7' });
    expect(referralDataset(story.state, 'nowhere', 'FULL')).toBeUndefined();
  });
});

describe('the view of the case', () => {
  const view = (organisation: string, scope: 'FULL' | 'OWN' | 'OFFER', state = story.state) =>
    (
      caseWorkflow.view(state, { organisation, scope })['referral'] as {
        referrals: { recipient?: string; referralId: string }[];
      }
    ).referrals;

  beforeEach(() => {
    consent('REFERRAL', 'asociatia-punte');
    referralId = refer();
    refer({ recipient: 'asociatia-punte', services: ['HOUS.SHELTER'] });
  });

  it('shows all referrals to who leads it', () => {
    expect(view('casa-lumina', 'FULL').map(({ recipient }) => recipient)).toEqual([
      'clinica-aurora',
      'asociatia-punte',
    ]);
  });

  it('shows a provider its own only, before and after acceptance', () => {
    expect(view('clinica-aurora', 'OFFER').map((shown) => shown.referralId)).toEqual([referralId]);
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    expect(view('clinica-aurora', 'FULL').map((shown) => shown.referralId)).toEqual([referralId]);
    expect(view('clinica-aurora', 'OFFER')).toEqual([]);
  });

  it('goes on for one provider when another has declined', () => {
    story.does(CLINIC, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' });
    const open = story.state.facts.engagements.filter(({ role, until }) => role === 'SP' && until === undefined);
    expect(open.map(({ organisation }) => organisation)).toEqual(['asociatia-punte']);
    expect(view('asociatia-punte', 'OFFER')).toHaveLength(1);
  });

  it('shows a notifier the referrals that it made until somebody leads, and an outsider none', () => {
    const { facts } = story.state;
    const nobodyLeads = { ...story.state, facts: { ...facts, engagements: facts.engagements.filter(({ role }) => role !== 'CM') } };
    expect(view('casa-lumina', 'OWN', nobodyLeads)).toHaveLength(2);
    expect(view('politia-exemplu', 'OWN', nobodyLeads)).toEqual([]);
    expect(view('casa-lumina', 'OWN')).toEqual([]);
  });
});

describe('notices', () => {
  /** Who is told by the last event of what somebody does. */
  const told = (who: Who, type: string, body: object) => {
    const before = story.state.facts;
    const events = story.does(who, type, body);
    return events.flatMap((event) => translate(event, before, story.state.facts));
  };
  const consentId = (): string => story.state.facts.consents.find(({ purpose }) => purpose === 'REFERRAL')!.consentId;

  it('ask the provider, with the time to answer and nothing else', () => {
    const body = { recipient: 'clinica-aurora', services: ['MED.GEN'], priority: 'EMERGENCY', dataShared: [] };
    expect(told(LUMINA, 'RequestReferral', body)).toEqual([
      { recipient: 'clinica-aurora', thing: story.madeId, replyBy: '2026-03-10T10:00:00.000Z', recall: false },
    ]);
  });

  it('tell who asked, and who leads the case, of the answer', () => {
    referralId = refer();
    const notice = { thing: referralId, recall: false };
    expect(told(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE })).toEqual([
      { recipient: 'casa-lumina', ...notice },
    ]);
    story.does(LUMINA, 'AssignCaseManager', { manager: 'asociatia-punte' });
    story.does({ organisation: 'asociatia-punte', role: 'CM' }, 'AcceptCaseManagement', { offerId: story.madeId });
    expect(told(CLINIC, 'GiveFeedback', { referralId, status: 'AT_RISK' })).toEqual([
      { recipient: 'casa-lumina', ...notice },
      { recipient: 'asociatia-punte', ...notice },
    ]);
  });

  it('recall the offer with the withdrawal itself, and again when the clock cancels it', () => {
    referralId = refer();
    const recall = [{ recipient: 'clinica-aurora', thing: referralId, recall: true }];
    expect(told(LUMINA, 'WithdrawConsent', { consentId: consentId(), by: 'PERSON' })).toEqual(recall);
    const before = story.state.facts;
    story.passesTo(story.now);
    expect(translate(story.events.at(-1)!, before, story.state.facts)).toEqual(recall);
  });

  it('do not recall what another consent or ground still allows, nor what was answered', () => {
    referralId = refer();
    consent('REFERRAL', 'clinica-aurora');
    expect(told(LUMINA, 'WithdrawConsent', { consentId: consentId(), by: 'PERSON' })).toEqual([]);
    story.does(CLINIC, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' });
    expect(
      told(LUMINA, 'WithdrawConsent', { consentId: story.state.facts.consents.at(-1)!.consentId, by: 'PERSON' }),
    ).toEqual([]);
  });

  it('leave an accepted referral to the clock, which ends it', () => {
    referralId = refer();
    story.does(CLINIC, 'AcceptReferral', { referralId, ...ACCEPTANCE });
    expect(told(LUMINA, 'WithdrawConsent', { consentId: consentId(), by: 'PERSON' })).toEqual([]);
    expect(story.passesTo(story.now)).toEqual(['ReferralCancelled']);
  });

  it('never tell an organisation what it did itself', () => {
    consent('REFERRAL', 'casa-lumina');
    referralId = refer({ recipient: 'casa-lumina', services: ['HOUS.EMERG'] });
    const own: Who = { organisation: 'casa-lumina', role: 'SP' };
    expect(told(own, 'DeclineReferral', { referralId, reason: 'NO_CAPACITY' })).toEqual([]);
  });

  it('recall an offer whose ground was not upheld', () => {
    story.does(LUMINA, 'DiscloseWithoutConsent', {
      recipient: 'asociatia-punte',
      ground: 'RISK_TO_LIFE',
      contents: ['SERVICE_NEED'],
      reason: 'hunted',
    });
    const overrideId = story.madeId;
    referralId = refer({ recipient: 'asociatia-punte', services: ['HOUS.SHELTER'] });
    const review = { overrideId, result: 'NOT_UPHELD' };
    expect(told({ organisation: 'casa-lumina', role: 'SUP', actor: 'supervisor' }, 'ReviewOverride', review)).toEqual([
      { recipient: 'asociatia-punte', thing: referralId, recall: true },
    ]);
  });

  it('recall an expired offer and tell who asked', () => {
    referralId = refer();
    const before = story.state.facts;
    story.passesTo('2026-03-10T10:00:00.000Z');
    expect(translate(story.events.at(-1)!, before, story.state.facts)).toEqual([
      { recipient: 'clinica-aurora', thing: referralId, recall: true },
      { recipient: 'casa-lumina', thing: referralId, recall: false },
    ]);
    expect(story.events.at(-2)?.type).toBe('ReferralEscalated');
    expect(translate(story.events.at(-2)!, before, before)).toEqual([
      { recipient: 'casa-lumina', thing: referralId, recall: false },
      { recipient: 'centrul-coordonare', thing: referralId, recall: false },
    ]);
  });

  it('say nothing of other events', () => {
    expect(
      translate({ type: 'constructor', data: {}, metadata: {} } as never, {} as CaseFacts, {} as CaseFacts),
    ).toEqual([]);
  });
});

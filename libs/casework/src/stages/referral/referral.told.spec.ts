/** What partners are told of a referral: the dataset of domain.md 8.4, and the view of the case. */
import { beforeEach, describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '../../workflow.js';
import { referralDataset, type ReferralNeeds, sealedNeedsOf } from './dataset.js';
import { ACCEPTANCE, assess, begin, CLINIC, consent, NEEDS, refer, story } from '../../../../../test/support/told-referral.js';

let referralId: string;
const offer = (needs?: ReferralNeeds) => referralDataset(story.state, referralId, 'OFFER', needs);

beforeEach(begin);

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

import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { shippedReference } from '#mechanism';
import { given, notified, presumed } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, REFERENCE, under } from '../../../../../test/support/reference.js';
import { translate } from './referral.notify.js';

const LATVIA = shippedReference('LV', ORGANISATIONS);
const AUTHORITY = { role: 'NRM_COORD', organisation: 'centrul-coordonare', reference: LATVIA } as const;
const LINE = { episodeId: 'r/HOUS.SHELTER', referralId: 'r', service: 'HOUS.SHELTER' };
const asked: Given = {
  type: 'ReferralRequested',
  data: { referralId: 'r', recipient: 'asociatia-punte', services: ['HOUS.SHELTER', 'PSY.COUNS'], priority: 'URGENT', replyBy: '2026-03-11T08:00:00.000Z', dataShared: [], restsOn: { ground: 'CONSENT' } },
};
const parties = { recipient: 'asociatia-punte', referrer: 'casa-lumina' };
const accepted: Given = { type: 'ReferralAccepted', data: { referralId: 'r', worker: 'w', startFrom: '2026-03-10T08:00:00.000Z', ...parties } };
const started: Given = { type: 'ServiceStarted', data: { ...LINE, provider: 'asociatia-punte', worker: 'w', agreement: 'WRITTEN' } };
const ended: Given = { type: 'ServiceEnded', data: { ...LINE, provider: 'asociatia-punte', outcome: 'NEED_MET', referrer: 'casa-lumina', last: false } };
/** Tuesday, at eleven in Riga: three working days later it is Friday. */
const DUE = '2026-03-13T22:00:00.000Z';
const requested: Given = { type: 'ServiceFundingRequested', data: { ...LINE, dueAt: DUE } };
const decided = (decision: string): Given => ({ type: 'ServiceFundingDecided', data: { ...LINE, decision } });
const identified = (route: string): Given => ({ type: 'VictimFormallyIdentified', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: false, route } });

const ask = { type: 'RequestServiceFunding', body: { episodeId: LINE.episodeId } };
const decide = (decision: string) => ({ type: 'DecideServiceFunding', body: { episodeId: LINE.episodeId, decision } });
const story = (...events: readonly Given[]) => given(...notified(), asked, ...events);
const owed = (...events: readonly Given[]) => caseWorkflow.duties(story(...events).state, LATVIA).filter(({ name }) => name.startsWith('service-funding'));
const shown = (organisation: string, ...events: readonly Given[]) => caseWorkflow.view(story(...events).state, { organisation, scope: 'FULL' })['referral'];

describe('whether the state pays for a service', () => {
  it('is asked by who leads the case, of a service that is asked for, accepted or delivered', () => {
    for (const events of [[], [accepted], [accepted, started]]) story(...events).when(ask, { reference: LATVIA }).then(requested);
    story(accepted, started, ended).when(ask, { reference: LATVIA }).thenRejects('wrong-state');
    story().when(ask, { role: 'SP', reference: LATVIA }).thenRejects('role-not-allowed');
    story().when({ ...ask, body: { episodeId: 'r/MED.GEN' } }, { reference: LATVIA }).thenRejects('not-found');
  });

  it('is asked once, and anew after a refusal', () => {
    for (const known of [requested, decided('GRANTED'), decided('QUEUED')]) story(requested, known).when(ask, { reference: LATVIA }).thenNothing();
    story(requested, decided('REFUSED')).when(ask, { reference: LATVIA }).then(requested);
  });

  it('is answered by who coordinates within the days of the policy, once; meanwhile the answer is owed', () => {
    expect(owed(requested)).toEqual([{ name: 'service-funding-decision', key: LINE.episodeId, dueAt: DUE, owedBy: { role: 'NRM_COORD' } }]);
    story(requested).when(decide('GRANTED'), AUTHORITY).then(decided('GRANTED'));
    story(requested, decided('GRANTED')).when(decide('GRANTED'), AUTHORITY).thenNothing();
    story(requested, decided('GRANTED')).when(decide('QUEUED'), AUTHORITY).thenRejects('wrong-state');
    story(requested).when(decide('GRANTED'), { reference: LATVIA }).thenRejects('role-not-allowed');
    story(requested).when(decide('GRANTED'), { ...AUTHORITY, human: false }).thenRejects('human-required');
    story().when(decide('GRANTED'), AUTHORITY).thenRejects('wrong-state');
    for (const over of [decided('GRANTED'), decided('REFUSED')]) expect(owed(requested, over)).toEqual([]);
    expect(owed(accepted, started, requested, ended)).toEqual([]);
  });

  it('may have to wait for means: then it is looked at again, until it is granted', () => {
    story(requested, decided('QUEUED')).when(decide('QUEUED'), AUTHORITY).then(decided('QUEUED'));
    story(requested, decided('QUEUED')).when(decide('GRANTED'), AUTHORITY).then(decided('GRANTED'));
    expect(owed(requested, decided('QUEUED'))).toMatchObject([{ name: 'service-funding-queue', dueAt: '2026-03-24T22:00:00.000Z', owedBy: { role: 'NRM_COORD' } }]);
    expect(owed(requested, decided('QUEUED'), decided('GRANTED'))).toEqual([]);
  });

  it('is not refused to whom police, prosecutor or court certified; a commission’s word leaves that open', () => {
    const refused = (...events: readonly Given[]) => story(requested, ...events).when(decide('REFUSED'), AUTHORITY);
    refused(presumed, identified('CERTIFICATE')).thenRejects('certificate-never-refuses');
    refused(presumed, identified('COMMISSION')).then(decided('REFUSED'));
    refused().then(decided('REFUSED'));
    story(requested, presumed, identified('CERTIFICATE')).when(decide('QUEUED'), AUTHORITY).then(decided('QUEUED'));
  });

  it('changes nothing of the help: it begins before the answer, and a refusal ends none of it (INV-6)', () => {
    const helps = (...events: readonly Given[]) => {
      const { openServices, engagements, consents, assistance } = story(accepted, started, ...events).state.facts;
      return { openServices, engagements, consents, assistance };
    };
    expect(helps(requested, decided('REFUSED'))).toEqual(helps());
    expect(caseWorkflow.command('StartService')?.rule.when.requires).toEqual(['not-erased', 'case-open']);
    expect(shown('casa-lumina', accepted, started, requested, decided('REFUSED'))).toMatchObject({
      referrals: [{ status: 'STARTED', services: [{ service: 'HOUS.SHELTER', status: 'STARTED', funding: 'REFUSED' }, { service: 'PSY.COUNS', status: 'PENDING' }] }],
    });
  });

  it('is no provider’s to read: a refusal would tell it how she was identified (8.4)', () => {
    expect(JSON.stringify(shown('asociatia-punte', accepted, started, requested, decided('REFUSED')))).not.toMatch(/funding|REFUSED/);
  });

  it.each(['RO', 'UK', 'BG'])('is decided by nobody in %s, whose policy does not say so', (country) => {
    story().when(ask, { reference: shippedReference(country, ORGANISATIONS) }).thenRejects('funding-decision-not-provided');
  });

  it('is decided by nobody where the policy says that there is no such decision', () => {
    const known = (reference: typeof REFERENCE) => ({ ...reference, policy: { ...reference.policy, unknown: [] } });
    story().when(ask, { reference: known(under({ 'service.decision_days': 'NONE' })) }).thenRejects('funding-decision-not-provided');
    expect(story().when(ask, { reference: known(REFERENCE) }).decided()).toHaveLength(1);
  });

  it('is told to who coordinates, and its answer to who leads', () => {
    const { state } = story(requested);
    const told = (type: string, organisation: string) =>
      translate({ type, data: LINE, metadata: { organisation, recordedAt: DUE } } as never, state.facts, state.facts).map(({ recipient, thing }) => [recipient, thing]);
    expect(told('ServiceFundingRequested', 'casa-lumina')).toEqual([['centrul-coordonare', 'r']]);
    expect(told('ServiceFundingDecided', 'centrul-coordonare')).toEqual([['casa-lumina', 'r']]);
  });

  it('is nobody’s to answer of a case that is closed or to be forgotten', () => {
    expect(owed(requested, { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } })).toEqual([]);
    story(requested, { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } }).when(decide('GRANTED'), AUTHORITY).thenRejects('person-erased');
    const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p', reason: 'DECEASED', unmetNeeds: [] } };
    expect(owed(requested, closed)).toEqual([]);
    story(closed).when(ask, { reference: LATVIA }).thenRejects('case-closed');
  });
});

import { describe, expect, it } from '@jest/globals';
import { caseWorkflow, toldAbout } from '#casework';
import type { Given } from '#kernel';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { assessedBothSides, returnId } from '../../../../../test/support/return-story.js';

const ordered: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
const erased: Given = { type: 'IdentityErased', data: {} };
const deleted = (recipient: string): Given => ({ type: 'ReturnDataDeleted', data: { returnId, recipient } });
const request: Given = { type: 'FormalIdentificationRequested', data: { requestId: 'q1', authority: 'politia-exemplu', deciderRole: 'LE' } };
const story = [...assessedBothSides(), request, ordered, erased];
const end = (thingId = returnId) => ({ type: 'EndReceivedDataChase', body: { thingId, reason: 'NO_ANSWER' } });
const ended: Given = { type: 'ReceivedDataChaseEnded', data: { thingId: returnId, reason: 'NO_ANSWER', recipients: ['podul-intoarcerii', 'asociatia-punte'] } };
/** Everything above happened at eight on the tenth; 24 hours to confirm, twice. */
const OVER = '2026-03-12T08:00:00.000Z';
const OFFICER = { role: 'DPO', now: OVER } as const;
const chased = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => name === 'received-data-chase');
const owing = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).map(({ name }) => name).filter((name) => name.includes('deletion'));

describe('asking the bodies of a return, or an authority, to delete', () => {
  it('is looked after by who answers for the data, once the person is erased', () => {
    expect(chased(...story.slice(0, -1))).toEqual([]);
    expect(chased(...story)).toEqual([returnId, 'q1'].map((key) => ({ name: 'received-data-chase', key, dueAt: OVER, owedBy: { role: 'DPO' } })));
    expect(chased(...story, deleted('podul-intoarcerii')).map(({ key }) => key)).toContain(returnId);
    expect(chased(...story, deleted('podul-intoarcerii'), deleted('asociatia-punte')).map(({ key }) => key)).toEqual(['q1']);
  });
  it('ends with a reason, for whoever has not answered, and not before the time to confirm passed twice', () => {
    given(...story).when(end(), { ...OFFICER, now: '2026-03-12T07:59:59.999Z' }).thenRejects('chase-too-short');
    given(...story).when(end(), OFFICER).then(ended);
    given(...story, deleted('podul-intoarcerii')).when(end(), OFFICER).then({ ...ended, data: { ...ended.data, recipients: ['asociatia-punte'] } });
    const { state } = given(...story, ended);
    expect([chased(...story, ended).map(({ key }) => key), owing(...story, ended), toldAbout(state.facts).map(({ thing }) => thing)]).toEqual([['q1'], ['formal-request-deletion'], ['q1']]);
    given(...story, ended).when(end(), OFFICER).thenRejects('deletion-not-owed');
  });
  it('counts from when the last of them was asked, where that was after the erasure', () => {
    const late: Given = { type: 'ReturnFailed', data: { returnId, reason: 'MISSED' }, metadata: { recordedAt: '2026-03-10T10:00:00.000Z' } };
    const [row] = chased(...assessedBothSides(), late, ordered, erased);
    expect(row?.dueAt).toBe('2026-03-12T10:00:00.000Z');
  });
  it('is ended by nobody while the person is not erased, nor of a referral, which has an end of its own', () => {
    given(...story.slice(0, -1)).when(end(), OFFICER).thenRejects('deletion-not-owed');
    const parties = { referralId: 'r1', recipient: 'clinica-aurora', referrer: 'casa-lumina' };
    const referral: Given = { type: 'ReferralRequested', data: { ...parties, services: ['MED.GEN'], priority: 'URGENT', region: 'RO32', dataShared: [], replyBy: OVER, restsOn: { ground: 'CONSENT' } } };
    const forgotten = [...notified(), referral, { type: 'ReferralDeclined', data: { ...parties, reason: 'NO_CAPACITY' } }, ordered, erased];
    given(...forgotten).when(end('r1'), OFFICER).thenRejects('deletion-not-owed');
    expect(chased(...forgotten)).toEqual([]);
  });
  it('is ended by a person who answers for the data', () => {
    given(...story).when(end(), { ...OFFICER, role: 'CM' }).thenRejects('role-not-allowed');
    given(...story).when(end(), { ...OFFICER, human: false }).thenRejects('human-required');
    given(...story).when(end(), { ...OFFICER, organisation: 'podul-intoarcerii' }).thenRejects('role-not-allowed');
  });
});

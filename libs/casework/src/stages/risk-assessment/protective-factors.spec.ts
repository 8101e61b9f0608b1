import { expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { NOW, given, informed, notified } from '../../../../../test/support/case-specification.js';

const CLINIC = 'clinica-aurora';
const referred: readonly Given[] = [
  { type: 'ReferralRequested', data: { referralId: 'r', recipient: CLINIC, services: ['MED'], priority: 'ROUTINE', replyBy: NOW, dataShared: [], restsOn: { ground: 'CONSENT' } } },
  { type: 'ReferralAccepted', data: { referralId: 'r', recipient: CLINIC, referrer: 'casa-lumina', worker: 'w', startFrom: NOW } },
];
const high: Given = {
  type: 'RiskAssessed',
  data: { assessmentId: 'a', purpose: 'REVIEW', form: 'FULL', overall: 'HIGH', redFlag: false, coreComplete: true, validUntil: '2026-06-01T00:00:00.000Z', provisional: true },
};

it('a level is not lowered by the supervisor of a provider that was only brought in, as it is by that of the house that leads', () => {
  const story = given(...notified(), informed, ...referred, high);
  const lower = { type: 'LowerRiskByProtectiveFactors', body: { assessmentId: 'a', reason: 'r' } };
  story.when(lower, { organisation: CLINIC, role: 'SUP', actor: 'x' }).thenRejects('role-not-allowed');
  expect(story.when(lower, { organisation: 'casa-lumina', role: 'SUP', actor: 'boss' }).decided()).toMatchObject([{ type: 'RiskLoweredByProtectiveFactors', data: { overall: 'MEDIUM' } }]);
});

import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { NOW, given, informed, notified } from '../../../../../test/support/case-specification.js';

const CLINIC = 'clinica-aurora';
const asked = (referralId: string, recipient: string): Given => ({
  type: 'ReferralRequested',
  data: { referralId, recipient, services: ['MED'], priority: 'ROUTINE', replyBy: NOW, dataShared: [], restsOn: { ground: 'CONSENT' } },
});
const taken: Given = { type: 'ReferralAccepted', data: { referralId: 'r', recipient: CLINIC, referrer: 'casa-lumina', worker: 'w', startFrom: NOW } };
const story = [...notified(), informed, asked('r', CLINIC), taken, asked('hers', 'asociatia-punte')];
const cancel = { type: 'CancelReferral', body: { referralId: 'hers', reason: 'NEED_MET' } };

describe('what another house was asked', () => {
  it.each(['SP', 'SUP'] as const)('is not taken back by a provider that was brought in, as %s', (role) => {
    given(...story).when(cancel, { organisation: CLINIC, role, actor: 'x' }).thenRejects('role-not-allowed');
  });

  it('nor by who keeps only its notification, to which it is unknown', () => {
    for (const role of ['DETECT', 'CM'] as const) given(...story).when(cancel, { organisation: 'casa-verde', role, actor: 'x' }).thenRejects('not-found');
  });

  it('is taken back by who asked, by its supervisor, and by who coordinates', () => {
    const ways = [['casa-lumina', 'CM'], ['casa-lumina', 'SUP'], ['centrul-coordonare', 'NRM_COORD']] as const;
    for (const [organisation, role] of ways) {
      expect(given(...story).when(cancel, { organisation, role, actor: 'x' }).decided()).toMatchObject([{ type: 'ReferralCancelled', data: { referralId: 'hers' } }]);
    }
  });
});

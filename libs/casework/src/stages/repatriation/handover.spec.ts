import { describe, it } from '@jest/globals';
import type { Given } from '#kernel';
import { consented, given, informed, notified } from '../../../../../test/support/case-specification.js';

const returnId = 'return-1';
const step = (type: string, data: object = {}): Given => ({ type, data: { returnId, ...data } });
const arrivedAt = (receiver: string): readonly Given[] => [
  ...notified(), informed,
  step('ReturnRequested', { direction: 'INTERNAL', sender: 'casa-lumina', receiver, operator: 'podul-intoarcerii' }),
  step('ReceivingRequestSent', { needs: ['HOUS'], receiver }), step('ReceivingRequestAcknowledged', { receiver }), step('ReturnApproved', { overridden: false }),
  step('PreDepartureCheckDone'), step('Departed'), step('Arrived'), consented('SERVICE_DELIVERY', receiver, { consentId: 's' }),
];
const accept = { type: 'AcceptHandover', body: { returnId, protocol: 'all papers' } };

describe('a handover after a return', () => {
  it('goes to who can lead her case; else the sending house keeps the responsibility, and nobody is left alone (T13)', () => {
    given(...arrivedAt('clinica-aurora')).when(accept, { organisation: 'clinica-aurora', role: 'SP', actor: 'nurse' }).thenRejects('not-a-case-manager');
    given(...arrivedAt('asociatia-punte'))
      .when(accept, { organisation: 'asociatia-punte', role: 'CM', actor: 'receiver-1' })
      .then({ type: 'HandoverAccepted', data: { returnId, receiver: 'asociatia-punte' }, seals: ['narrative'] });
  });
});

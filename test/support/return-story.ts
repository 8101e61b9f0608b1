/** The steps of one return inside the country, as events and commands: the specifications of the stage begin in the middle of it. */
import type { Given } from '#kernel';
import { NOW, consented, informed, notified } from './case-specification.js';

export const returnId = 'return-1';
export const parties = { sender: 'casa-lumina', receiver: 'asociatia-punte', operator: 'podul-intoarcerii' };
export const request = { type: 'RequestReturn', body: { direction: 'INTERNAL', ...parties } };
export const requested: Given = { type: 'ReturnRequested', data: { direction: 'INTERNAL', ...parties, returnId } };
export const told: Given = { type: 'ReturnInformationGiven', data: { returnId, media: ['ORAL'] } };
export const toOperator = consented('RETURN', 'podul-intoarcerii', { consentId: 'c-operator' });
export const toReceiver = consented('RETURN', 'asociatia-punte', { consentId: 'c-receiver' });
export const consents = [toOperator, toReceiver];
export const risk = (half: string, overall = 'MEDIUM'): Given => ({
  type: 'RiskAssessed',
  data: {
    assessmentId: `${half}-${overall}`, purpose: 'RETURN', half, form: 'FULL', overall, redFlag: false, coreComplete: true,
    validUntil: '2026-06-01T00:00:00.000Z', provisional: true,
  },
});
export const sendingAssessed: Given = { type: 'SendingRiskAssessed', data: { returnId, assessmentId: 'SENDING-MEDIUM', operator: 'podul-intoarcerii' } };
export const asked: Given = { type: 'ReceivingRequestSent', data: { returnId, needs: ['HOUS'], receiver: 'asociatia-punte' } };
export const confirmed: Given = { type: 'ReceivingRequestAcknowledged', data: { returnId, receiver: 'asociatia-punte' } };
export const receivingAssessed: Given = { type: 'ReceivingRiskAssessed', data: { returnId, assessmentId: 'RECEIVING-MEDIUM' } };
export const upTo = (...more: readonly Given[]) => [...notified(), informed, ...consents, requested, told, ...more];
export const assessedBothSides = (receiving = 'MEDIUM') =>
  upTo(risk('SENDING'), sendingAssessed, asked, confirmed, risk('RECEIVING', receiving), receivingAssessed);
export const accepted = [1, 2, 3].map((n): Given => ({
  type: 'ReferralAccepted',
  data: { referralId: `referral-${n}`, recipient: 'clinica-aurora', referrer: 'casa-lumina', worker: 'w', startFrom: NOW },
}));
export const referred = [1, 2, 3].map((n): Given => ({
  type: 'ReferralRequested',
  data: { referralId: `referral-${n}`, recipient: 'clinica-aurora', services: ['MED'], priority: 'ROUTINE', replyBy: NOW, dataShared: [], restsOn: { ground: 'CONSENT' } },
}));
export const approved: Given = { type: 'ReturnApproved', data: { returnId, overridden: false } };
export const checked: Given = { type: 'PreDepartureCheckDone', data: { returnId } };
export const departed: Given = { type: 'Departed', data: { returnId } };
export const arrived: Given = { type: 'Arrived', data: { returnId } };
export const COORDINATOR = { organisation: 'centrul-coordonare', role: 'NRM_COORD', actor: 'coordinator-1' } as const;
export const OPERATOR = { organisation: 'podul-intoarcerii', role: 'RET_ORG', actor: 'operator-1' } as const;
export const RECEIVER = { organisation: 'asociatia-punte', role: 'CM', actor: 'receiver-1' } as const;
export const approve = { type: 'ApproveReturn', body: { returnId, receptionPlan: 'met at the station' } };
export const depart = { type: 'RecordDeparture', body: { returnId } };
export const check = (more: object = {}) => ({ type: 'CheckBeforeDeparture', body: { returnId, consentReconfirmed: true, receptionReconfirmed: true, ...more } });
/** Up to the last check before she leaves. */
export const ready = (receiving = 'MEDIUM') => [...assessedBothSides(receiving), approved, checked];
/** The same with another receiving body. */
export const towards = (receiver: string, events: readonly Given[]): readonly Given[] =>
  events.map((one) => JSON.parse(JSON.stringify(one).replaceAll('asociatia-punte', receiver)) as Given);

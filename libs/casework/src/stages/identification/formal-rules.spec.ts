import { describe, expect, it } from '@jest/globals';
import { type Role, shippedReference } from '#mechanism';
import { given, notified, presumed } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS } from '../../../../../test/support/reference.js';

const COMMISSION = { ...ORGANISATIONS[0]!, id: 'komisija-piemers', roles: ['ID_AUTH'] as const };
const LATVIA = { reference: shippedReference('LV', [...ORGANISATIONS, COMMISSION]) };
const BRITAIN = { reference: shippedReference('UK', [...ORGANISATIONS, COMMISSION]) };
const decide = (decision: string, more: object = {}) => ({
  type: 'RecordFormalDecision',
  body: { authority: 'komisija-piemers', decision, decisionNumber: '1/2026', ...(decision === 'REFUSED' ? { reason: 'CRITERIA_NOT_MET' } : {}), ...more },
});
const MEMBERS = ['SOCIAL_WORKER', 'PSYCHOLOGIST', 'LAWYER'];
const bySeen = (by: object, when: object, where: object = LATVIA) => given(...notified(), presumed).when(when as never, { ...where, ...by });
const POLICE = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-1' } as const;

describe('a commission of providers (appendix C, 15)', () => {
  it.each(MEMBERS)('can not decide without a %s', (absent) => {
    const membersPresent = [...MEMBERS, 'POLICE_OFFICER'].filter((member) => member !== absent);
    bySeen({}, decide('IDENTIFIED', { membersPresent })).thenRejects('commission-incomplete');
    bySeen({}, decide('REFUSED', { membersPresent })).thenRejects('commission-incomplete');
  });

  it('decides both ways without a police officer, and not where nobody says who was there', () => {
    bySeen({}, decide('IDENTIFIED')).thenRejects('commission-incomplete');
    expect(bySeen({}, decide('IDENTIFIED', { membersPresent: MEMBERS })).decided()[0]).toMatchObject({
      type: 'VictimFormallyIdentified', data: { deciderRole: 'ID_AUTH', route: 'COMMISSION', membersPresent: MEMBERS },
    });
    expect(bySeen({}, decide('REFUSED', { membersPresent: MEMBERS })).decided()[0]).toMatchObject({
      type: 'FormalIdentificationRefused', data: { contestUntil: expect.any(String) as unknown, moveOnUntil: expect.any(String) as unknown },
    });
  });

  it('decides only where the policy of the country names one (INV-8)', () => {
    bySeen({}, decide('IDENTIFIED', { route: 'COMMISSION', membersPresent: MEMBERS }), BRITAIN).thenRejects('decider-not-authorised');
    bySeen(POLICE, decide('IDENTIFIED', { authority: 'politia-exemplu', route: 'COMMISSION', membersPresent: MEMBERS })).thenRejects('decider-not-authorised');
  });
});

describe('a presumption where the deciders of the formal decision presume', () => {
  const presume = { type: 'Presume', body: { grounds: 'words' } };
  const among = (roles: readonly Role[]) => ({ reference: shippedReference('LV', [{ ...ORGANISATIONS[0]!, roles }]) });

  it('is of a provider whose commission decides, and of no provider without one (INV-8)', () => {
    given(...notified()).when(presume, among(['CM', 'SP'])).thenRejects('decider-not-authorised');
    expect(given(...notified()).when(presume, among(['CM', 'SP', 'ID_AUTH'])).decided()[0]?.data).toMatchObject({ deciderRole: 'ID_AUTH' });
    const suspended = { reference: shippedReference('LV', [{ ...ORGANISATIONS[0]!, roles: ['CM', 'ID_AUTH'], status: 'SUSPENDED' }]) };
    given(...notified()).when(presume, suspended).thenRejects('decider-not-authorised');
  });
});

describe('a certificate', () => {
  it('of police, prosecutor or court identifies, and never refuses', () => {
    for (const [by, more] of [[POLICE, { authority: 'politia-exemplu' }], [{}, { route: 'CERTIFICATE' }]] as const) {
      expect(bySeen(by, decide('IDENTIFIED', more)).decided()[0]).toMatchObject({ type: 'VictimFormallyIdentified', data: { route: 'CERTIFICATE' } });
      bySeen(by, decide('REFUSED', more)).thenRejects('certificate-never-refuses');
    }
  });
});

describe('a decision too early', () => {
  const at = (now: string) => ({ ...BRITAIN, now, occurredAt: now });

  it('is not taken: thirty days lie between presumption and decision in the United Kingdom', () => {
    const story = given(...notified(), presumed);
    story.when(decide('IDENTIFIED'), at('2026-04-09T22:59:59.000Z')).thenRejects('decision-too-early');
    expect(story.when(decide('IDENTIFIED'), at('2026-04-09T23:00:00.000Z')).decided()[0]?.type).toBe('VictimFormallyIdentified');
  });

  it('is not known elsewhere', () => {
    expect(bySeen({}, decide('IDENTIFIED', { membersPresent: MEMBERS })).decided()).toHaveLength(1);
  });
});

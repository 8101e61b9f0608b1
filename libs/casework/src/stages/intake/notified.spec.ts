import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import type { Given } from '#kernel';
import { ROLES, type Organisation, type Role } from '#mechanism';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, REFERENCE } from '../../../../../test/support/reference.js';

const SEEN = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO42', ageBand: '18-25', signsOfChildhood: false, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: false,
};
const notify = (more: object = {}) => ({ type: 'NotifyCase', body: { ...SEEN, ...more } });
const POLICE = { organisation: 'politia-exemplu', role: 'LE' } as const;
const CLOCK = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false } as const;

describe('who notifies (2.2 A1)', () => {
  it('is any institution or organisation in contact, or the person herself; nobody who only oversees, counts or audits', () => {
    const may = (role: Role): boolean => {
      try {
        return given().when(notify(), { role }).decided().length > 0;
      } catch {
        return false;
      }
    };
    expect(ROLES.filter((role) => !may(role)).sort()).toEqual(['AUDIT', 'CLOCK', 'DPO', 'GUARD', 'PROG', 'RAPP', 'SUP']);
  });

  it('sees its notification: who leads all of it, the person through herself alone, who only counted no case', () => {
    const engaged = (story: readonly Given[]) => given(...story).state.facts.engagements.map(({ actor, scope }) => ({ actor, scope }));
    expect(engaged(notified({}, { role: 'CM' }))).toEqual([{ actor: undefined, scope: 'FULL' }]);
    expect(engaged(notified({}, { role: 'PERSON', actor: 'herself' }))).toEqual([{ actor: 'herself', scope: 'OWN' }]);
    const counted = { month: '2026-03', region: 'RO32', ageBand: '18-25', form: 'LABOUR', statisticsOnly: true, country: 'RO' };
    expect(engaged([{ type: 'CaseNotified', data: counted, metadata: { role: 'CM' } }])).toEqual([{ actor: undefined, scope: 'OWN' }]);
  });
});

describe('what singles out', () => {
  it.each([
    ['contact', { language: 'ron' }], ['contact', { ownReference: 'F-12' }], ['narrative', { account: 'seen' }], ['assessment', { signs: ['OBS-GEN-04'] }],
    ['statistics', { county: 'RO113' }], ['statistics', { citizenshipCountry: 'MD' }], ['statistics', { formDetail: 'LABOUR_AGRICULTURE' }],
  ])('is sealed as %s, %j alone too', (compartment, personal) => {
    expect(given().when(notify(personal), POLICE).decided()[0]?.seals).toEqual([compartment]);
  });
});

describe('who is told', () => {
  const centre = (id: string, more: Partial<Organisation> = {}): Organisation => ({ ...ORGANISATIONS.find((o) => o.id === 'centrul-coordonare')!, id, ...more });
  const told = (centres: readonly Organisation[], more: object = {}, by: object = POLICE) => {
    const others = ORGANISATIONS.filter(({ roles }) => !roles.includes('NRM_COORD'));
    const reference = { ...REFERENCE, organisations: new Map([...others, ...centres].map((o) => [o.id, o])) };
    return (given().when(notify(more), { ...by, reference }).decided()[0]?.data as { routedTo: readonly string[] }).routedTo;
  };

  it('is no centre of another country, and none that works no more', () => {
    expect(told([centre('here'), centre('there', { country: 'IT' })])).toEqual(['here']);
    expect(told([centre('here'), centre('shut', { status: 'SUSPENDED' })])).toEqual(['here']);
  });

  it('is the centre of the region and no other, and whoever serves all of them', () => {
    expect(told([centre('near', { regions: ['RO42'] }), centre('far', { regions: ['RO11'] })])).toEqual(['near']);
    expect(told([centre('everywhere'), centre('far', { regions: ['RO11'] })])).toEqual(['everywhere']);
  });

  it('is not who notifies', () => {
    expect(told([centre('here')], {}, { organisation: 'here', role: 'NRM_COORD' })).toEqual([]);
  });

  it('is child protection too where only signs speak for a child', () => {
    expect(told([centre('here')], { ageBand: 'UNKNOWN', signsOfChildhood: true })).toEqual(['here', 'protectia-copilului']);
    expect(told([centre('here')], { ageBand: 'UNKNOWN' })).toEqual(['here']);
  });
});

describe('what a notification owes', () => {
  const owed = (...events: readonly Given[]) =>
    caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => ['basic-needs', 'case-manager', 'notification-opening', 'notification-escalation'].includes(name));
  const names = (...events: readonly Given[]) => owed(...events).map(({ name }) => name);
  const found = notified({}, POLICE);
  const led: Given = { type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' } };
  const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p', reason: 'DUPLICATE', unmetNeeds: [] } };
  const erasing: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };

  it('is basic needs within a day from who found her, until they were met or refused, and a case manager within a working day', () => {
    expect(owed(...found)).toEqual([
      { name: 'basic-needs', key: 'case', dueAt: '2026-03-11T08:00:00.000Z', owedBy: { organisation: 'politia-exemplu' } },
      { name: 'case-manager', key: 'case', dueAt: '2026-03-11T22:00:00.000Z', owedBy: { role: 'NRM_COORD' } },
    ]);
    expect(names(...found, { type: 'BasicNeedsMet', data: { met: [], refused: ['SLEEP'] } })).toEqual(['case-manager']);
    expect(owed(...found, led)).toMatchObject([{ name: 'basic-needs', owedBy: { organisation: 'casa-lumina' } }]);
  });

  it('is no case manager where the body that received her back leads already', () => {
    expect(names(...found, { type: 'HandoverAccepted', data: { returnId: 'r', receiver: 'asociatia-punte' } })).toEqual(['basic-needs']);
  });

  it('is nothing of that once the case is closed, and not even to look at danger once erasure was ordered', () => {
    expect(names(...found, closed)).toEqual([]);
    expect(names(...notified({ danger: true }, POLICE))).toEqual(['notification-opening', 'notification-escalation', 'basic-needs', 'case-manager']);
    expect(names(...notified({ danger: true }, POLICE), erasing)).toEqual([]);
  });

  it('is told again in danger alone, and not once somebody opened it', () => {
    const again = { type: 'EscalateNotification', body: {} };
    const late = { ...CLOCK, now: '2026-03-10T12:00:00.000Z' };
    given(...found).when(again, late).thenNothing();
    given(...notified({ danger: true }, POLICE), { type: 'NotificationOpened', data: {}, metadata: { organisation: 'centrul-coordonare' } }).when(again, late).thenNothing();
  });
});

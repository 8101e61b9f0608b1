import { describe, expect, it } from '@jest/globals';
import { caseWorkflow, liveConsent } from '#casework';
import type { Given } from '#kernel';
import { aChild, documented, given } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const guardian = (guardianId: string, type: string): Given => ({ type: 'GuardianAppointed', data: { guardianId, type } });
const parent = guardian('g1', 'PARENT');
const flagged = (guardianId: string): Given => ({ type: 'GuardianConflictFlagged', data: { guardianId } });
const heard: Given = { type: 'ChildAssentRecorded', data: { outcome: 'ASSENTED' } };
const consent = (consentId: string, giver: string, recipient = 'clinica-aurora', occurredAt = '2026-03-10T08:00:00.000Z', purpose = 'SERVICE_DELIVERY'): Given => ({
  type: 'ConsentGiven', data: { consentId, purpose, recipient, giver, form: 'WRITTEN', infoSheetVersion: '1' }, metadata: { occurredAt },
});
const withdrawn: Given = { type: 'ConsentWithdrawn', data: { consentId: 'c1', by: 'PERSON' } };
const reached = (occurredAt = '2026-03-10T08:00:00.000Z'): Given => ({ type: 'MajorityReached', data: {}, metadata: { occurredAt } });
const grown: Given = { type: 'AgeRecorded', data: { ageBand: '26-40', ageStatus: 'DOCUMENTED' } };
const majority = { type: 'RecordMajority', body: {} };
const erasing: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
const owed = (name: string, ...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).filter((duty) => duty.name === name).map(({ key }) => key);

describe('a guardian in conflict', () => {
  it('shuts what a guardian of its kind agreed to, and nothing that another agreed to (INV-16)', () => {
    const story = [...aChild(), parent, guardian('g2', 'PUBLIC'), heard, consent('c1', 'GUARDIAN'), consent('c2', 'PUBLIC_GUARDIAN', 'casa-verde')];
    const open = (...events: readonly Given[]) =>
      ['clinica-aurora', 'casa-verde'].map((to) => liveConsent(given(...story, ...events).state.facts, 'SERVICE_DELIVERY', to, '2026-03-11T08:00:00.000Z') !== undefined);
    expect([open(), open(flagged('g1')), open(flagged('g2'))]).toEqual([[true, true], [false, true], [true, false]]);
  });

  it('leaves a guardian to be found while the case is open, and nobody once she is to be forgotten', () => {
    const story = [...aChild(), parent, flagged('g1')];
    expect(owed('guardian-appointment', ...story)).toEqual(['case']);
    expect(owed('guardian-appointment', ...story, { type: 'CaseClosed', data: { proposalId: 'p', reason: 'DUPLICATE', unmetNeeds: [] } })).toEqual([]);
    expect(owed('guardian-appointment', ...story, erasing)).toEqual([]);
  });
});

describe('coming of age', () => {
  it('is recorded once, also where what a guardian agreed to still runs, and for that alone too', () => {
    const story = [...aChild(), consent('c1', 'GUARDIAN'), grown];
    given(...story).when(majority).then({ type: 'MajorityReached', data: {} });
    given(...story, reached()).when(majority).thenNothing();
    given(...story, withdrawn).when(majority).thenNothing();
  });

  it('leaves no sealed day to wait for', () => {
    const born: Given = { type: 'IdentityRecorded', data: { fieldsPresent: ['dateOfBirth'], basis: 'CHILD_PROTECTION_DUTY', personal: { majority: { reference: 'm1', commitment: '' } } } };
    expect(given(...documented('14-17'), born).state.facts.majorityDays).toHaveLength(1);
    expect(given(...documented('14-17'), born, reached()).state.facts.majorityDays).toEqual([]);
  });
});

describe('who is asked anew (R-4)', () => {
  const story = [...documented('14-17'), parent, consent('c1', 'GUARDIAN')];
  const asked = (...events: readonly Given[]) => owed('majority-reask', ...story, ...events);

  it('answers with a consent of her own for the same purpose and the same body, from that very moment on', () => {
    expect(asked(reached())).toEqual(['c1']);
    expect(asked(reached(), consent('c2', 'SELF'))).toEqual([]);
    expect(asked(reached(), consent('c2', 'SELF', 'casa-verde'))).toEqual(['c1']);
    expect(asked(reached(), consent('c2', 'SELF', 'clinica-aurora', '2026-03-10T08:00:00.000Z', 'REFERRAL'))).toEqual(['c1']);
  });

  it('is asked about what her guardian agreed to after the day that is told late', () => {
    expect(owed('majority-reask', ...documented('14-17'), parent, consent('c1', 'GUARDIAN', 'clinica-aurora', '2026-03-10T09:00:00.000Z'), reached('2026-03-09T08:00:00.000Z'))).toEqual(['c1']);
  });

  it('is asked nothing while her age is in doubt again, or once she is to be forgotten', () => {
    expect(asked(reached(), { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DISPUTED' } })).toEqual([]);
    expect(asked(reached(), erasing)).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { caseWorkflow, isLive, liveConsent } from '#casework';
import type { Given } from '#kernel';
import { NEW_ID, NOW, aChild, given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const CHILD_PROTECTION = { organisation: 'protectia-copilului', role: 'CP_AUTH', actor: 'inspector-1' } as const;
const appoint = { type: 'AppointGuardian', body: { type: 'PUBLIC', organisation: 'protectia-copilului', mandate: 'decision' } };
const parent = { type: 'GuardianAppointed', data: { guardianId: 'g1', type: 'PARENT' } };
const flag = { type: 'FlagGuardianConflict', body: { guardianId: 'g1', suspicion: 'words' } };
const flagged = { type: 'GuardianConflictFlagged', data: { guardianId: 'g1' } };

const owesGuardian = (state: Parameters<typeof caseWorkflow.duties>[0]) =>
  caseWorkflow.duties(state, REFERENCE).some(({ name }) => name === 'guardian-appointment');

describe('a guardian', () => {
  it('is appointed by child protection, for a minor', () => {
    const data = { type: 'PUBLIC', organisation: 'protectia-copilului', guardianId: NEW_ID };
    given(...aChild()).when(appoint, CHILD_PROTECTION).then({ type: 'GuardianAppointed', data, seals: ['evidence'] });
    given(...aChild()).when(appoint).thenRejects('role-not-allowed');
    given(...notified()).when(appoint, CHILD_PROTECTION).thenRejects('not-a-minor');
  });

  it('is owed as long as none without conflict speaks for the child', () => {
    expect(owesGuardian(given(...notified()).state)).toBe(false);
    expect(owesGuardian(given(...aChild()).state)).toBe(true);
    expect(owesGuardian(given(...aChild(), parent).state)).toBe(false);
    expect(owesGuardian(given(...aChild(), parent, flagged).state)).toBe(true);
  });

  it('is barred at once when flagged, by whoever sees it, once', () => {
    given(...aChild(), parent).when(flag).then({ ...flagged, seals: ['narrative'] });
    given(...aChild(), parent, flagged).when(flag).thenNothing();
    given(...aChild()).when(flag).thenRejects('not-found');
  });

  it('found in conflict leaves no consent that opens anything new, also once another guardian speaks; what runs goes on', () => {
    const assented = { type: 'ChildAssentRecorded', data: { outcome: 'ASSENTED' } };
    const given_ = { type: 'ConsentGiven', data: { consentId: 'c1', purpose: 'REFERRAL', recipient: 'casa-verde', giver: 'GUARDIAN', form: 'WRITTEN', infoSheetVersion: '1' } };
    const opens = (...events: readonly (typeof parent | typeof given_ | typeof flagged)[]) =>
      liveConsent(given(...aChild(), parent, assented, given_, ...events).state.facts, 'REFERRAL', 'casa-verde', '2030-01-01T00:00:00.000Z') !== undefined;
    expect(opens()).toBe(true);
    expect(opens(flagged)).toBe(false);
    expect(opens(flagged, { type: 'GuardianAppointed', data: { guardianId: 'g2', type: 'RELATIVE' } })).toBe(false);
    expect(given(...aChild(), parent, assented, given_, flagged).state.facts.consents.every((one) => isLive(one, '2030-01-01T00:00:00.000Z'))).toBe(true);
  });

  it('is replaced by another', () => {
    const replace = { type: 'ReplaceGuardian', body: { ...appoint.body, guardianId: 'g1' } };
    const data = { type: 'PUBLIC', organisation: 'protectia-copilului', guardianId: NEW_ID, replaces: 'g1' };
    given(...aChild(), parent, flagged).when(replace, CHILD_PROTECTION).then({ type: 'GuardianReplaced', data, seals: ['evidence'] });
    const { facts } = given(...aChild(), parent, { type: 'GuardianReplaced', data: { ...data, guardianId: 'g2' } }).state;
    expect(facts.guardians).toEqual([{ guardianId: 'g2', type: 'PUBLIC', organisation: 'protectia-copilului', conflicted: false }]);
  });
});

describe('majority', () => {
  const majority = { type: 'RecordMajority', body: {} };
  const documented = { type: 'AgeRecorded', data: { ageBand: '14-17', ageStatus: 'DOCUMENTED' } };

  it('ends guardianship on a documented age, never on a claim', () => {
    given(...aChild()).when(majority).thenRejects('age-needs-document');
    given(...aChild(), documented).when(majority).then({ type: 'MajorityReached', data: {} });
    given(...notified()).when(majority).thenNothing();
    expect(given(...aChild(), parent, documented, { type: 'MajorityReached', data: {} }).state.facts.guardians).toEqual([]);
  });

  it('is said by the clock of a birthday, and by no other system', () => {
    const clock = { role: 'CLOCK', human: false } as const;
    given(...aChild(), parent, documented).when(majority, clock).then({ type: 'MajorityReached', data: { by: 'BIRTHDAY' } });
    given(...aChild(), parent).when(majority, clock).thenRejects('age-needs-document');
    given(...aChild(), parent, documented).when(majority, { human: false }).thenRejects('human-required');
    given(...aChild(), parent, documented, { type: 'MajorityReached', data: {} }).when(majority, clock).thenNothing();
  });

  const consentOf = (giver: string, consentId: string, more: object = {}) => ({
    type: 'ConsentGiven', data: { consentId, purpose: 'SERVICE_DELIVERY', recipient: 'clinica-aurora', giver, form: 'WRITTEN', infoSheetVersion: '1' }, ...more,
  });
  const reached = { type: 'MajorityReached', data: {} };
  const asked = (...events: readonly Given[]) =>
    caseWorkflow.duties(given(...aChild(), parent, consentOf('GUARDIAN', 'c1'), documented, ...events).state, REFERENCE).filter(({ name }) => name === 'majority-reask');

  it('leaves what runs, and asks the person about it within thirty days (R-4)', () => {
    expect(asked()).toEqual([]);
    expect(asked(reached)).toEqual([{ name: 'majority-reask', key: 'c1', dueAt: '2026-04-09T21:00:00.000Z', owedBy: { role: 'CM' } }]);
    expect(asked(reached, consentOf('SELF', 'c2', { metadata: { occurredAt: NOW } }))).toEqual([]);
    expect(asked(reached, { type: 'ConsentWithdrawn', data: { consentId: 'c1', by: 'PERSON' }, metadata: { occurredAt: NOW } })).toEqual([]);
  });

  it('by birthday was up to a week before it is told: the thirty days count from there', () => {
    const told = { type: 'MajorityReached', data: { by: 'BIRTHDAY' } };
    expect(asked(told)).toMatchObject([{ dueAt: '2026-04-02T21:00:00.000Z' }]);
    expect(asked(told, consentOf('SELF', 'c2', { metadata: { occurredAt: '2026-03-04T09:00:00.000Z' } }))).toEqual([]);
    expect(asked(told, consentOf('SELF', 'c2', { metadata: { occurredAt: '2026-03-02T09:00:00.000Z' } }))).toHaveLength(1);
  });

  it('is recorded also after a document said how old the person is, as long as a guardian would still speak', () => {
    const grown = { type: 'AgeRecorded', data: { ageBand: '26-40', ageStatus: 'DOCUMENTED' } };
    given(...aChild(), parent, grown).when(majority).then(reached);
    given(...aChild(), parent, grown, reached).when(majority).thenNothing();
    expect(given(...aChild(), parent, grown, reached).state.facts).toMatchObject({ ageBand: '26-40', guardians: [] });
  });
});

import { describe, expect, it } from '@jest/globals';
import { caseWorkflow, liveConsent } from '#casework';
import type { Given } from '#kernel';
import { shippedReference } from '#mechanism';
import { NOW, aChild, consented, documented, given, informed, notified } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, REFERENCE } from '../../../../../test/support/reference.js';

const UNITED_KINGDOM = { reference: shippedReference('UK', ORGANISATIONS) };
const POLICE = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-1' } as const;
const age = (body: object) => ({ type: 'RecordAge', body });
const identity = (body: object) => ({ type: 'RecordIdentity', body });
const disputed: Given = { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DISPUTED' } };

describe('age', () => {
  it('is recorded anew with another status, or with what proves it', () => {
    const claimed: Given = { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'CLAIMED' } };
    given(...notified(), claimed).when(age({ ageBand: '18-25', ageStatus: 'DOCUMENTED' })).then({ type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DOCUMENTED' } });
    given(...notified(), claimed).when(age({ ageBand: '18-25', ageStatus: 'CLAIMED', evidence: 'words' })).then({ ...claimed, seals: ['evidence'] });
  });

  it('ends minor rules on a document that is named, by the word of a person, never on a code (A2, R-4)', () => {
    const adult = { ageBand: '18-25', ageStatus: 'DOCUMENTED' };
    given(...aChild()).when(age(adult)).thenRejects('age-needs-document');
    given(...aChild()).when(age({ ...adult, ageStatus: 'CLAIMED', evidence: 'she says so' })).thenRejects('age-needs-document');
    given(...aChild()).when(age({ ...adult, evidence: 'passport' }), { human: false, actor: 'system' }).thenRejects('human-required');
    given(...aChild()).when(age({ ...adult, evidence: 'passport' })).then({ type: 'AgeRecorded', data: adult, seals: ['evidence'] });
  });

  it('of an adult is told to nobody, whoever knows of the case', () => {
    const data = { ageBand: '26-40', ageStatus: 'DOCUMENTED' };
    given(...notified({ routedTo: [] })).when(age(data)).then({ type: 'AgeRecorded', data });
  });

  it('of a child whose age is disputed is told to nobody a second time', () => {
    given(...aChild()).when(age({ ageBand: '14-17', ageStatus: 'DISPUTED' })).then({ type: 'AgeRecorded', data: { ageBand: '14-17', ageStatus: 'DISPUTED' } });
  });

  it('that a document settles ends what a guardian could open (R-4)', () => {
    const agreed = consented('REFERRAL', 'casa-verde', { giver: 'GUARDIAN' });
    const guardian: Given = { type: 'GuardianAppointed', data: { guardianId: 'g', type: 'PARENT' } };
    const heard: Given = { type: 'ChildAssentRecorded', data: { outcome: 'ASSENTED' } };
    const opens = (...events: readonly Given[]) => liveConsent(given(...aChild(), informed, guardian, heard, agreed, ...events).state.facts, 'REFERRAL', 'casa-verde', NOW) !== undefined;
    const settled = (ageBand: string): Given => ({ type: 'AgeRecorded', data: { ageBand, ageStatus: 'DOCUMENTED' } });
    expect([opens(), opens(settled('14-17')), opens(settled('18-25'))]).toEqual([true, true, false]);
  });
});

describe('identity', () => {
  it('has a field at least', () => {
    given(...aChild()).when(identity({})).thenRejects('identity-empty');
  });

  it('in a country that asks for consent rests on no application, and names no provision', () => {
    given(...notified(), informed, consented('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu')).when(identity({ name: 'N' }), { ...POLICE, ...UNITED_KINGDOM }).thenRejects('identity-without-basis');
    const agreed = given(...notified(), informed, consented('IDENTITY_RECORDING'));
    const data = { fieldsPresent: ['name'], basis: 'CONSENT' };
    agreed.when(identity({ name: 'N', legalProvision: 'law-1' }), { ...POLICE, ...UNITED_KINGDOM }).then({ type: 'IdentityRecorded', data, seals: ['identity'] });
  });

  it('of a child names no provision either', () => {
    const data = { fieldsPresent: ['name'], basis: 'CHILD_PROTECTION_DUTY' };
    given(...aChild()).when(identity({ name: 'N', legalProvision: 'law-1' }), POLICE).then({ type: 'IdentityRecorded', data, seals: ['identity'] });
  });

  it('rests on a consent that names who records, or names nobody', () => {
    const by = (recipient?: string) => given(...notified(), informed, consented('IDENTITY_RECORDING', recipient)).when(identity({ name: 'N' }));
    expect(by().decided()).toHaveLength(1);
    expect(by('casa-lumina').decided()).toHaveLength(1);
    by('clinica-aurora').thenRejects('identity-without-basis');
  });
});

describe('a date of birth', () => {
  const agreed = [informed, consented('IDENTITY_RECORDING')];
  const seals = (story: readonly Given[], dateOfBirth: string) => given(...story).when(identity({ dateOfBirth })).decided()[0]?.seals;

  it('is kept with the day of majority of whoever is a child by it, up to the day before', () => {
    expect(seals([...notified(), ...agreed], '2008-03-11')).toEqual(['identity', 'majority']);
    expect(seals([...notified(), ...agreed], '2008-03-10')).toEqual(['identity']);
  });

  it('is kept with it of whoever is a child by rule, whatever it says (INV-9)', () => {
    expect(seals([...notified(), disputed], '1990-03-10')).toEqual(['identity', 'majority']);
  });

  it('that the same organisation corrects takes the place of what it said before', () => {
    const said = (organisation: string, reference: string): Given => ({
      type: 'IdentityRecorded', data: { fieldsPresent: ['dateOfBirth'], basis: 'CHILD_PROTECTION_DUTY', personal: { majority: { reference, commitment: '' } } }, metadata: { organisation },
    });
    const { facts } = given(...documented('14-17'), said('casa-lumina', 'm1'), said('clinica-aurora', 'm2'), said('casa-lumina', 'm3')).state;
    expect(facts.majorityDays).toEqual([{ organisation: 'clinica-aurora', reference: 'm2' }, { organisation: 'casa-lumina', reference: 'm3' }]);
  });
});

describe('basic needs', () => {
  it('that she all refuses are recorded, and nothing where there is nothing', () => {
    const refused = { met: [], refused: ['FOOD', 'SLEEP'] };
    given(...notified()).when({ type: 'RecordBasicNeeds', body: refused }).then({ type: 'BasicNeedsMet', data: refused });
    given(...notified()).when({ type: 'RecordBasicNeeds', body: { met: [], refused: [] } }).thenNothing();
  });
});

describe('what is kept', () => {
  it('is nobody’s to look after once its erasure was ordered', () => {
    const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p1', reason: 'GOALS_MET', unmetNeeds: [] } };
    const kept = (...events: readonly Given[]) => caseWorkflow.duties(given(...notified(), closed, ...events).state, REFERENCE).filter(({ name }) => name === 'retention');
    expect(kept()).toHaveLength(1);
    expect(kept({ type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } })).toEqual([]);
  });
});

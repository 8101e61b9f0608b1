import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, type IdentificationStatus, NO_FACTS } from '#casework';
import type { Recorded } from '#kernel';
import type { Organisation, Role } from '#mechanism';
import { DECISION_MAKERS, htcdsOf, TRAFFICKING_STATUSES } from './htcds.js';

const organisations = new Map<string, Pick<Organisation, 'kind'>>([
  ['casa-lumina', { kind: 'NGO' }], ['politia-exemplu', { kind: 'LAW_ENFORCEMENT' }], ['inspectia-exemplu', { kind: 'PUBLIC' }], ['parchet-exemplu', { kind: 'PUBLIC' }], ['linia-verde', { kind: 'NGO' }],
]);
const event = (type: string, organisation: string, role: Role, data: object = {}) => ({ type, data, metadata: { organisation, role } }) as unknown as Recorded;
const notified = (organisation = 'inspectia-exemplu', role: Role = 'LAB') => event('CaseNotified', organisation, role);
const presumed = event('VictimPresumed', 'casa-lumina', 'CM', { deciderRole: 'CM' });
const declined = event('FormalIdentificationDeclined', 'clinica-aurora', 'SP', { reason: 'FEAR' });
const decided = (type: string, authority: string, deciderRole: Role) => event(type, 'casa-lumina', 'CM', { authority, deciderRole });
const fields = (facts: Partial<CaseFacts> = {}, ...events: readonly Recorded[]) => htcdsOf({ facts: { ...NO_FACTS, ...facts }, events: events.length === 0 ? [notified()] : events, organisations });
const status = (identification: IdentificationStatus, ...events: readonly Recorded[]) => {
  const { vic_TraffickingStatus: is, vic_TraffickingStatusDecisionMakingOrg: by } = fields({ identification }, ...events);
  return [is, by];
};

describe('the status of a victim in HTCDS', () => {
  it.each<[IdentificationStatus, readonly (string | undefined)[], readonly Recorded[]]>([
    ['POTENTIAL', ['PossibleVictimOfTrafficking', 'NonPoliceGovernmentalOrganization'], [notified()]],
    ['PRESUMED', ['PossibleVictimOfTrafficking', 'NGO'], [notified(), presumed]],
    ['PRESUMED_DECLINED', ['PossibleVictimOfTrafficking', 'NGO'], [notified(), presumed, declined]],
    ['IDENTIFIED', ['ActualVictimOfTrafficking', 'Police'], [notified(), presumed, decided('VictimFormallyIdentified', 'politia-exemplu', 'LE')]],
    ['NOT_IDENTIFIED', ['NotAVictimOfTrafficking', 'CourtOrProsecution'], [notified(), presumed, decided('FormalIdentificationRefused', 'parchet-exemplu', 'PROS')]],
    // What was refused is looked at again: it is possible, as those said who presumed it.
    ['RECONSIDERATION', ['PossibleVictimOfTrafficking', 'NGO'], [notified(), presumed, decided('FormalIdentificationRefused', 'politia-exemplu', 'LE')]],
    // no indication at present is not "not a victim". Nobody asserts anything.
    ['NOT_PRESUMED', [undefined, undefined], [notified(), event('ScreenedOut', 'casa-lumina', 'CM')]],
    ['NONE', [undefined, undefined], [notified()]],
  ])('of %s is %j', (identification, expected, events) => {
    expect(status(identification, ...events)).toEqual(expected);
  });

  it('stands with the type of the organisation that asserted it, or not at all', () => {
    const [without] = [fields({ identification: 'NOT_PRESUMED' })];
    expect(Object.keys(without).filter((name) => name.startsWith('vic_TraffickingStatus'))).toEqual([]);
    expect(status('POTENTIAL', notified('linia-verde', 'PERSON'))).toEqual(['PossibleVictimOfTrafficking', 'Other']);
    expect(status('POTENTIAL', notified('nobody-knows', 'DETECT'))).toEqual(['PossibleVictimOfTrafficking', 'Other']);
    expect(status('IDENTIFIED', decided('VictimFormallyIdentified', 'casa-lumina', 'ID_AUTH'))).toEqual(['ActualVictimOfTrafficking', 'NGO']);
    expect(status('POTENTIAL', notified('politia-exemplu', 'LE'))[1]).toBe('Police');
    expect([DECISION_MAKERS.length, TRAFFICKING_STATUSES.length]).toEqual([5, 3]);
  });
});

describe('a case in HTCDS', () => {
  it.each([
    ['SEXUAL', ['SexualExploitation']], ['LABOUR', ['ForcedLabour']], ['OTHER', ['Other']], ['UNKNOWN', undefined],
  ] as const)('has the form %s as %j: what the standard has no word for goes to Other', (form, expected) => {
    expect(fields({ form }).vic_TypeOfExploitation).toEqual(expected);
  });

  it.each([['FEMALE', 'Feminine'], ['MALE', 'Masculine'], ['OTHER', 'NonSpecifiedUnknown'], ['UNKNOWN', 'NonSpecifiedUnknown']] as const)('has %s as %s, and guesses nothing', (sex, expected) => {
    expect(fields({ sex }).prs_Gender).toBe(expected);
  });

  it.each([['OPEN_INTAKE', 'Active'], ['ACTIVE', 'Active'], ['FOLLOW_UP', 'FollowUp'], ['CLOSED', 'Closed'], ['CLOSED_REFERRED', 'ClosedReferred'], ['NONE', undefined]] as const)('that is %s is %s', (assistance, expected) => {
    expect(fields({ assistance }).cas_Status).toBe(expected);
  });

  it('names a citizenship only where the log knows the country', () => {
    expect(fields({ citizenship: 'THIS_COUNTRY', country: 'RO' }).prs_Citizenship).toEqual(['RO']);
    for (const citizenship of ['OTHER_EU', 'OTHER', 'UNKNOWN'] as const) expect('prs_Citizenship' in fields({ citizenship })).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import { caseWorkflow } from '#casework';
import { NEW_ID, aChild, consented, given, informed, notified, presumed } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const give = (more: object = {}) => ({
  type: 'GiveConsent',
  body: { purpose: 'REFERRAL', recipient: 'clinica-aurora', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1', ...more },
});
const withdraw = { type: 'WithdrawConsent', body: { consentId: 'consent-REFERRAL', by: 'PERSON' } };
const withdrawn = { type: 'ConsentWithdrawn', data: { consentId: 'consent-REFERRAL', by: 'PERSON' } };
const guardian = (type: string, guardianId = 'g1') => ({ type: 'GuardianAppointed', data: { guardianId, type } });
const conflict = { type: 'GuardianConflictFlagged', data: { guardianId: 'g1' } };
const assented = { type: 'ChildAssentRecorded', data: { outcome: 'ASSENTED' } };
const SUPERVISOR = { role: 'SUP', actor: 'supervisor-1' } as const;
const CLOCK = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false } as const;

describe('consent of an adult', () => {
  it('holds for one purpose and one recipient, until the policy ends it', () => {
    const data = { ...give().body, consentId: NEW_ID, expiresAt: '2026-06-08T21:00:00.000Z' };
    given(...notified(), informed).when(give()).then({ type: 'ConsentGiven', data });
    const sealed = given(...notified(), informed).when(give({ evidence: 'witness' })).decided();
    expect(sealed[0]).toMatchObject({ seals: ['evidence'] });
    expect(sealed[0]?.data).not.toHaveProperty('evidence');
  });

  it('comes after the rights information and, where needed, an interpreter (R-5)', () => {
    given(...notified()).when(give()).thenRejects('rights-not-informed');
    const foreign = [...notified({ interpreterNeeded: true }), informed];
    given(...foreign).when(give()).thenRejects('interpreter-missing');
    given(...foreign, { type: 'InterpreterProvided', data: { mode: 'REMOTE' } }).when(give()).decided();
  });

  it('names a recipient where the purpose has one, an active one, and countries across borders', () => {
    const story = given(...notified(), informed);
    story.when({ type: 'GiveConsent', body: { purpose: 'REFERRAL', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '1' } }).thenRejects('recipient-missing');
    story.when(give({ recipient: 'nobody-knows' })).thenRejects('recipient-unknown');
    story.when(give({ recipient: 'casa-inchisa' })).thenRejects('recipient-unknown');
    story.when(give({ purpose: 'INTERVIEW' })).thenRejects('recipient-not-fitting');
    story.when(give({ purpose: 'CROSS_BORDER', recipient: 'rifugio-ponte' })).thenRejects('country-missing');
  });

  it('is not dated before the rights information; senders round to the minute', () => {
    const told = { ...informed, metadata: { occurredAt: '2026-03-10T08:00:40.000Z' } };
    const consent = { type: 'GiveConsent', body: { purpose: 'ASSESSMENT', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' } };
    given(...notified(), told).when(consent, { occurredAt: '2026-03-10T07:59:59.000Z' }).thenRejects('before-its-ground');
    expect(given(...notified(), told).when(consent, { occurredAt: '2026-03-10T08:00:00.000Z' }).decided()).toHaveLength(1);
    // Told a second time: what was agreed between the two stands.
    const again = { ...informed, metadata: { occurredAt: '2026-03-10T08:30:00.000Z' } };
    expect(given(...notified(), told, again).when(consent, { occurredAt: '2026-03-10T08:15:00.000Z' }).decided()).toHaveLength(1);
  });

  it('of a court names the decision, which is sealed', () => {
    const body = { purpose: 'ASSESSMENT', giver: 'COURT', form: 'WRITTEN', infoSheetVersion: '2026-1' };
    given(...aChild(), informed).when({ type: 'GiveConsent', body }).thenRejects('court-decision-missing');
    const [event] = given(...aChild(), informed).when({ type: 'GiveConsent', body: { ...body, courtDecision: '17/2026' } }).decided();
    expect(event?.seals).toEqual(['proceedings']);
    expect(JSON.stringify(event?.data)).not.toContain('17/2026');
    // It decides for a child, by the word of a person: 8.2 leaves vital acts only for an adult who can not consent.
    const decided = { type: 'GiveConsent', body: { ...body, courtDecision: '17/2026' } };
    given(...aChild(), informed).when(decided, { human: false }).thenRejects('human-required');
    given(...notified(), informed).when(decided).thenRejects('court-consent-for-adult');
  });

  it('to a return is written, or marked by her hand where she does not write (6.3 T3)', () => {
    const agrees = (form: string, purpose = 'RETURN') => ({ type: 'GiveConsent', body: { purpose, recipient: 'podul-intoarcerii', giver: 'SELF', form, infoSheetVersion: '2026-1' } });
    for (const form of ['ORAL_WITNESSED', 'SIGN_LANGUAGE']) {
      expect(given(...notified(), informed).when(agrees(form)).thenRejects('consent-not-written').details).toEqual({ fields: ['/form'] });
      expect(given(...notified(), informed).when(agrees(form, 'REFERRAL')).decided()).toHaveLength(1);
    }
    for (const form of ['WRITTEN', 'THUMB']) expect(given(...notified(), informed).when(agrees(form)).decided()).toHaveLength(1);
  });
  it('is given in person', () => {
    given(...notified(), informed).when(give({ giver: 'GUARDIAN' })).thenRejects('guardian-consent-for-adult');
  });
});

describe('withdrawal', () => {
  const consent = [...notified(), informed, consented('REFERRAL', 'clinica-aurora')];

  it('is accepted by anyone in contact, and said twice holds once (INV-12)', () => {
    for (const role of ['CM', 'LE', 'PERSON', 'GUARD', 'DPO'] as const) given(...consent).when(withdraw, { role }).then(withdrawn);
    given(...consent, withdrawn).when(withdraw).thenNothing();
  });

  it('is accepted on a closed and on an erased case', () => {
    const erased = [{ type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } }, { type: 'IdentityErased', data: {} }];
    given(...consent, ...erased).when(withdraw).then(withdrawn);
  });

  it('is about a consent of this case', () => {
    given(...notified()).when(withdraw).thenRejects('not-found');
  });
});

describe('expiry', () => {
  const over = consented('REFERRAL', 'clinica-aurora', { expiresAt: '2026-03-10T08:30:00.000Z' });
  const expire = { type: 'ExpireConsent', body: { consentId: 'consent-REFERRAL' } };

  it('is owed by the clock, recorded once, and not before its time', () => {
    const story = given(...notified(), informed, over);
    const duty = caseWorkflow.duties(story.state, REFERENCE).find(({ name }) => name === 'consent-expiry');
    expect(duty).toMatchObject({ dueAt: '2026-03-10T08:30:00.000Z', command: expire });
    story.when(expire, CLOCK).then({ type: 'ConsentExpired', data: { consentId: 'consent-REFERRAL' } });
    given(...notified(), informed, over, { type: 'ConsentExpired', data: { consentId: 'consent-REFERRAL' } }).when(expire, CLOCK).thenNothing();
    story.when(expire, { ...CLOCK, now: '2026-03-10T08:29:00.000Z' }).thenRejects('not-due');
  });
});

describe('consent for a minor', () => {
  it('is never the child’s own, nor a person’s whose age is disputed (R-4)', () => {
    given(...aChild(), informed).when(give()).thenRejects('self-consent-by-minor');
    const disputed = { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DISPUTED' } };
    given(...notified(), informed, disputed).when(give()).thenRejects('self-consent-by-minor');
  });

  it('is a guardian’s, with the child heard', () => {
    given(...aChild(), informed).when(give({ giver: 'GUARDIAN' })).thenRejects('guardian-missing');
    given(...aChild(), informed, guardian('PARENT')).when(give({ giver: 'GUARDIAN' })).thenRejects('assent-missing');
    given(...aChild(), informed, guardian('PARENT'), assented).when(give({ giver: 'GUARDIAN' })).decided();
    const objected = { type: 'ChildAssentRecorded', data: { outcome: 'OBJECTED' } };
    given(...aChild(), informed, guardian('PARENT'), assented, objected).when(give({ giver: 'GUARDIAN' })).thenRejects('assent-missing');
  });

  it('is not a guardian’s in conflict; another guardian speaks as what they are (INV-16)', () => {
    const story = [...aChild(), informed, guardian('PARENT'), conflict, assented];
    given(...story).when(give({ giver: 'GUARDIAN' })).thenRejects('guardian-conflicted');
    given(...story, guardian('PUBLIC', 'g2')).when(give({ giver: 'GUARDIAN' })).thenRejects('guardian-conflicted');
    given(...story, guardian('PUBLIC', 'g2')).when(give({ giver: 'PUBLIC_GUARDIAN' })).decided();
  });

  it.each(['GUARDIAN', 'COURT'])('of a %s opens nothing new once minor rules ended (R-4)', (giver) => {
    const story = [...aChild(), informed, guardian('PARENT'), assented, consented('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu', { giver })];
    const ask = { type: 'RequestFormalIdentification', body: { authority: 'politia-exemplu' } };
    given(...story, presumed).when(ask).decided();
    given(...story, presumed, { type: 'MajorityReached', data: {} }).when(ask).thenRejects('consent-missing');
    given(...story, presumed, { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DOCUMENTED' } }).when(ask).thenRejects('consent-missing');
  });

  it.each([['ChildAssentRecorded', { outcome: 'OBJECTED' }], ['WithdrawalStated', { purpose: 'GROUP', by: 'PERSON', medium: 'PHONE' }]])(
    'given before the child objected (%s) opens nothing new, a court’s does',
    (type, data) => {
      const agreed = (giver: string) => [...aChild(), informed, guardian('PARENT'), assented, presumed, consented('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu', { giver })];
      const ask = { type: 'RequestFormalIdentification', body: { authority: 'politia-exemplu' } };
      given(...agreed('GUARDIAN'), { type, data }).when(ask).thenRejects('consent-missing');
      given(...agreed('GUARDIAN'), { type, data }, assented).when(ask).decided();
      given(...agreed('COURT'), { type, data }).when(ask).decided();
    },
  );
});

describe('assent', () => {
  const hear = (outcome: string) => ({ type: 'RecordAssent', body: { outcome, views: 'words' } });

  it('is heard from the age that the policy names', () => {
    given(...aChild()).when(hear('ASSENTED')).then({ type: 'ChildAssentRecorded', data: { outcome: 'ASSENTED' }, seals: ['narrative'] });
    given(...aChild()).when(hear('BELOW_ASSENT_AGE')).thenRejects('child-must-be-heard');
    given(...notified({ ageBand: '0-13' })).when(hear('BELOW_ASSENT_AGE')).decided();
    given(...notified()).when(hear('ASSENTED')).thenRejects('not-a-minor');
  });
});

describe('disclosure without consent', () => {
  const disclose = (ground: string) => ({
    type: 'DiscloseWithoutConsent', body: { ground, recipient: 'clinica-aurora', contents: ['MEDICAL_URGENCY'], reason: 'words' },
  });
  const made = { type: 'DisclosureWithoutConsentMade', data: { overrideId: 'o1', ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: [] } };
  const review = { type: 'ReviewOverride', body: { overrideId: 'o1', result: 'NOT_UPHELD' } };

  it('acts at once, by a person, and owes the look of a second one (R-3)', () => {
    const data = { ground: 'RISK_TO_LIFE', recipient: 'clinica-aurora', contents: ['MEDICAL_URGENCY'], overrideId: NEW_ID };
    given(...notified()).when(disclose('RISK_TO_LIFE')).then({ type: 'DisclosureWithoutConsentMade', data, seals: ['narrative'] });
    given(...notified()).when(disclose('RISK_TO_LIFE'), { human: false }).thenRejects('human-required');
    const duties = caseWorkflow.duties(given(...notified(), made).state, REFERENCE);
    const command = { type: 'ReportOverdueReview', body: { overrideId: 'o1' } };
    expect(duties).toContainEqual({ name: 'override-review', key: 'o1', dueAt: '2026-03-11T08:00:00.000Z', owedBy: { role: 'SUP' }, command });
  });

  it('for child protection needs a child', () => {
    given(...notified()).when(disclose('CHILD_PROTECTION_DUTY')).thenRejects('ground-does-not-fit');
    given(...aChild()).when(disclose('CHILD_PROTECTION_DUTY')).decided();
  });

  it('is reviewed by another person, and shuts when it is not upheld', () => {
    given(...notified(), made).when(review, { ...SUPERVISOR, actor: 'worker-1' }).thenRejects('second-person-required');
    given(...notified(), made).when(review, SUPERVISOR).then({ type: 'OverrideReviewed', data: { overrideId: 'o1', result: 'NOT_UPHELD' } });
    const { state } = given(...notified(), made, { type: 'OverrideReviewed', data: { overrideId: 'o1', result: 'NOT_UPHELD' } });
    expect(caseWorkflow.duties(state, REFERENCE).map(({ name }) => name)).not.toContain('override-review');
  });
});

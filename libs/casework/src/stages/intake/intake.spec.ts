import { describe, expect, it } from '@jest/globals';
import { NO_FACTS, caseWorkflow } from '#casework';
import { NEW_ID, aChild, consented, given, informed, notified } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, REFERENCE, under } from '../../../../../test/support/reference.js';
import { type PolicyValues, shippedReference } from '#mechanism';
import { translate } from './intake.notify.js';

const SEEN = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], region: 'RO32', ageBand: '18-25', signsOfChildhood: false, sex: 'FEMALE', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: false,
};
const notify = (more: object = {}) => ({ type: 'NotifyCase', body: { ...SEEN, ...more } });
const POLICE = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-1' } as const;
const COORDINATOR = { organisation: 'centrul-coordonare', role: 'NRM_COORD', actor: 'coordinator-1' } as const;
const DPO = { organisation: 'centrul-coordonare', role: 'DPO', actor: 'officer-2' } as const;
const CLOCK = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false } as const;
const ENGAGED = { through: 'case', since: '2026-03-10T08:00:00.000Z' };

describe('a notification', () => {
  it('opens a case about a person without a name, and routes it to the coordination', () => {
    const data = { ...SEEN, person: NEW_ID, country: 'RO', routedTo: ['centrul-coordonare'], statisticsOnly: false };
    given().when(notify(), POLICE).then({ type: 'CaseNotified', data }, { type: 'CaseOpened', data: {} });
  });

  it('of a case manager makes it the one that leads', () => {
    const events = given().when(notify()).decided();
    expect(events.at(-1)).toEqual({ type: 'CaseManagerAssigned', data: { manager: 'casa-lumina' } });
  });

  it('keeps what singles out of the clear facts and names the compartments to seal', () => {
    const personal = { signs: ['OBS-GEN-04'], language: 'ron', ownReference: 'F-12', county: 'RO321', formDetail: 'LABOUR_AGRICULTURE', account: 'seen' };
    const [event] = given().when(notify(personal), POLICE).decided();
    expect(event?.seals).toEqual(['contact', 'narrative', 'assessment', 'statistics']);
    expect(Object.keys(event?.data ?? {})).not.toEqual(expect.arrayContaining(Object.keys(personal)));
  });

  it('needs signs that the catalogue has', () => {
    given().when(notify({ signs: ['OBS-BEG-04'] })).thenRejects('sign-unknown');
  });

  it('of a child goes to child protection too', () => {
    const [event] = given().when(notify({ ageBand: '14-17' }), POLICE).decided();
    expect(event?.data).toMatchObject({ routedTo: ['centrul-coordonare', 'protectia-copilului'] });
  });

  it('happens once on a case, and by nobody who only counts or audits', () => {
    given(...notified()).when(notify()).thenRejects('wrong-state');
    given().when(notify(), { role: 'RAPP' }).thenRejects('role-not-allowed');
  });

  it('makes the person POTENTIAL and the notifier see its own notification only', () => {
    const { facts } = given(...notified({}, { organisation: 'politia-exemplu', role: 'LE' })).state;
    expect(facts).toMatchObject({ identification: 'POTENTIAL', assistance: 'OPEN_INTAKE', notifiedBy: 'politia-exemplu' });
    expect(facts.engagements).toEqual([{ organisation: 'politia-exemplu', role: 'LE', scope: 'OWN', ...ENGAGED }]);
  });

  it('tells those it is routed to, and never who notified', () => {
    const stream = 'case-00000000-0000-4000-8000-000000000001';
    const event = { type: 'CaseNotified', stream, data: { statisticsOnly: false, routedTo: ['a', 'b'] }, metadata: { organisation: 'b' } };
    expect(translate(event as never, NO_FACTS, NO_FACTS)).toEqual([{ recipient: 'a', thing: stream.slice(5), recall: false }]);
  });
});

describe('a notification for statistics', () => {
  const counted = { month: '2026-03', region: 'RO32', ageBand: '18-25', form: 'LABOUR' };
  const count = (more: object = {}) => ({ type: 'NotifyForStatistics', body: { ...counted, signsOfChildhood: false, ...more } });

  it('is a count without a person (R-6)', () => {
    given().when(count()).then({ type: 'CaseNotified', data: { ...counted, statisticsOnly: true, country: 'RO' } });
  });

  it('is impossible for a child, and where signs speak for one (R-4)', () => {
    given().when(count({ ageBand: '14-17' })).thenRejects('child-needs-case');
    given().when(count({ ageBand: 'UNKNOWN', signsOfChildhood: true })).thenRejects('child-needs-case');
    given().when(count({ ageBand: 'UNKNOWN' })).decided();
  });

  it('takes nothing more', () => {
    const after = given({ type: 'CaseNotified', data: { ...counted, statisticsOnly: true, country: 'RO' } });
    expect(after.state.facts).toMatchObject({ person: '', identification: 'NONE', assistance: 'NONE' });
    after.when({ type: 'RecordBasicNeeds', body: { met: ['FOOD'], refused: [] } }).thenRejects('statistics-only');
    after.when({ type: 'RecordIdentity', body: { name: 'A' } }).thenRejects('statistics-only');
  });
});

describe('danger', () => {
  const danger = given(...notified({ danger: true }));
  const owed = (state: typeof danger.state) => caseWorkflow.duties(state, REFERENCE).map(({ name }) => name);

  it('shows until another organisation opened the notification (R-8)', () => {
    expect(owed(danger.state)).toContain('notification-opening');
    danger.when({ type: 'OpenNotification', body: {} }).thenRejects('own-notification');
    danger.when({ type: 'OpenNotification', body: {} }, COORDINATOR).then({ type: 'NotificationOpened', data: {} });
    const opened = given(...notified({ danger: true }), { type: 'NotificationOpened', data: {}, metadata: { organisation: 'centrul-coordonare' } });
    expect(owed(opened.state)).not.toContain('notification-opening');
    opened.when({ type: 'OpenNotification', body: {} }, COORDINATOR).thenNothing();
  });

  it('that nobody opens is told to the coordination again after minutes, once', () => {
    const clock = (now: string) => ({ organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false, now }) as const;
    const escalate = { type: 'EscalateNotification', body: {} };
    const duty = caseWorkflow.duties(danger.state, REFERENCE).find(({ name }) => name === 'notification-escalation');
    expect(duty).toMatchObject({ dueAt: '2026-03-10T08:15:00.000Z', owedBy: { role: 'CLOCK' }, command: escalate });
    danger.when(escalate, clock('2026-03-10T08:14:59.000Z')).thenRejects('not-due');
    danger.when(escalate, clock('2026-03-10T08:15:00.000Z')).then({ type: 'NotificationEscalated', data: {} });
    const again = given(...notified({ danger: true }), { type: 'NotificationEscalated', data: {} });
    again.when(escalate, clock('2026-03-10T09:00:00.000Z')).thenNothing();
    expect(owed(again.state)).toEqual(expect.arrayContaining(['notification-opening']));
    expect(owed(again.state)).not.toContain('notification-escalation');
    expect(owed(given(...notified()).state)).not.toContain('notification-escalation');
    const told = translate({ type: 'NotificationEscalated', stream: 'case-1', data: {}, metadata: { organisation: 'tandem' } } as never, danger.state.facts, again.state.facts);
    expect(told).toEqual([{ recipient: 'centrul-coordonare', thing: '1', recall: false }]);
  });
});

describe('age', () => {
  const age = (ageBand: string, ageStatus: string) => ({ type: 'RecordAge', body: { ageBand, ageStatus } });

  it('disputed means minor rules until it is assessed (INV-9)', () => {
    const disputed = given(...notified(), { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'DISPUTED' } });
    disputed.when({ type: 'GiveConsent', body: { purpose: 'INTERVIEW', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '1' } }).thenRejects('rights-not-informed');
    disputed.when(age('18-25', 'CLAIMED')).thenRejects('age-needs-document');
    const assessed = age('18-25', 'DOCUMENTED');
    disputed.when({ ...assessed, body: { ...assessed.body, evidence: 'age assessment' } }).decided();
  });

  it('of a child is not raised by a claim', () => {
    given(...aChild()).when(age('18-25', 'CLAIMED')).thenRejects('age-needs-document');
    given(...aChild()).when(age('0-13', 'CLAIMED')).decided();
  });

  it('recorded again changes nothing', () => {
    given(...notified(), { type: 'AgeRecorded', data: { ageBand: '18-25', ageStatus: 'CLAIMED' } }).when(age('18-25', 'CLAIMED')).thenNothing();
  });
});

describe('identity', () => {
  const identity = (more: object = {}) => ({ type: 'RecordIdentity', body: { name: 'N', phone: '0', ...more } });

  it('of an adult needs consent or a named provision of law', () => {
    given(...notified()).when(identity()).thenRejects('identity-without-basis');
    const data = { fieldsPresent: ['name', 'phone'], basis: 'CONSENT' };
    given(...notified(), informed, consented('IDENTITY_RECORDING')).when(identity()).then({ type: 'IdentityRecorded', data, seals: ['identity', 'contact'] });
    const lawful = { fieldsPresent: ['name', 'phone'], basis: 'LEGAL_PROVISION', legalProvision: 'RO/L678/27-1' };
    given(...notified()).when(identity({ legalProvision: 'RO/L678/27-1' }), POLICE).then({ type: 'IdentityRecorded', data: lawful, seals: ['identity', 'contact'] });
    given(...notified()).when(identity({ legalProvision: 'RO/L678/27-1' })).thenRejects('provision-needs-public-body');
  });

  it('of an adult is the country’s to say: by consent only, or with the application of the person', () => {
    const provision = identity({ legalProvision: 'law-1' });
    for (const country of ['UK', 'LV', 'BG']) given(...notified()).when(provision, { ...POLICE, reference: shippedReference(country, ORGANISATIONS) }).thenRejects('identity-without-basis');
    const applied = given(...notified(), informed, consented('FORMAL_IDENTIFICATION_REQUEST', 'casa-lumina'));
    expect(applied.when(identity(), { reference: shippedReference('LV', ORGANISATIONS) }).decided()[0]?.data).toMatchObject({ basis: 'CONSENT' });
    applied.when(identity()).thenRejects('identity-without-basis');
  });

  it('is not kept on a consent that was withdrawn', () => {
    const withdrawn = { type: 'ConsentWithdrawn', data: { consentId: 'consent-IDENTITY_RECORDING', by: 'PERSON' } };
    given(...notified(), informed, consented('IDENTITY_RECORDING'), withdrawn).when(identity()).thenRejects('identity-without-basis');
  });

  it('of a child rests on child-protection duty', () => {
    expect(given(...aChild()).when(identity()).decided()[0]?.data).toMatchObject({ basis: 'CHILD_PROTECTION_DUTY' });
  });
});

describe('basic needs', () => {
  it('need nothing but the case, and a refusal closes nothing (R-1)', () => {
    const data = { met: ['FOOD'], refused: ['URGENT_CARE'] };
    given(...notified()).when({ type: 'RecordBasicNeeds', body: data }).then({ type: 'BasicNeedsMet', data });
    given().when({ type: 'RecordBasicNeeds', body: data }).thenRejects('not-found');
  });
});

describe('erasure', () => {
  const order = { type: 'OrderErasure', body: { reason: 'PERSON_REQUEST' } };
  const ordered = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
  const held = { type: 'LegalHoldPlaced', data: { holdId: 'h1', ground: 'LEGAL_CLAIM' } };
  const second = { type: 'LegalHoldPlaced', data: { holdId: 'h2', ground: 'COURT_ORDER' } };
  const lifted = { type: 'LegalHoldLifted', data: { holdId: 'h1' } };

  it('is refused under legal hold with the reason, and goes on once every hold is lifted', () => {
    const refused = given(...notified(), held, second).when(order, DPO).thenRejects('legal-hold');
    expect(refused.details).toEqual({ grounds: ['LEGAL_CLAIM', 'COURT_ORDER'] });
    given(...notified(), held, second, lifted).when(order, DPO).thenRejects('legal-hold');
    given(...notified(), held, lifted).when(order, DPO).then(ordered);
    given(...notified(), ordered).when(order, DPO).thenNothing();
  });

  it('is held up by who works on the case or guards its data, and not by who only notified it', () => {
    const hold = { type: 'PlaceLegalHold', body: { ground: 'CRIMINAL_PROCEEDINGS' } };
    const prosecutor = { organisation: 'parchetul-exemplu', role: 'PROS' } as const;
    given(...notified({}, prosecutor)).when(hold, prosecutor).thenRejects('role-not-allowed');
    given(...notified({}, prosecutor)).when(hold, DPO).then({ type: 'LegalHoldPlaced', data: { ground: 'CRIMINAL_PROCEEDINGS', holdId: NEW_ID } });
    given(...notified()).when(hold, { role: 'LEGAL' }).decided();
  });

  it('is ordered by a person, or by the clock when retention is over; never by a system in an officer’s name', () => {
    given(...notified()).when(order, { ...DPO, human: false }).thenRejects('human-required');
    // Screened out, the identity is kept for six months.
    const out = { type: 'ScreenedOut', data: { reason: 'NO_INDICATION', ledToOtherProtection: true } };
    const over = given(...notified(), out).when({ ...order, body: { reason: 'RETENTION_OVER' } }, { ...CLOCK, now: '2026-12-01T00:00:00.000Z' });
    over.then({ type: 'ErasureOrdered', data: { reason: 'RETENTION_OVER' } });
  });

  it('comes before its confirmation, which only the house gives, once', () => {
    const confirm = { type: 'ConfirmErasure', body: {} };
    given(...notified()).when(confirm, CLOCK).thenRejects('erasure-not-ordered');
    given(...notified(), ordered).when(confirm, DPO).thenRejects('role-not-allowed');
    given(...notified(), ordered).when(confirm, CLOCK).then({ type: 'IdentityErased', data: {} });
    given(...notified(), ordered, { type: 'IdentityErased', data: {} }).when(confirm, CLOCK).thenNothing();
  });

  it('is owed from its order on, and lets nothing be added', () => {
    const after = given(...notified(), ordered);
    expect(caseWorkflow.duties(after.state, REFERENCE)).toContainEqual(
      { name: 'erasure', key: 'case', dueAt: '2026-03-10T08:00:00.000Z', owedBy: { role: 'CLOCK' } },
    );
    after.when({ type: 'RecordAge', body: { ageBand: '18-25', ageStatus: 'CLAIMED' } }).thenRejects('person-erased');
    after.when({ type: 'PlaceLegalHold', body: { ground: 'LEGAL_CLAIM' } }, DPO).thenRejects('person-erased');
  });
});

describe('routing of a notification', () => {
  it('reaches all coordinators of the country where the region has none of its own', () => {
    const elsewhere = new Map([...REFERENCE.organisations].map(([id, o]) => [id, o.roles.includes('NRM_COORD') ? { ...o, regions: ['RO11'] } : o] as const));
    const reference = { ...REFERENCE, organisations: elsewhere };
    const [event] = given().when(notify({ region: 'RO42' }), { reference }).decided();
    expect((event?.data as { routedTo: readonly string[] }).routedTo).toEqual(['centrul-coordonare']);
  });

  const routed = (values: Partial<PolicyValues>, more: object = {}) => {
    const [event] = given().when(notify(more), { reference: under(values) }).decided();
    return (event?.data as { routedTo: readonly string[] }).routedTo;
  };
  const CHILD = { ageBand: '14-17' };

  it('follows the policy: whom the country notifies, and for a minor whom it names for minors', () => {
    expect(routed({ 'id.notify_to': ['AUDIT'] })).toEqual(['centrul-coordonare', 'garda-audit']);
    expect(routed({ 'id.minor_route': ['NRM_COORD'] }, CHILD)).toEqual(['centrul-coordonare']);
    expect(routed({}, CHILD)).toEqual(['centrul-coordonare', 'protectia-copilului']);
  });

  it('goes to the first of several that is there, and to a provider or the police never by itself', () => {
    expect(routed({ 'id.notify_to': ['GUARD', 'AUDIT', 'CP_AUTH'] })).toEqual(['centrul-coordonare', 'garda-audit']);
    expect(routed({ 'id.notify_to': ['SP', 'LE', 'PROS'], 'id.minor_route': ['SP', 'CP_AUTH'] }, CHILD)).toEqual(['centrul-coordonare', 'protectia-copilului']);
  });
});

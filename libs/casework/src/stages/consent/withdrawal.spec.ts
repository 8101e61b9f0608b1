/** "Stop", said to whoever is in contact: what it takes back, what it does not, and what nobody learns by recording it. */
import { describe, expect, it } from '@jest/globals';
import type { Given, Recorded } from '#kernel';
import { type CaseFacts, caseWorkflow } from '#casework';
import { NOW, aChild, consented, given, informed, notified, presumed } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { translate as referralNotices } from '../referral/referral.notify.js';
import { translate } from './consent.notify.js';

const CLINIC = { organisation: 'clinica-aurora', role: 'SP', actor: 'doctor' } as const;
const stop = (more: object = {}) => ({ purpose: 'ALL', by: 'PERSON', medium: 'IN_PERSON', ...more });
const state = (more: object = {}) => ({ type: 'StateWithdrawal', body: stop(more) });
const stated = (more: object = {}, metadata: Given['metadata'] = {}): Given => ({ type: 'WithdrawalStated', data: stop(more), metadata });
const at = (time: string) => ({ occurredAt: `2026-03-10T${time}:00.000Z`, recordedAt: `2026-03-10T${time}:00.000Z` });
const agreedTo = (consentId: string, purpose: string, recipient: string | undefined, metadata: Given['metadata'] = {}, more: object = {}): Given =>
  ({ ...consented(purpose, recipient, { consentId, ...more }), metadata });
const guardian = (type: string, guardianId = 'g1'): Given => ({ type: 'GuardianAppointed', data: { guardianId, type } });
const override = (ground = 'RISK_TO_LIFE', metadata: Given['metadata'] = {}): Given =>
  ({ type: 'DisclosureWithoutConsentMade', data: { overrideId: 'o1', ground, recipient: 'clinica-aurora', contents: [] }, metadata });
const asked: Given = {
  type: 'ReferralRequested',
  data: {
    referralId: 'r1', recipient: 'clinica-aurora', services: ['MED.GEN'], priority: 'URGENT', dataShared: [], replyBy: '2026-03-11T08:00:00.000Z',
    restsOn: { ground: 'CONSENT', consentId: 'consent-REFERRAL' },
  },
};

const takenBack = ({ consents }: CaseFacts): readonly string[] => consents.filter(({ withdrawnAt }) => withdrawnAt !== undefined).map(({ consentId }) => consentId);
const facts = (...story: readonly Given[]): CaseFacts => given(...story).state.facts;

describe('stop', () => {
  const agreed = [...notified(), informed, consented('REFERRAL', 'clinica-aurora')];

  it('is recorded alike whether or not there was anything to stop, and as often as it is said', () => {
    const event = { type: 'WithdrawalStated', data: stop({ purpose: 'REFERRAL', recipient: 'clinica-aurora' }) };
    const said = state({ purpose: 'REFERRAL', recipient: 'clinica-aurora' });
    for (const story of [notified(), agreed, [...agreed, stated()], [...agreed, { type: 'CaseClosed', data: { reason: 'GOALS_MET' } }]]) {
      given(...story).when(said, CLINIC).then(event);
    }
  });

  it('is recorded by whoever meets people and by herself, never by who only counts, pays or audits', () => {
    for (const role of ['SP', 'LE', 'PERSON', 'GUARD', 'DPO'] as const) given(...agreed).when(state(), { role }).decided();
    for (const role of ['RAPP', 'PROG', 'AUDIT'] as const) given(...agreed).when(state(), { role }).thenRejects('role-not-allowed');
  });

  it('keeps her words in the vault, while she is not erased', () => {
    given(...agreed).when(state({ words: 'basta' })).then({ type: 'WithdrawalStated', data: stop(), seals: ['narrative'] });
    const erasing = [...agreed, { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } }];
    given(...erasing).when(state({ words: 'basta' })).thenRejects('person-erased');
    given(...erasing).when(state()).decided();
  });

  it('names an organisation of the directory, one that works no more among them', () => {
    given(...agreed).when(state({ recipient: 'ion-popescu' })).thenRejects('recipient-unknown');
    given(...agreed).when(state({ recipient: 'casa-inchisa' })).decided();
    given().when(state()).thenRejects('not-found');
  });
});

describe('what it takes back', () => {
  const many = [
    ...notified(), informed, agreedTo('c1', 'REFERRAL', 'clinica-aurora'), agreedTo('c2', 'SERVICE_DELIVERY', 'clinica-aurora'),
    agreedTo('c3', 'REFERRAL', 'asociatia-punte'), agreedTo('c4', 'RESEARCH_STATS', undefined),
  ];

  it.each([
    [{}, ['c1', 'c2', 'c3', 'c4']],
    [{ purpose: 'REFERRAL' }, ['c1', 'c3']],
    [{ recipient: 'clinica-aurora' }, ['c1', 'c2']],
    [{ purpose: 'REFERRAL', recipient: 'clinica-aurora' }, ['c1']],
    [{ purpose: 'RESEARCH_STATS' }, ['c4']],
    [{ purpose: 'RESEARCH_STATS', recipient: 'clinica-aurora' }, []],
    [{ purpose: 'RETURN' }, []],
  ])('%j takes back %j', (more, ids) => {
    expect(takenBack(facts(...many, stated(more)))).toEqual(ids);
  });

  it('has from then on every effect of a consent that is withdrawn', () => {
    const formal = { type: 'FormalIdentificationRequested', data: { requestId: 'q1', authority: 'politia-exemplu', deciderRole: 'LE', consentId: 'consent-FORMAL_IDENTIFICATION_REQUEST' } };
    const travel = { type: 'ReturnRequested', data: { returnId: 't1', direction: 'INTERNAL', sender: 'casa-lumina', receiver: 'asociatia-punte', operator: 'podul-intoarcerii' } };
    const story = [
      ...notified(), informed, presumed, consented('REFERRAL', 'clinica-aurora'), consented('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu'),
      asked, formal, travel, consented('RETURN', 'asociatia-punte'),
    ];
    const one = given(...story, ...['REFERRAL', 'FORMAL_IDENTIFICATION_REQUEST', 'RETURN'].map((purpose) => ({
      type: 'ConsentWithdrawn', data: { consentId: `consent-${purpose}`, by: 'PERSON' }, metadata: at('08:30'),
    })));
    const other = given(...story, stated({}, at('08:30')));
    const due = caseWorkflow.duties(other.state, REFERENCE);
    expect(due).toEqual(caseWorkflow.duties(one.state, REFERENCE));
    expect(due.map(({ command }) => command?.type)).toEqual(expect.arrayContaining(['CancelReferral', 'DeclineFormalIdentification', 'CancelReturn']));
    expect(other.state.facts.consents).toEqual(one.state.facts.consents);
  });

  it('is what was agreed to by then: nothing given later, and nothing that had run out', () => {
    const story = [...notified(), informed, agreedTo('over', 'REFERRAL', 'clinica-aurora', at('08:00'), { expiresAt: '2026-03-10T08:20:00.000Z' }), agreedTo('before', 'REFERRAL', 'clinica-aurora', at('08:10'))];
    const said = stated({}, at('08:30'));
    expect(takenBack(facts(...story, said, agreedTo('after', 'REFERRAL', 'clinica-aurora', at('08:40'))))).toEqual(['before']);
    // Said at half past eight, written down at nine, after she had agreed anew.
    expect(takenBack(facts(...story, agreedTo('after', 'REFERRAL', 'clinica-aurora', at('08:40')), stated({}, { ...at('08:30'), recordedAt: NOW })))).toEqual(['before']);
    // Signed before she said stop, and recorded afterwards.
    expect(takenBack(facts(...story, said, agreedTo('late', 'REFERRAL', 'clinica-aurora', at('08:20'))))).toEqual(['before', 'late']);
    given(...story, said).when({ type: 'WithdrawConsent', body: { consentId: 'before', by: 'PERSON' } }).thenNothing();
  });

  it('shows to those who lead the case, with who heard it', () => {
    expect(facts(...many, stated({ purpose: 'REFERRAL' }, { organisation: 'clinica-aurora', ...at('08:30') })).withdrawals).toEqual([
      { purpose: 'REFERRAL', by: 'PERSON', statedTo: 'clinica-aurora', statedAt: '2026-03-10T08:30:00.000Z' },
    ]);
  });
});

describe('stop to what danger opened', () => {
  const request = { type: 'RequestReferral', body: { recipient: 'clinica-aurora', services: ['MED.GEN'], priority: 'EMERGENCY', dataShared: [] } };
  const opens = (...story: readonly Given[]) => given(...notified(), ...story).when(request);

  it('ends it where it is meant: by name, or with all help', () => {
    for (const more of [{}, { purpose: 'REFERRAL' }, { recipient: 'clinica-aurora' }]) opens(override(), stated(more)).thenRejects('consent-missing');
    for (const more of [{ purpose: 'RESEARCH_STATS' }, { recipient: 'asociatia-punte' }]) opens(override(), stated(more)).decided();
  });

  it('is of its moment: a new danger opens anew, one that is written down late does not', () => {
    opens(stated({}, at('08:30')), override('RISK_TO_LIFE', at('08:40'))).decided();
    opens(stated({}, at('08:30')), override('RISK_TO_LIFE', at('08:20'))).thenRejects('consent-missing');
    opens(override('RISK_TO_LIFE', at('08:40')), stated({}, { ...at('08:30'), recordedAt: NOW })).decided();
  });

  it('leaves what the law opens about a child', () => {
    given(...aChild(), override('CHILD_PROTECTION_DUTY'), stated()).when({ ...request, body: { ...request.body, recipient: 'clinica-aurora' } }).decided();
  });
});

describe('stop about a minor', () => {
  const assented = { type: 'ChildAssentRecorded', data: { outcome: 'ASSENTED' } };
  const child = [...aChild(), informed, guardian('PARENT'), assented, agreedTo('c1', 'REFERRAL', 'clinica-aurora', {}, { giver: 'GUARDIAN' }), agreedTo('c2', 'REFERRAL', 'asociatia-punte', {}, { giver: 'COURT' })];
  const conflict = { type: 'GuardianConflictFlagged', data: { guardianId: 'g1' } };
  const anew = { type: 'GiveConsent', body: { purpose: 'REFERRAL', recipient: 'clinica-aurora', giver: 'GUARDIAN', form: 'WRITTEN', infoSheetVersion: '2026-1' } };

  it('by the child counts, and no guardian consents anew before the child was heard again (8.2)', () => {
    expect(takenBack(facts(...child, stated()))).toEqual(['c1', 'c2']);
    given(...child).when(anew).decided();
    given(...child, stated()).when(anew).thenRejects('assent-missing');
    given(...child, stated(), assented).when(anew).decided();
  });

  it('by a guardian who may speak counts, but not against a court; the child’s assent stays', () => {
    expect(takenBack(facts(...child, stated({ by: 'GUARDIAN' })))).toEqual(['c1']);
    given(...child, stated({ by: 'GUARDIAN' })).when(anew).decided();
  });

  it('by a guardian in conflict, by one who is none, or about an adult is heard and takes nothing back (INV-16)', () => {
    const said = stated({ by: 'GUARDIAN' });
    expect(takenBack(facts(...child, conflict, said))).toEqual([]);
    expect(takenBack(facts(...child, stated({ by: 'PUBLIC_GUARDIAN' })))).toEqual([]);
    expect(takenBack(facts(...child, conflict, guardian('PUBLIC', 'g2'), said))).toEqual([]);
    expect(takenBack(facts(...child, conflict, guardian('PUBLIC', 'g2'), stated({ by: 'PUBLIC_GUARDIAN' })))).toEqual(['c1']);
    expect(takenBack(facts(...notified(), informed, agreedTo('c1', 'REFERRAL', 'clinica-aurora'), guardian('PARENT'), said))).toEqual([]);
    given(...child, conflict).when(state({ by: 'GUARDIAN' })).decided();
  });

  it('of one consent by a guardian is taken where one may speak, and not otherwise; her own always (INV-12, INV-16)', () => {
    const withdraw = (consentId: string, by = 'GUARDIAN') => ({ type: 'WithdrawConsent', body: { consentId, by } });
    const adult = [...notified(), informed, agreedTo('c1', 'REFERRAL', 'clinica-aurora'), guardian('PARENT')];
    given(...child).when(withdraw('c1')).decided();
    given(...child).when(withdraw('c2')).thenRejects('withdrawal-not-hers');
    for (const story of [[...child, conflict], adult]) {
      given(...story).when(withdraw('c1')).thenRejects('withdrawal-not-hers');
      given(...story).when(withdraw('c1', 'PERSON')).decided();
    }
  });
});

describe('who hears of it', () => {
  const event = (organisation: string): Recorded =>
    ({ type: 'WithdrawalStated', stream: 'case-1', data: stop(), metadata: { organisation, recordedAt: NOW } }) as unknown as Recorded;
  const led = [...notified({}, { organisation: 'casa-lumina', role: 'CM' }), informed, consented('REFERRAL', 'clinica-aurora'), asked];

  it('is who leads the case and who coordinates, and not who recorded it', () => {
    const after = facts(...led, stated());
    const told = (recorder: string) => translate(event(recorder), after, after);
    const coordination = { recipient: 'centrul-coordonare', thing: '1', recall: false };
    expect(told('clinica-aurora')).toEqual([{ recipient: 'casa-lumina', thing: '1', recall: false }, coordination]);
    expect(told('casa-lumina')).toEqual([coordination]);
    expect(told('centrul-coordonare')).toEqual([{ recipient: 'casa-lumina', thing: '1', recall: false }]);
    const unled = facts(...notified({}, { organisation: 'politia-exemplu', role: 'LE' }));
    expect(translate(event('politia-exemplu'), unled, unled)).toEqual([{ recipient: 'centrul-coordonare', thing: '1', recall: false }]);
  });

  it('is every provider whose offer it shuts, by a recall; no other', () => {
    const [before, after] = [facts(...led), facts(...led, stated())];
    expect(referralNotices(event('casa-lumina'), before, after)).toEqual([{ recipient: 'clinica-aurora', thing: 'r1', recall: true }]);
    expect(referralNotices(event('casa-lumina'), after, after)).toEqual([]);
    expect(referralNotices(event('casa-lumina'), before, facts(...led, stated({ purpose: 'RETURN' })))).toEqual([]);
  });
});

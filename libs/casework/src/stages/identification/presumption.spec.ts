import { describe, expect, it } from '@jest/globals';
import type { Given } from '#kernel';
import { aChild, consented, given, informed, notified, presumed, screened } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const presume = { type: 'Presume', body: { grounds: 'words' } };
const body = { reason: 'NO_INDICATION', ledToOtherProtection: true };
const out = { type: 'ScreenOut', body };
const proposed: Given = { type: 'ScreenOutProposed', data: body, metadata: { actor: 'worker-1' } };
const screenedOut: Given = { type: 'ScreenedOut', data: body };
const again = (of: string): Given => ({ type: 'ReconsiderationRequested', data: { requestedBy: 'PERSON', of } });
const refused: Given = { type: 'FormalIdentificationRefused', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true, reason: 'CRITERIA_NOT_MET' } };

describe('who presumes (A5)', () => {
  it('does so in the role in which it works on the case, where the country names it', () => {
    for (const [organisation, role] of [['casa-lumina', 'SP'], ['casa-lumina', 'DETECT'], ['parchetul-exemplu', 'PROS']] as const)
      expect(given(...notified()).when(presume, { organisation, role }).decided()[0]?.data).toMatchObject({ deciderRole: role });
  });

  it('says that it rests on provisional rules where the screening did, whatever the policy is by now (R-10)', () => {
    const reference = { ...REFERENCE, policy: { ...REFERENCE.policy, provisional: [] } };
    const decided = (...events: readonly Given[]) => given(...notified(), ...events).when(presume, { reference }).decided()[0]?.data;
    expect([decided(), decided(screened('STRONG'))]).toMatchObject([{ provisional: false }, { provisional: true }]);
  });

  it('needs no other grounds than a screening that speaks for it, and that is the newest', () => {
    const onScreening = (...events: readonly Given[]) => given(...notified(), ...events).when({ type: 'Presume', body: {} });
    expect(onScreening(screened('REASONABLE')).decided()).toHaveLength(1);
    expect(onScreening(screened('NONE', 's1'), screened('STRONG', 's2')).decided()[0]?.data).toMatchObject({ screeningId: 's2' });
    onScreening(screened('STRONG', 's1'), screened('NONE', 's2')).thenRejects('grounds-missing');
  });

  it('needs none where she says so herself, or the authority of another country does (3.1); a third person is not enough', () => {
    const on = (grounds: readonly string[]) => given(...notified({ grounds })).when({ type: 'Presume', body: {} });
    for (const ground of ['SELF_IDENTIFIED', 'FOREIGN_AUTHORITY']) expect(on(['OBSERVED_SIGNS', ground]).decided()).toHaveLength(1);
    on(['OBSERVED_SIGNS', 'THIRD_PARTY']).thenRejects('grounds-missing');
  });

  it('does not undo what was decided before somebody asked for it', () => {
    given(...notified(), screened('WEAK'), screenedOut).when(presume).thenRejects('wrong-state');
    given(...notified(), presumed, refused).when(presume).thenRejects('wrong-state');
    given(...notified(), screened('WEAK'), screenedOut, again('NOT_PRESUMED')).when(presume).decided();
  });

  it('leaves no earlier decision standing', () => {
    const { facts } = given(...notified(), presumed, refused, again('NOT_IDENTIFIED'), presumed).state;
    expect(facts).toMatchObject({ identification: 'PRESUMED' });
    expect(facts).not.toHaveProperty('decidedAt');
  });
});

describe('who screens out (A11)', () => {
  it('does it with a second reader where any screening was reasonable, and alone where none was', () => {
    const first = (...events: readonly Given[]) => given(...notified(), ...events).when(out).decided()[0]?.type;
    expect(first(screened('REASONABLE'))).toBe('ScreenOutProposed');
    expect(first(screened('NONE', 's1'), screened('STRONG', 's2'))).toBe('ScreenOutProposed');
    expect(first(screened('STRONG', 's1'), screened('NONE', 's2'))).toBe('ScreenOutProposed');
    expect(first(screened('WEAK', 's1'), screened('NONE', 's2'))).toBe('ScreenedOut');
  });

  it('does it with a second reader where she says herself that she is a victim', () => {
    given(...notified({ grounds: ['SELF_IDENTIFIED'] }), screened('NONE')).when(out).then({ type: 'ScreenOutProposed', data: body });
  });

  it('reads a child’s screening twice again when it is looked at again', () => {
    const story = [...aChild(), screened('NONE'), proposed, screenedOut, again('NOT_PRESUMED')];
    for (const actor of ['worker-1', 'worker-2']) given(...story).when(out, { actor }).then({ type: 'ScreenOutProposed', data: body });
    given(...story, proposed).when(out, { actor: 'worker-2' }).then(screenedOut);
  });

  it('does not reach a formal refusal that is reconsidered: that is an authority’s', () => {
    given(...notified(), screened('NONE'), presumed, refused, again('NOT_IDENTIFIED')).when(out).thenRejects('wrong-state');
  });
});

describe('who declined', () => {
  it('may ask for formal identification later, with consent, and is decided on without asking too', () => {
    const declined: Given = { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } };
    const ask = { type: 'RequestFormalIdentification', body: { authority: 'politia-exemplu' } };
    const story = [...notified(), informed, presumed, declined];
    given(...story).when(ask).thenRejects('consent-missing');
    given(...story, consented('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu')).when(ask).decided();
    const decide = { type: 'RecordFormalDecision', body: { authority: 'politia-exemplu', decision: 'IDENTIFIED', decisionNumber: '1/2026' } };
    expect(given(...story).when(decide).decided()[0]?.type).toBe('VictimFormallyIdentified');
  });
});

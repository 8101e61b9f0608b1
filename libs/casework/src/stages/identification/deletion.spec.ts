/** An authority that was asked to identify her deletes what it received, or says by which law it keeps it. domain.md 8.1, 8.5; GDPR art. 17(3), 19 */
import { describe, expect, it } from '@jest/globals';
import { caseWorkflow, toldAbout } from '#casework';
import type { Given } from '#kernel';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';

const AUTHORITY = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-7' } as const;
const request = (requestId: string, authority: string): Given => ({ type: 'FormalIdentificationRequested', data: { requestId, authority, deciderRole: 'LE' } });
const story = [...notified(), { type: 'VictimPresumed', data: {} }, request('q1', 'politia-exemplu')];
const answer = (more: object = {}) => ({ type: 'AnswerFormalRequestDeletion', body: { requestId: 'q1', ...more } });
const declined: Given = { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } };
const decided = (authority: string): Given => ({ type: 'VictimFormallyIdentified', data: { authority, deciderRole: 'LE', provisional: true } });
const closed: Given = { type: 'CaseClosed', data: { proposalId: 'p', reason: 'DECEASED', unmetNeeds: [] } };
const ordered: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
const owing = (...events: readonly Given[]) =>
  caseWorkflow.duties(given(...story, ...events).state, REFERENCE).filter(({ name }) => name === 'formal-request-deletion').map(({ key, dueAt, owedBy }) => [key, dueAt, owedBy.organisation]);
/** All of it happened at eight; 24 hours to answer. */
const OWED = [['q1', '2026-03-11T08:00:00.000Z', 'politia-exemplu']];

describe('an authority that was asked to identify her', () => {
  it('owes an answer once the request came to nothing, or she is to be forgotten', () => {
    expect(owing()).toEqual([]);
    for (const end of [declined, decided('parchetul-exemplu'), request('q2', 'parchetul-exemplu'), closed, ordered]) expect([end.type, owing(end)]).toEqual([end.type, OWED]);
  });
  it('keeps its own decision, until she is to be forgotten', () => {
    expect(owing(decided('politia-exemplu'))).toEqual([]);
    given(...story, decided('politia-exemplu')).when(answer(), AUTHORITY).thenRejects('deletion-not-owed');
    expect(owing(decided('politia-exemplu'), ordered)).toEqual(OWED);
  });
  it.each([
    ['that it deleted', {}, { type: 'FormalRequestDataDeleted', data: { requestId: 'q1', authority: 'politia-exemplu' } }],
    ['by which law it keeps', { legalProvision: 'RO/L363/16' }, { type: 'FormalRequestDataKept', data: { requestId: 'q1', authority: 'politia-exemplu', legalProvision: 'RO/L363/16' } }],
  ] as const)('says %s, and is asked no more', (_what, more, said) => {
    given(...story, ordered).when(answer(more), AUTHORITY).then(said);
    const after = [...story, declined, said];
    expect([owing(declined, said), toldAbout(given(...after).state.facts)]).toEqual([[], []]);
    given(...after).when(answer(more), AUTHORITY).thenNothing();
    given(...after, ordered).when(answer(more), AUTHORITY).thenNothing();
  });
  it('says it for itself alone, and in a role in which it decides', () => {
    given(...story, declined).when(answer()).thenRejects('not-found');
    given(...story, declined).when(answer({ requestId: 'q9' }), AUTHORITY).thenRejects('not-found');
    given(...story, declined).when(answer(), { ...AUTHORITY, role: 'DETECT' }).thenRejects('role-not-allowed');
    given(...story).when(answer(), AUTHORITY).thenRejects('deletion-not-owed');
  });
});

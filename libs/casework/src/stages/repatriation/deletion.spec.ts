/** Who was told of a return deletes what it received: when the return came to nothing, and when she is to be forgotten. 8.2, 8.5; GDPR art. 19 */
import { describe, expect, it } from '@jest/globals';
import { caseWorkflow, toldAbout } from '#casework';
import type { Given } from '#kernel';
import { NOW, given } from '../../../../../test/support/case-specification.js';
import { REFERENCE } from '../../../../../test/support/reference.js';
import { OPERATOR, RECEIVER, arrived, asked, assessedBothSides, departed, ready, returnId, risk, sendingAssessed, towards, upTo } from '../../../../../test/support/return-story.js';
import { translate } from './repatriation.notify.js';

const confirm = { type: 'ConfirmReturnDeletion', body: { returnId } };
const deleted = (recipient: string): Given => ({ type: 'ReturnDataDeleted', data: { returnId, recipient } });
const owed = (...events: readonly Given[]) => caseWorkflow.duties(given(...events).state, REFERENCE).filter(({ name }) => name.startsWith('return-deletion'));
const owing = (...events: readonly Given[]) => owed(...events).map(({ name, owedBy }) => [name, owedBy.organisation]).sort();
const told = (...events: readonly Given[]) => toldAbout(given(...events).state.facts).map(({ organisation }) => organisation);
const recalled = (event: Given, ...events: readonly Given[]) => {
  const facts = (...more: readonly Given[]) => given(...events, ...more).state.facts;
  return translate({ ...event, id: 'e', stream: 's', revision: 0, metadata: {} as never }, facts(), facts(event)).filter(({ recall }) => recall).map(({ recipient }) => recipient);
};
const BOTH = [['return-deletion-operator', 'podul-intoarcerii'], ['return-deletion-receiver', 'asociatia-punte']];
const PARTIES = ['podul-intoarcerii', 'asociatia-punte'];
const cancelled: Given = { type: 'ReturnCancelled', data: { returnId, reason: 'CONSENT_WITHDRAWN' } };

describe('a return that came to nothing', () => {
  const ends: readonly Given[] = [
    cancelled, { type: 'ReturnFoundNotSafe', data: { returnId, reason: 'NO_RECEPTION' } }, { type: 'PreDepartureCheckFailed', data: { returnId, because: 'RISK' } },
    { type: 'ReturnFailed', data: { returnId, reason: 'NO_SHOW' } }, { type: 'CaseClosed', data: { proposalId: 'p', reason: 'DECEASED', unmetNeeds: [] } },
  ];
  it.each(ends)('is forgotten by who was told of it: $type', (end) => {
    expect(owing(...ready())).toEqual([]);
    expect(owing(...ready(), end)).toEqual(BOTH);
    expect(owing(...upTo(risk('SENDING'), sendingAssessed, asked), end)).toEqual(BOTH);
    expect(owing(...upTo(risk('SENDING'), sendingAssessed), end)).toEqual([BOTH[0]]);
    expect(owing(...upTo(risk('SENDING')), end)).toEqual([]);
    expect(recalled(end, ...ready())).toEqual(PARTIES);
    expect(recalled(end, ...ready(), cancelled)).toEqual([]);
  });
  it('until each of them confirmed, and no longer', () => {
    const over = [...assessedBothSides(), cancelled];
    given(...over).when(confirm, OPERATOR).then(deleted('podul-intoarcerii'));
    given(...over).when(confirm, RECEIVER).then(deleted('asociatia-punte'));
    given(...over).when(confirm).thenRejects('not-found');
    expect(owing(...over, deleted('podul-intoarcerii'))).toEqual([BOTH[1]]);
    expect(told(...over, deleted('podul-intoarcerii'))).toEqual(['asociatia-punte']);
    given(...over, deleted('podul-intoarcerii')).when(confirm, OPERATOR).thenNothing();
  });
  it('is kept while it goes on, and was told to nobody before', () => {
    given(...assessedBothSides()).when(confirm, OPERATOR).thenRejects('deletion-not-owed');
    given(...upTo(risk('SENDING'))).when(confirm, OPERATOR).thenRejects('wrong-state');
  });
  it('in the time of the policy, from when it was recorded: nobody knew before', () => {
    const due = REFERENCE.calendar.due(NOW, REFERENCE.policy.values['deletion.confirmation']);
    expect(owed(...assessedBothSides(), { ...cancelled, metadata: { recordedAt: NOW } }).map(({ key, dueAt }) => [key, dueAt])).toEqual([[returnId, due], [returnId, due]]);
  });
  it('once, where one body is both', () => {
    expect(owing(...towards('podul-intoarcerii', assessedBothSides()), cancelled)).toEqual([['return-deletion-receiver', 'podul-intoarcerii']]);
  });
});

describe('an erasure', () => {
  const ordered: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
  const handedOver: readonly Given[] = [...ready(), departed, arrived, { type: 'HandoverAccepted', data: { returnId, receiver: 'asociatia-punte' } }];

  it('reaches the bodies of a return that goes on, and who organised one that came to its end', () => {
    expect(owing(...assessedBothSides(), ordered)).toEqual(BOTH);
    expect(recalled(ordered, ...assessedBothSides())).toEqual(PARTIES);
    expect(owing(...handedOver)).toEqual([]);
    // Who took her over leads the case.
    expect(told(...handedOver)).toEqual(['podul-intoarcerii']);
    expect(owing(...handedOver, ordered)).toEqual([BOTH[0]]);
    expect(recalled(ordered, ...handedOver)).toEqual(['podul-intoarcerii']);
    given(...handedOver, ordered).when(confirm, OPERATOR).then(deleted('podul-intoarcerii'));
  });
});

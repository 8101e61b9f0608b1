import { describe, expect, it } from '@jest/globals';
import type { Given, Recorded } from '#kernel';
import { consented, given, notified } from '../../../../../test/support/case-specification.js';
import type { Notice } from '../../shared/notice.js';
import { translate } from './identification.notify.js';

const presumed: Given = { type: 'VictimPresumed', data: {} };
const asked = (requestId: string, authority: string): Given => ({ type: 'FormalIdentificationRequested', data: { requestId, authority, deciderRole: 'LE' } });
const erasure: Given = { type: 'ErasureOrdered', data: { reason: 'PERSON_REQUEST' } };
const decided = { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true };

/** What the last event of a story makes known, by whom it was recorded. */
function told(story: readonly Given[], event: Given, organisation = 'casa-lumina'): readonly Notice[] {
  const facts = (...events: readonly Given[]) => given(...notified(), ...story, ...events).state.facts;
  return translate({ ...event, metadata: { organisation } } as unknown as Recorded, facts(), facts(event));
}

describe('an authority that is asked to identify her', () => {
  const story = [presumed, consented('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu'), asked('q1', 'politia-exemplu')];
  const over = [{ recipient: 'politia-exemplu', thing: 'q1', recall: true }];

  it('hears of it, and again when it waits no longer for its answer', () => {
    expect(told(story.slice(0, 2), asked('q1', 'politia-exemplu'))).toEqual([{ recipient: 'politia-exemplu', thing: 'q1', recall: false }]);
    for (const event of [
      { type: 'FormalIdentificationDeclined', data: { reason: 'CONSENT_WITHDRAWN' } },
      { type: 'VictimFormallyIdentified', data: decided },
      { type: 'FormalIdentificationRefused', data: { ...decided, reason: 'CRITERIA_NOT_MET' } },
      erasure,
      { type: 'CaseClosed', data: { proposalId: 'p', reason: 'DECEASED', unmetNeeds: [] } },
    ])
      expect([event.type, told(story, event)]).toEqual([event.type, over]);
  });

  it('hears when she is to be forgotten, also where it decided', () => {
    const by: Given = { type: 'VictimFormallyIdentified', data: decided, metadata: { organisation: 'politia-exemplu' } };
    expect(told([...story, by], erasure)).toEqual(over);
  });

  it('hears it once, and never of its own decision', () => {
    const declined = { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } };
    expect(told([...story, declined], declined)).toEqual([]);
    expect(told(story, { type: 'VictimFormallyIdentified', data: decided }, 'politia-exemplu')).toEqual([]);
    expect(told(story, { type: 'BasicNeedsMet', data: { met: ['FOOD'], refused: [] } })).toEqual([]);
  });

  it('hears that another is asked in its place, and the other that it is', () => {
    expect(told(story, asked('q2', 'parchetul-exemplu'))).toEqual([...over, { recipient: 'parchetul-exemplu', thing: 'q2', recall: false }]);
  });
});

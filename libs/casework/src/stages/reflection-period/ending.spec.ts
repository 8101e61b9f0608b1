import { describe, it } from '@jest/globals';
import type { Given } from '#kernel';
import { given, NOW, notified, presumed } from '../../../../../test/support/case-specification.js';

const running: Given = { type: 'ReflectionPeriodStarted', data: { from: NOW, until: '2026-06-08T21:00:00.000Z', trigger: 'SERIOUS_REASONS', untilDecision: false, provisional: true } };
const returned = { type: 'EndReflectionPeriod', body: { reason: 'PERSON_RETURNED' } };
const ended = { type: 'ReflectionPeriodEnded', data: { because: 'RETURNED' }, seals: ['proceedings'] } as const;
const POLICE = { organisation: 'politia-exemplu', role: 'LE', actor: 'officer-1' } as const;

describe('a reflection period', () => {
  it('ends because she returned where a return of hers departed, or by the word of herself and of who leads the case (INV-5)', () => {
    const story = given(...notified(), presumed, running);
    story.when(returned, POLICE).thenRejects('not-departed');
    for (const role of ['CM', 'PERSON'] as const) story.when(returned, { role }).then(ended);
    given(...notified(), presumed, running, { type: 'Departed', data: { returnId: 'r' } }).when(returned, POLICE).then(ended);
  });
});

import { describe, expect, it } from '@jest/globals';
import { NO_FACTS } from '#casework';
import { aChild, given, notified } from '../../../../../test/support/case-specification.js';
import { translate } from './intake.notify.js';

const age = (body: object) => ({ type: 'RecordAge', body });
const DISPUTED = { ageBand: '18-25', ageStatus: 'DISPUTED' };

describe('an age that makes a child of an adult', () => {
  it('tells child protection, as the notification of a child would have', () => {
    given(...notified()).when(age(DISPUTED)).then({ type: 'AgeRecorded', data: { ...DISPUTED, routedTo: ['protectia-copilului'] } });
    const { facts } = given(...notified(), { type: 'AgeRecorded', data: { ...DISPUTED, routedTo: ['protectia-copilului'] } }).state;
    expect(facts.routedTo).toContain('protectia-copilului');
  });

  it('tells nobody twice, nor of an adult', () => {
    given(...notified()).when(age({ ageBand: '26-40', ageStatus: 'DOCUMENTED' })).then({ type: 'AgeRecorded', data: { ageBand: '26-40', ageStatus: 'DOCUMENTED' } });
    given(...aChild()).when(age({ ageBand: '0-13', ageStatus: 'DOCUMENTED' })).then({ type: 'AgeRecorded', data: { ageBand: '0-13', ageStatus: 'DOCUMENTED' } });
  });

  it('is a notice to each of them', () => {
    const stream = 'case-00000000-0000-4000-8000-000000000001';
    const event = { type: 'AgeRecorded', stream, data: { ...DISPUTED, routedTo: ['a', 'b'] }, metadata: { organisation: 'b' } };
    expect(translate(event as never, NO_FACTS, NO_FACTS)).toEqual([{ recipient: 'a', thing: stream.slice(5), recall: false }]);
  });
});

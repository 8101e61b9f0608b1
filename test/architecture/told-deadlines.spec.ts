/**
 * Whatever is owed reaches somebody when it is not done: it has a ladder, or says here how else it is told. So no stage can owe
 * anything in silence. Source: domain.md 5.2 S5, 11 (DeadlineClock), 12.1.
 */
import { describe, expect, it } from '@jest/globals';
import { isWatched } from '../../libs/casework/src/stages/deadlines/ladder.js';
import { DUTY_NAMES } from '../support/duty-names.js';

const BY_THE_CLOCK = 'the clock does it itself';
const TOLD_OTHERWISE: Readonly<Record<string, string>> = {
  'consent-expiry': BY_THE_CLOCK,
  'deadline-watch': BY_THE_CLOCK,
  'deletion-chase': 'who answers for the data has it on its board: of an erased case nothing more is reported or told',
  'received-data-chase': 'the same, of what was told with a return or a formal request',
  erasure: BY_THE_CLOCK,
  'formal-request-withdrawal': BY_THE_CLOCK,
  'notification-escalation': BY_THE_CLOCK,
  'override-review-overdue': 'the coordination owes it itself, and was told when it arose',
  'referral-escalation': BY_THE_CLOCK,
  'referral-recall': BY_THE_CLOCK,
  'reflection-period-end': BY_THE_CLOCK,
  'reflection-period-start': BY_THE_CLOCK,
  'reflection-period-warning': BY_THE_CLOCK,
  'return-cancellation': BY_THE_CLOCK,
  'risk-expiry': BY_THE_CLOCK,
  'risk-trigger': BY_THE_CLOCK,
  'service-end': BY_THE_CLOCK,
  'notification-opening': 'danger is told at once and again by the notification itself (R-8)',
  'override-review': 'its end has an event of its own, told to reviewers and coordination (R-3)',
  'referral-reply': 'its end is the expiry of the request; then another provider is owed',
  'risk-reassessment': 'its end is the expiry of the assessment, told to who leads',
};

describe('what a stage owes', () => {
  it('has a ladder, or is told in another way', () => {
    const silent = DUTY_NAMES.filter((name) => !isWatched({ name, key: 'case', dueAt: '', owedBy: {} }));
    expect(silent.sort()).toEqual(Object.keys(TOLD_OTHERWISE).sort());
  });
});

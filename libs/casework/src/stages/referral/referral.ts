/** Referral: asked, answered, delivered, taken back. Each business step has its file. Source: domain.md 5. */
import { caseStage } from '../../shared/world.js';
import { type AnswerCommands, type AnswerEvents, answerCommands, answerEvents } from './answer.js';
import { type ChaseCommands, type ChaseEvents, chaseCommands, chaseEvents } from './chase.js';
import { type FundingCommands, type FundingEvents, fundingCommands, fundingEvents } from './funding.js';
import { type HandoverCommands, type HandoverEvents, handoverCommands, handoverEvents } from './handover.js';
import { referralDuties } from './owed.js';
import { type RecallCommands, type RecallEvents, recallCommands, recallEvents } from './recall.js';
import { type RequestCommands, type RequestEvents, requestCommands, requestEvents } from './request.js';
import { type ServiceCommands, type ServiceEvents, serviceCommands, serviceEvents } from './service.js';
import { addressed, type Referrals, stateOf } from './slice.js';
import { referralView } from './view.js';

export type ReferralCommands = RequestCommands & AnswerCommands & RecallCommands & ChaseCommands & HandoverCommands & ServiceCommands & FundingCommands;
export type ReferralEvents = RequestEvents & AnswerEvents & RecallEvents & ChaseEvents & HandoverEvents & ServiceEvents & FundingEvents;

export const referral = caseStage<Referrals, ReferralCommands, ReferralEvents>({
  name: 'referral',
  initial: {},
  stateOf,
  addresseeOf: (referrals, body) => addressed(referrals, body)?.referral.recipient,
  commands: { ...requestCommands, ...answerCommands, ...recallCommands, ...chaseCommands, ...handoverCommands, ...serviceCommands, ...fundingCommands },
  events: { ...requestEvents, ...answerEvents, ...recallEvents, ...chaseEvents, ...handoverEvents, ...serviceEvents, ...fundingEvents },
  view: referralView,
  duties: referralDuties,
});

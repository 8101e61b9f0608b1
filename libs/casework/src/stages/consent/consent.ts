/** Consent, and the narrow door beside it. Nothing about a person leaves an organisation through another one (INV-1). */
import { caseStage } from '../../shared/world.js';
import { type AgreementCommands, type AgreementEvents, agreementCommands, agreementEvents, expiriesOwed } from './agreement.js';
import { type TellingCommands, type TellingEvents, tellingCommands, tellingEvents, tellingsOwed } from './disclosure-told.js';
import { type OverrideCommands, type OverrideEvents, overrideCommands, overrideEvents, reviewsOwed } from './override.js';
import { type RefusalCommands, type RefusalEvents, refusalCommands, refusalEvents } from './refusal.js';
import { type WithdrawalCommands, type WithdrawalEvents, withdrawalCommands, withdrawalEvents } from './withdrawal.js';

export type ConsentCommands = AgreementCommands & WithdrawalCommands & RefusalCommands & OverrideCommands & TellingCommands;
export type ConsentEvents = AgreementEvents & WithdrawalEvents & RefusalEvents & OverrideEvents & TellingEvents;

/** The slice: consents whose expiry is recorded, and disclosures whose review is recorded as overdue. */
export const consent = caseStage<readonly string[], ConsentCommands, ConsentEvents>({
  name: 'consent',
  initial: [],
  commands: { ...agreementCommands, ...withdrawalCommands, ...refusalCommands, ...overrideCommands, ...tellingCommands },
  events: { ...agreementEvents, ...withdrawalEvents, ...refusalEvents, ...overrideEvents, ...tellingEvents },
  duties: (ended, facts, reference) => [...expiriesOwed(ended, facts), ...reviewsOwed(ended, facts, reference), ...tellingsOwed(facts, reference)],
});

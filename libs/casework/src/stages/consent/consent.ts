/** Consent, and the narrow door beside it. Nothing about a person leaves an organisation through another one (INV-1). */
import { caseStage } from '../../shared/world.js';
import { type AgreementCommands, type AgreementEvents, agreementCommands, agreementEvents, expiriesOwed } from './agreement.js';
import { type OverrideCommands, type OverrideEvents, overrideCommands, overrideEvents, reviewsOwed } from './override.js';

export type ConsentCommands = AgreementCommands & OverrideCommands;
export type ConsentEvents = AgreementEvents & OverrideEvents;

/** The slice: consents whose expiry is recorded. */
export const consent = caseStage<readonly string[], ConsentCommands, ConsentEvents>({
  name: 'consent',
  initial: [],
  commands: { ...agreementCommands, ...overrideCommands },
  events: { ...agreementEvents, ...overrideEvents },
  duties: (expired, facts, reference) => [...expiriesOwed(expired, facts), ...reviewsOwed(facts, reference)],
});

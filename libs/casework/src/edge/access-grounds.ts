/** Grounds of access that stand outside the case: mandates and broken glass. Whoever keeps them gives them in here. */
import type { AccessGrounds, Caller } from '#platform';

/** Grounds for this caller on this case, as they stand now. */
export type GroundsSource = (caller: Caller, caseId: string) => Promise<AccessGrounds>;
/** Injection token. Not provided: no such ground opens anything in this app. */
export const ACCESS_GROUNDS = Symbol('grounds of access');

/** Cases as they were: whoever keeps the past answers here. */
import type { CaseRequest } from '#platform';

/** The case at the moment that the query names, as the caller may see it; `undefined` when it names none. */
export type AsOfView = (request: CaseRequest) => Promise<{ readonly etag: string; readonly body: unknown } | undefined>;
/** Injection token. Not provided: this app shows the present only. */
export const AS_OF = Symbol('as-of view');

/** Query parameters that ask for the past. */
export const MOMENTS = ['asOf', 'factsAsOf', 'revision'] as const;

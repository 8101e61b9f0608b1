/** An answer that is not what was asked for, where the reason lies in the request or the server, not in the domain. */
import type { RejectionDetails } from '#kernel';
import type { ProblemCode } from './catalogue.js';

/** The domain's own refusals are kernel `Rejection`s; this is for what only the edge knows. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly details: RejectionDetails = {},
    /** Headers of the answer, in lower case. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

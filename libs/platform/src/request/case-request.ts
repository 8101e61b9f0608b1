/** A request as the rest of the house sees it: no HTTP left in it. */
import type { Caller } from '../caller.js';

export interface CaseRequest {
  readonly caller: Caller;
  /** A UUID, in lower case. Always there on a write. */
  readonly idempotencyKey?: string;
  /** The `If-Match` header as sent; `requireMatch` compares it. */
  readonly ifMatch?: string;
  /** Unvalidated: access is decided before a body is looked at (architecture.md 6). `undefined` when there was none. */
  readonly body: unknown;
  /** One a request, made here; stands in events, answers and logs. */
  readonly correlationId: string;
  /** Path parameters by name, as sent: aliases, never trusted. */
  readonly path: Readonly<Record<string, string>>;
  /** Query parameters; each at most once. */
  readonly query: Readonly<Record<string, string>>;
  /** `Tandem-Minimum-Position` as sent: an opaque token that `decodePosition` reads. */
  readonly minimumPosition?: string;
}

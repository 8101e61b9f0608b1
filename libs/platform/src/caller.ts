/** Who asks. Built from a verified token only; everything downstream decides on it. Source: architecture.md 6. */
import type { Role } from '#mechanism';

export interface Caller {
  /** Identifier of the organisation in the directory. */
  readonly organisation: string;
  /** Opaque reference of the person or system, never a name or an e-mail address. */
  readonly actor: string;
  /** What the token claims. It can only narrow what the directory says of the organisation; `mayAccess` intersects. */
  readonly roles: readonly Role[];
  /** A natural person stands behind the request, not only a system. */
  readonly human: boolean;
  /** The software that asked for the token. */
  readonly client: string;
  /** The audit mandate under which an auditor asks (domain.md 12.1 R-11). */
  readonly mandate?: string;
}

/** The organisation under which the clock and the reactions act. No token may claim it. */
export const OWN_ORGANISATION = 'tandem';

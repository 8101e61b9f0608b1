/** The one message on the command bus: record a fact on a case. HTTP, the clock and erasure all send it. */
import type { StoredEvent } from '#event-store';
import type { WorkflowState } from '#kernel';
import type { Caller } from '#platform';
import type { CaseWorld } from '../shared/world.js';

/** Class of a request body: its fields carry validation and classification. */
export type BodyClass = new () => object;

/** A wish to record a fact, as it came in. */
export interface CaseCommand {
  /** Name of the command in the workflow. */
  readonly type: string;
  /** Absent when the command makes the case. */
  readonly caseId?: string;
  /** The name that was sent, where anybody's name of the case will do: with another name it is another wish, whichever cases they name. */
  readonly addressedAs?: string;
  /** As sent; validated only after access is decided. */
  readonly body: unknown;
  /** Absent for commands of the house itself: they are not validated and need no access. */
  readonly bodyClass?: BodyClass;
  /** Identifiers from the path, already resolved from the caller's aliases. */
  readonly identifiers: Readonly<Record<string, string>>;
  readonly caller: Caller;
  /** UUID of the client, or a derived one: the same wish sent again has the same key. */
  readonly idempotencyKey: string;
  /** Entity tag that the addressed resource must still have. */
  readonly ifMatch?: string;
  readonly correlationId: string;
  readonly causationId?: string;
}

/** The house acting on what is owed. No directory entry has this name, so no token can carry it. */
export const HOUSE = { organisation: 'tandem', actor: 'clock', roles: ['CLOCK'], human: false, client: 'clock' } as const;

/** What recording did. `events` are read back from the store, never taken from what was decided. */
export interface CaseRecord {
  readonly caseId: string;
  readonly events: readonly StoredEvent[];
  readonly state: WorkflowState<CaseWorld>;
  /** Policy keys the decision rested on that no source has confirmed. */
  readonly provisional: readonly string[];
  /** The same command was handled before. */
  readonly repeated: boolean;
}

/** The message. A class, because the bus finds handlers by class. */
export class RecordOnCase {
  constructor(readonly command: CaseCommand) {}
}

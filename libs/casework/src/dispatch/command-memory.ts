/** Remembers how commands ended, so that the same key gets the same answer and never a second effect. */
import type { CommandLog, StoredEvent } from '#event-store';
import { Rejection, type RejectionDetails, type RejectionKind } from '#kernel';
import { type Keyring, commandIdOf } from '#privacy';
import canonicalize from 'canonicalize';
import type { CaseCommand } from './case-command.js';

/** Rejections that hold for the same wish for ever; the others may be put right and sent again under the same key. */
const LASTING: readonly RejectionKind[] = ['rule-broken', 'wrong-state'];

/** What the command log keeps of an end; never personal data. */
export interface Outcome {
  /** Revisions of the command's events; empty when the wish already held. */
  readonly revisions?: readonly number[];
  /** Provisional rules that the answer named; deciding is what finds them, and a repeat does not decide. */
  readonly provisional?: readonly string[];
  readonly rejection?: { readonly kind: RejectionKind; readonly code: string; readonly message: string; readonly details: RejectionDetails };
}

export class CommandMemory {
  constructor(
    private readonly log: CommandLog,
    private readonly keyring: Keyring,
  ) {}

  /** Identifier of a command: the same organisation and key give the same, and nobody else can compute it. */
  commandId({ caller, idempotencyKey }: Pick<CaseCommand, 'caller' | 'idempotencyKey'>): string {
    return commandIdOf(this.keyring, caller.organisation, idempotencyKey);
  }

  /**
   * How the same command ended before, if it is known.
   * @throws Rejection when the key was used for another wish, or the earlier answer was a lasting rejection
   */
  async check(commandId: string, command: CaseCommand): Promise<Outcome | undefined> {
    const earlier = await this.log.find(commandId);
    if (earlier === undefined) return undefined;
    if (earlier.fingerprint !== this.fingerprint(command)) {
      throw new Rejection('rule-broken', 'idempotency-key-reused', 'the same key came with another body');
    }
    const outcome = earlier.outcome as Outcome;
    const { rejection } = outcome;
    if (rejection !== undefined) throw new Rejection(rejection.kind, rejection.code, rejection.message, rejection.details);
    return outcome;
  }

  /** How a command ended, as it may be shown to who sent it. */
  async outcome(commandId: string): Promise<object | undefined> {
    const earlier = await this.log.find(commandId);
    if (earlier === undefined) return undefined;
    const { rejection, revisions = [] } = earlier.outcome as Outcome;
    if (rejection !== undefined) return { state: 'refused', code: rejection.code, at: earlier.at };
    return { state: 'recorded', events: revisions.length, at: earlier.at };
  }

  /** Runs the work and remembers its end: events, no events, or a rejection that lasts. */
  async remembering<Result extends { readonly events: readonly StoredEvent[]; readonly provisional: readonly string[] }>(
    commandId: string,
    stream: string,
    command: CaseCommand,
    at: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const entry = { commandId, stream, fingerprint: this.fingerprint(command), at };
    try {
      const result = await work();
      await this.log.remember({ ...entry, outcome: { revisions: result.events.map(({ revision }) => revision), provisional: result.provisional } });
      return result;
    } catch (error) {
      // What the house itself may not do now, it may have to do once the case has changed again.
      if (error instanceof Rejection && LASTING.includes(error.kind) && command.bodyClass !== undefined) {
        const { kind, code, message, details } = error;
        await this.log.remember({ ...entry, outcome: { rejection: { kind, code, message, details } } });
      }
      throw error;
    }
  }

  /** Under a key: a bare hash of personal data would be personal data. */
  private fingerprint({ type, caseId, addressedAs, body, identifiers, bodyClass }: CaseCommand): string {
    const wish = canonicalize({ type, caseId: addressedAs ?? caseId ?? null, body: body ?? null, identifiers, own: bodyClass === undefined });
    return this.keyring.authenticate('fingerprint', wish ?? '');
  }
}

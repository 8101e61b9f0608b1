/** Reads the log and turns events into notices. Source: architecture.md 7. */
import { caseOfStream } from '#kernel';
import { type Notice, toldAbout } from '#casework';
import type { EventStore, Position, StoredEvent } from '#event-store';
import type { AliasRegister, DataHolder } from '#privacy';
import type { Cases, Translate } from './cases.js';
import { forgetCase } from './erasure.js';
import type { Lease } from './lease.js';
import { messageId } from './message.js';
import type { NamedNotice, Outbox } from './outbox.js';
import { concernsSubscription, followSubscription } from './subscription-events.js';

/** A translation or a fold threw: a bug, or an event that this build does not know. The reader stands at that event. */
export class TranslationFailed extends Error {
  override readonly name = 'TranslationFailed';

  constructor(
    readonly eventId: string,
    readonly type: string,
    cause: unknown,
  ) {
    // The cause's words may hold anything: they stay out of what is shown.
    super(`${type} ${eventId} can not be translated`, { cause });
  }
}

export interface ReaderParts<State> {
  readonly store: EventStore;
  readonly aliases: AliasRegister;
  readonly cases: Cases<State>;
  readonly translate: readonly Translate[];
  readonly outbox: Outbox;
  readonly lease: Lease;
  /** Called after each transaction that may have made something to send or to fetch. */
  readonly onNotice: () => void;
}

/** What one event says to whom. */
interface Found {
  readonly event: StoredEvent;
  readonly caseId: string | undefined;
  readonly notices: readonly NamedNotice[];
  /** Who still has to delete, when this event leaves nothing else to be known of the case. */
  readonly forgetBut?: readonly DataHolder[];
}

export class Reader<State> {
  constructor(private readonly parts: ReaderParts<State>) {}

  /**
   * Follows the log from the checkpoint until `signal` aborts. Nothing is skipped: a failure leaves the checkpoint
   * before the event that failed.
   * @throws TranslationFailed, LeaseLost, CheckpointMoved, and whatever the stores throw
   */
  async run(signal: AbortSignal): Promise<void> {
    const { position } = await this.parts.outbox.checkpoint();
    await this.follow(this.parts.store.subscribe(position, signal));
  }

  /** Reads from the checkpoint to the end of the log as it is now. Throws as `run` does. */
  async catchUp(): Promise<void> {
    const { position } = await this.parts.outbox.checkpoint();
    await this.follow(this.parts.store.readAll(position));
  }

  private async follow(pages: AsyncIterable<readonly StoredEvent[]>): Promise<void> {
    let { position } = await this.parts.outbox.checkpoint();
    for await (const page of pages) {
      await this.parts.lease.require();
      position = await this.take(page, position);
    }
  }

  /**
   * Takes a page in one transaction and answers how far the checkpoint is then. What stands before an event that can not
   * be translated is taken; the checkpoint stays there.
   */
  private async take(page: readonly StoredEvent[], position: Position): Promise<Position> {
    const found: Found[] = [];
    let failed: Error | undefined;
    for (const event of page) {
      const one = await this.find(event).catch((error: unknown) => {
        failed = error as Error;
      });
      if (one === undefined) break;
      found.push(one);
    }
    const end = page[found.length - 1]?.position;
    if (end !== undefined) await this.write(found, position, end);
    if (failed !== undefined) throw failed;
    return end ?? position;
  }

  private async write(found: readonly Found[], from: Position, to: Position): Promise<void> {
    const { outbox, aliases, onNotice } = this.parts;
    const named = await Promise.all(found.map((one) => this.named(one)));
    const forgetting = named.filter(({ forgetBut }) => forgetBut !== undefined);
    // Before the checkpoint moves: whoever ends in between does it again. Whoever erases forgets the aliases too.
    for (const { caseId, forgetBut } of forgetting) if (caseId !== undefined) await aliases.forget(caseId, forgetBut);
    await outbox.advance(from, to, async (write, push) => {
      for (const { event, notices, caseId, forgetBut } of named) {
        await followSubscription(write, event);
        for (const notice of notices) await outbox.add(write, notice, event.position, push(event.position));
        if (forgetBut !== undefined && caseId !== undefined) await forgetCase(write, caseId, forgetBut);
      }
    });
    if (forgetting.length > 0) await outbox.purge();
    if (named.some(({ event, notices }) => notices.length > 0 || concernsSubscription(event))) onNotice();
  }

  private async find(event: StoredEvent): Promise<Found> {
    const caseId = caseOfStream(event.stream);
    return caseId === undefined ? { event, caseId, notices: [] } : this.translated(event, caseId);
  }

  /** An erased case must not be given names again, however often the log is read: only what has one is named. */
  private async named(found: Found): Promise<Found> {
    const { caseId, notices } = found;
    if (notices.length === 0 || caseId === undefined) return found;
    const isGone = (await this.parts.cases.newest(caseId)).erasure !== 'NONE';
    const name = (notice: NamedNotice) => (isGone ? this.asKnown(notice) : this.withNames(notice));
    return { ...found, notices: await Promise.all(notices.map(name)) };
  }

  private async translated(event: StoredEvent, caseId: string): Promise<Found> {
    // What the store throws may pass by itself; what follows would throw again for ever.
    const state = await this.parts.cases.before(event);
    try {
      const { before, after } = this.parts.cases.around(event, state);
      const notices = this.parts.translate.flatMap((translate) => translate(event, before, after));
      const isLess = after.holders.length < before.holders.length;
      const forgets = after.erasure === 'ERASED' && (before.erasure !== 'ERASED' || isLess);
      return {
        event,
        caseId,
        notices: numbered(event, caseId, notices),
        ...(forgets && { forgetBut: toldAbout(after) }),
      };
    } catch (error) {
      throw new TranslationFailed(event.id, event.type, error);
    }
  }

  /**
   * Only recalls: whoever was told of an erased case is told no more than to delete. Who knows the thing by a name may have
   * had no notice yet, and so no key that orders them: it came to look by itself.
   */
  private async asKnown(notice: NamedNotice): Promise<NamedNotice> {
    const { recipient, thing, caseId, recall } = notice;
    const { aliases } = this.parts;
    const reference = recall ? await aliases.find(recipient, 'thing', thing, caseId) : undefined;
    if (reference === undefined) return notice;
    const orderingKey = await aliases.aliasFor(recipient, 'ordering-key', caseId, caseId);
    return { ...notice, names: { reference, orderingKey } };
  }

  private async withNames(notice: NamedNotice): Promise<NamedNotice> {
    const { recipient, thing, caseId } = notice;
    const kind = thing === caseId ? 'case' : 'thing';
    const { aliases } = this.parts;
    // At once, so that new names share a commit.
    const [reference, orderingKey] = await Promise.all([
      aliases.aliasFor(recipient, kind, thing, caseId),
      aliases.aliasFor(recipient, 'ordering-key', caseId, caseId),
    ]);
    return { ...notice, names: { reference, orderingKey } };
  }
}

function numbered(event: StoredEvent, caseId: string, notices: readonly Notice[]): readonly NamedNotice[] {
  const made = new Map<string, number>();
  return notices.map((notice) => {
    const index = made.get(notice.recipient) ?? 0;
    made.set(notice.recipient, index + 1);
    const id = messageId(event.id, notice.recipient, index);
    return { ...notice, id, caseId, time: event.metadata.recordedAt };
  });
}

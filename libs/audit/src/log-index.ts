/**
 * What the auditor's questions need from the whole log, kept in memory and read from the log again after a restart: where
 * each stream stands, which cases there are, who tried to open which case in vain, who was told to audit. A reader, never a second truth.
 */
import { caseOfStream } from '#kernel';
import { type EventStore, type Position, START, type StoredEvent } from '#event-store';
import type { AuditMandate } from '#platform';
import { isMandateStream, mandateTold } from './mandates/mandates.js';
import type { Head } from './verifier/merkle.js';

/** A case as sampling looks at it: by the facts that a mandate's scope is made of. */
export interface NotifiedCase {
  readonly caseId: string;
  readonly country: string;
  readonly recordedAt: string;
}

const ACCESS = 'access-';

export const headOf = ({ stream, revision, metadata: { chain } }: StoredEvent): Head => ({ stream, revision, chain });

export class LogIndex {
  private readonly headsByStream = new Map<string, Head>();
  private readonly casesById = new Map<string, NotifiedCase>();
  private readonly refusalsByCase = new Map<string, StoredEvent[]>();
  private readonly mandateEvents = new Map<string, StoredEvent[]>();
  private read: Position = START;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly store: EventStore) {}

  /** Reads what came since. Whoever asks afterwards sees at least everything that was acknowledged before. */
  catchUp(): Promise<void> {
    return this.inTurn(() => this.readOn());
  }

  /**
   * Where each stream stood at a place of the log, read now and for the first time, so that one pass serves both. `undefined`
   * when this index has read before: what it remembers says nothing about a log that was changed since.
   */
  firstHeadsAt(position: Position): Promise<readonly Head[] | undefined> {
    return this.inTurn(async () => {
      if (this.read !== START) return undefined;
      await this.readOn(position);
      return [...this.headsByStream.values()];
    });
  }

  /** How far the log was read. */
  get position(): Position {
    return this.read;
  }

  heads(): Iterable<Head> {
    return this.headsByStream.values();
  }

  cases(): Iterable<NotifiedCase> {
    return this.casesById.values();
  }

  /** `AccessRefused` events that name this case, oldest first. */
  refusalsOf(caseId: string): readonly StoredEvent[] {
    return this.refusalsByCase.get(caseId) ?? [];
  }

  /** Every mandate that was ever granted, as it is by now. */
  mandates(): readonly AuditMandate[] {
    return [...this.mandateEvents.values()].flatMap((events) => mandateTold(events) ?? []);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.reading.then(work);
    this.reading = next.then(() => undefined, () => undefined);
    return next;
  }

  private async readOn(to?: Position): Promise<void> {
    for await (const page of this.store.readAll(this.read)) {
      for (const event of page) {
        if (to !== undefined && this.store.compare(event.position, to) > 0) return;
        this.note(event);
        this.read = event.position;
      }
    }
  }

  private note(event: StoredEvent): void {
    this.headsByStream.set(event.stream, headOf(event));
    if (event.type === 'CaseNotified' && caseOfStream(event.stream) !== undefined) this.noteCase(event);
    if (event.type === 'AccessRefused' && event.stream.startsWith(ACCESS)) this.noteRefusal(event);
    if (isMandateStream(event.stream)) this.mandateEvents.set(event.stream, [...(this.mandateEvents.get(event.stream) ?? []), event]);
  }

  private noteCase({ stream, data, metadata: { recordedAt } }: StoredEvent): void {
    const { country } = data as { country: string };
    const caseId = caseOfStream(stream) ?? '';
    this.casesById.set(caseId, { caseId, country, recordedAt });
  }

  private noteRefusal(event: StoredEvent): void {
    const { caseId } = event.data as { caseId?: string };
    if (caseId === undefined) return;
    const known = this.refusalsByCase.get(caseId);
    if (known === undefined) this.refusalsByCase.set(caseId, [event]);
    else known.push(event);
  }
}

/**
 * Reads back what was appended. Appends that wait at the same time share one read of the log from the first of them on:
 * one by one, reading back cost more than half of the rate (ADR 14).
 */
import type { EventStoreDBClient, RecordedEvent } from '@eventstore/db-client';
import { patiently } from './failures.js';
import { type LogPosition, positionOf } from './position.js';
import { eventsOfLog, eventsOfStream } from './reading.js';

/** The last event of an append, as the server answered. */
export interface AppendedLast {
  readonly stream: string;
  readonly revision: number;
  /** Where the server says that it lies; it need not say so of a repeat. */
  readonly position: LogPosition | undefined;
}

interface Waiting extends AppendedLast {
  readonly resolve: (recorded: RecordedEvent | Promise<RecordedEvent | undefined> | undefined) => void;
}

/** Between the appends that wait lie those of other processes, and of this one that did not wait in time. */
const EVENTS_AN_APPEND = 2;
const READ_AT_MOST = 1_000;

export class ReadBack {
  private waiting: Waiting[] = [];
  private isReading = false;

  constructor(private readonly client: EventStoreDBClient) {}

  /** The event at that revision of that stream; rejects when the server is away for some seconds. */
  find(last: AppendedLast): Promise<RecordedEvent | undefined> {
    return new Promise((resolve) => {
      this.waiting.push({ ...last, resolve });
      if (!this.isReading) void this.readAll();
    });
  }

  private async readAll(): Promise<void> {
    this.isReading = true;
    while (this.waiting.length > 0) await this.readFor(this.waiting.splice(0));
    this.isReading = false;
  }

  private async readFor(waiting: readonly Waiting[]): Promise<void> {
    const found = await this.together(waiting);
    for (const each of waiting) each.resolve(found.get(placeOf(each.stream, each.revision)) ?? this.alone(each));
  }

  /** Events by stream and revision; all that are not among them are read alone. */
  private async together(waiting: readonly Waiting[]): Promise<ReadonlyMap<string, RecordedEvent>> {
    const positions = waiting.flatMap(({ position }) => position ?? []);
    const first = positions.map((position) => positionOf(position)).sort()[0];
    if (first === undefined) return new Map();
    const count = Math.min(waiting.length * EVENTS_AN_APPEND, READ_AT_MOST);
    const recorded = await eventsOfLog(this.client, first, count).catch((): RecordedEvent[] => []);
    return new Map(recorded.map((event) => [placeOf(event.streamId, Number(event.revision)), event]));
  }

  private async alone({ stream, revision }: Waiting): Promise<RecordedEvent | undefined> {
    const [recorded] = await patiently(() => eventsOfStream(this.client, stream, revision, 1));
    return recorded;
  }
}

const placeOf = (stream: string, revision: number): string => `${stream}@${revision}`;

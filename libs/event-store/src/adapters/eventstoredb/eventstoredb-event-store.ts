/** The event store on EventStoreDB (KurrentDB): many processes, one server or cluster. Decisions: ADR 14. */
import { EventStoreDBClient } from '@eventstore/db-client';
import { isIP } from 'node:net';
import { encode } from '../../encoding.js';
import type { Appended, EventStore, EventToAppend, ExpectedRevision, Position } from '../../port.js';
import type { ReadAllOptions, ReadStreamOptions, StoredEvent } from '../../port.js';
import { append, type Connections } from './appending.js';
import { Doorbell } from './doorbell.js';
import { backOff, isPassing, patiently } from './failures.js';
import { comparePositions } from './position.js';
import { endOfLog, eventsOfStream, isSystem, lastOfStream, type Part, partAfter } from './reading.js';
import { headingOf, isSystemName, toStoredEvent } from './stored-event.js';

const PAGE_SIZE = 1_000;

/**
 * An event store on the server at an address `esdb://`, `kurrentdb://`, or either with `+discover`. It connects at the
 * first call. Keeps all promises of `EventStore`; the server's log belongs to this application alone.
 * @throws RangeError when the address is not one. It may hold a password, so the error does not repeat it.
 */
export function connectEventStoreDb(address: string): EventStore {
  return new EventStoreDbEventStore(address);
}

class EventStoreDbEventStore implements EventStore {
  private readonly connections: Connections;
  private readonly client: EventStoreDBClient;
  private readonly doorbell: Doorbell;
  private readonly closed = new AbortController();
  private readonly underWay = new Set<Promise<unknown>>();
  private closing: Promise<void> | undefined;

  constructor(address: string) {
    this.client = clientFor(address);
    this.connections = { writes: clientFor(address), reads: this.client };
    this.doorbell = new Doorbell(clientFor(address), this.closed.signal);
  }

  async append(stream: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended> {
    this.assertOpen();
    if ([stream, ...events.map(({ type }) => type)].some(isSystemName))
      throw new RangeError('names with $ are reserved');
    encode(events);
    if (events.length === 0) return this.appendNothing(expected);
    return this.finishing(append(this.connections, stream, events, expected));
  }

  async readStream(stream: string, { from = 0, to = Number.MAX_SAFE_INTEGER - 1 }: ReadStreamOptions = {}) {
    this.assertOpen();
    const recorded = await patiently(() => eventsOfStream(this.client, stream, from, to - from + 1));
    return recorded.map((event) => toStoredEvent(event));
  }

  async readLast(stream: string): Promise<StoredEvent | undefined> {
    this.assertOpen();
    const last = await patiently(() => lastOfStream(this.client, stream));
    return last && toStoredEvent(last);
  }

  async *readAll(after: Position, { pageSize = PAGE_SIZE }: ReadAllOptions = {}) {
    let part = await this.partAfter(after, pageSize);
    for (let isRecent = true; ;) {
      // Read while the caller is at work on the former one, which may be never asked for.
      const ahead = part.isLast ? undefined : this.partAfter(part.seen, pageSize);
      ahead?.catch(() => undefined);
      if (part.events.length > 0) yield part.events;
      // The end is where it is now, not where it was when it was read ahead.
      if (part.isLast && isRecent) return;
      this.assertOpen();
      isRecent = ahead === undefined;
      part = await (ahead ?? this.partAfter(part.seen, pageSize));
    }
  }

  async *subscribe(after: Position, signal: AbortSignal, { pageSize = PAGE_SIZE }: ReadAllOptions = {}) {
    const ended = AbortSignal.any([signal, this.closed.signal]);
    for (let seen = after; !ended.aborted;) {
      const part = await this.nextPart(seen, pageSize, ended);
      if (part === undefined) return;
      seen = part.seen;
      yield part.events;
    }
  }

  /** The driver has parsed what it hands over: here a heading saves nothing. */
  async *subscribeToHeadings(after: Position, signal: AbortSignal, options?: ReadAllOptions) {
    for await (const page of this.subscribe(after, signal, options)) yield page.map(headingOf);
  }

  async head(): Promise<Position> {
    this.assertOpen();
    return patiently(() => endOfLog(this.client, (event) => !isSystem(event)));
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  close(): Promise<void> {
    this.closing ??= this.finish();
    return this.closing;
  }

  private async partAfter(after: Position, size: number): Promise<Part> {
    this.assertOpen();
    return this.finishing(patiently(() => partAfter(this.client, after, size)));
  }

  /** The next part that holds events, waited for as long as it takes; `undefined` once `ended`. */
  private async nextPart(after: Position, size: number, ended: AbortSignal): Promise<Part | undefined> {
    for (let seen = after, failures = 0; !ended.aborted;) {
      try {
        const part = await partAfter(this.client, seen, size);
        if (part.events.length > 0) return part;
        seen = part.seen;
        if (part.isLast) await this.doorbell.after(seen, ended);
        failures = 0;
      } catch (error) {
        if (!isPassing(error)) throw error;
        await backOff(failures++, ended);
      }
    }
    return undefined;
  }

  private async appendNothing(expected: ExpectedRevision): Promise<Appended> {
    const lastRevision = expected === 'no-stream' ? -1 : expected;
    return { firstRevision: lastRevision + 1, lastRevision, position: await this.head(), written: false };
  }

  private async finishing<Result>(work: Promise<Result>): Promise<Result> {
    this.underWay.add(work);
    return work.finally(() => this.underWay.delete(work));
  }

  private async finish(): Promise<void> {
    this.closed.abort();
    await Promise.allSettled(this.underWay);
    await this.doorbell.close();
    await this.connections.writes.dispose();
    await this.client.dispose();
  }

  private assertOpen(): void {
    if (this.closing !== undefined) throw new Error('the event store is closed');
  }
}

/** With failures of appends not thrown, the driver reports wrong revisions, so that choice is not the address's. */
function clientFor(address: string): EventStoreDBClient {
  const known = address.replace(/^kurrentdb(?=\+discover:|:)/, 'esdb');
  if (/throwOnAppendFailure=false/i.test(known)) throw new RangeError('throwOnAppendFailure must not be turned off');
  if (isSecureByNumber(known)) throw new RangeError('over TLS the event store is addressed by name, not by number');
  try {
    return EventStoreDBClient.connectionString(known);
  } catch {
    throw new RangeError('the address of the event store is not one');
  }
}

/** TLS names the server it wants, and the driver takes the address for that name, which Node refuses for a number. */
function isSecureByNumber(address: string): boolean {
  const [, hosts = ''] = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/?]*)/.exec(address) ?? [];
  const isSecure = !/[?&]tls=false/i.test(address);
  return isSecure && hosts.split(',').some((host) => isIP(host.replace(/:\d+$/, '')) > 0);
}

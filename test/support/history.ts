/** A log in memory and projections over it, for specs of read models: write what happened, read what is seen. */
import type { Database } from '#database';
import { openDatabase } from '#database';
import type { EventStore } from '#event-store';
import { openSqliteEventStore, sealDrafts } from '#event-store';
import type { AnyDatabase, AnyProjection, Projector } from '#read-models';
import { startProjector } from '#read-models';
import type { CaseEvents } from '../../libs/reporting/src/case-events.js';
import { randomUUID } from 'node:crypto';

/** Who recorded what, and when; ISO 8601. What is left out is the coordinator's, at the beginning of 2025. */
export interface By {
  readonly at?: string;
  /** When it happened, where that is not when it was recorded. */
  readonly occurredAt?: string;
  /** The command that it came of; another one each time when absent. */
  readonly commandId?: string;
  readonly organisation?: string;
  readonly role?: string;
}

export interface History {
  readonly kysely: AnyDatabase;
  readonly store: EventStore;
  /** Appends one event of a case; facts that no projection under test reads may be left out. */
  add<T extends keyof CaseEvents>(stream: string, type: T, data: Partial<CaseEvents[T]>, by?: By): Promise<void>;
  /** Waits until every projection has read all that was added. */
  read(): Promise<void>;
  close(): Promise<void>;
}

export function openHistory(projections: readonly unknown[]): History {
  const store = openSqliteEventStore(':memory:');
  const database: Database<unknown> = openDatabase('sqlite::memory:');
  const of = projections as readonly AnyProjection[];
  const projector = startOn(store, database.kysely, of);
  return {
    kysely: database.kysely,
    store,
    add: (stream, type, data, by = {}) => append(store, stream, type, data, by),
    async read() {
      const head = await store.head();
      for (const { name } of of) await projector.waitFor(name, head, 10_000);
    },
    async close() {
      await projector.stop();
      await store.close();
      await database.close();
    },
  };
}

/** Reads a log into a new database. */
export async function rebuild(store: EventStore, projections: readonly unknown[]): Promise<Database<unknown>> {
  const database: Database<unknown> = openDatabase('sqlite::memory:');
  await rebuildInto(database, store, projections);
  return database;
}

/** The same into an empty database of any engine. */
export async function rebuildInto({ kysely }: Database<unknown>, store: EventStore, projections: readonly unknown[]): Promise<void> {
  const of = projections as readonly AnyProjection[];
  const projector = startOn(store, kysely, of);
  for (const { name } of of) await projector.waitFor(name, await store.head(), 10_000);
  await projector.stop();
}

function startOn(store: EventStore, kysely: AnyDatabase, projections: readonly AnyProjection[]): Projector {
  return startProjector({ store, kysely, projections, knows: () => true, backOff: () => Promise.resolve() });
}

async function append(store: EventStore, stream: string, type: string, data: object, by: By): Promise<void> {
  const { at = '2025-01-01T00:00:00.000Z', occurredAt = at, commandId = randomUUID(), organisation = 'centrul-coordonare', role = 'NRM_COORD' } = by;
  const last = await store.readLast(stream);
  const ids = { commandId, correlationId: commandId, causationId: commandId };
  const envelope = { actor: 'someone', organisation, role, reference: {}, legalBasis: 'none', sensitivity: 2 as const };
  const draft = { type, data, schema: 1, occurredAt, ...ids, ...envelope };
  await store.append(stream, sealDrafts(stream, last, [draft], at), last?.revision ?? 'no-stream');
}

/** Where everything lies: servers where they are named, else files of the data directory. */
import { openDatabase } from '#database';
import { openSqliteEventStore, type EventStore } from '#event-store';
import { openEventStoreDb } from '#event-store/nest';
import type { Clock } from '#kernel';
import { type KeyMaster, type KeyringTables, openKeyring, openSharedKeyring } from '#privacy';

export interface Places {
  /** Directory of all files; `:memory:` keeps nothing. */
  readonly data: string;
  /** Servers and files that take the place of those in `data`, as the settings name them. */
  readonly eventStore?: string | undefined;
  readonly database?: string | undefined;
  readonly vault?: string | undefined;
  readonly keyring?: string | undefined;
  readonly keyringDatabase?: string | undefined;
}

/** Addresses of databases, the file of the keyring or of its root key, and how the log is opened. */
export function placesOf({ data, eventStore, database, vault = database, keyring }: Places) {
  const file = (name: string): string => (data === ':memory:' ? ':memory:' : `${data}/${name}`);
  return {
    openStore: (): Promise<EventStore> | EventStore => (eventStore === undefined ? openSqliteEventStore(file('events.db')) : openEventStoreDb(eventStore)),
    keyring: keyring ?? file('keyring.json'),
    operations: database ?? `sqlite:${file('operations.db')}`,
    views: database ?? `sqlite:${file('views.db')}`,
    vault: vault ?? `sqlite:${file('vault.db')}`,
  };
}

/** The keyring, from its file or its database; `close` closes the latter. */
export async function openKeys(places: Places, clock: Clock): Promise<{ readonly keys: KeyMaster; close(): Promise<void> }> {
  const { keyring } = placesOf(places);
  if (places.keyringDatabase === undefined) return { keys: openKeyring(keyring, clock), close: () => Promise.resolve() };
  const database = openDatabase<KeyringTables>(places.keyringDatabase);
  try {
    return { keys: await openSharedKeyring(database, keyring, clock), close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}

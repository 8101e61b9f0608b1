import type { Kysely, Transaction } from 'kysely';
import type { Database } from './database.js';
import { SharedCommit } from './shared-commit.js';

/** Writes all items, or throws; answers in the order of the items. May be called again with fewer after another failed. */
export type SharedWork<Schema, Item, Answer> = (
  transaction: Transaction<Schema>,
  items: readonly Item[],
) => Promise<readonly Answer[]>;

interface Entry {
  readonly work: SharedWork<unknown, unknown, unknown>;
  readonly item: unknown;
}

/** Few enough that the event loop is not held for long and the statements stay below the parameters an engine takes. */
const ITEMS_A_COMMIT = 64;

const files = new WeakMap<object, SharedCommit<Entry, unknown>>();

/**
 * A way to write items of one kind so that whatever is written to the same SQLite file at that time, of every kind, is
 * committed with one sync of the disk. PostgreSQL shares syncs among its connections by itself: there only items of one
 * kind share a transaction, so that no kind waits for another.
 *
 * What it gives back resolves once the item is committed. An item that fails fails alone, see `SharedCommit`.
 */
export function sharedTransaction<Schema, Item, Answer>(
  { kysely, engine }: Pick<Database<Schema>, 'kysely' | 'engine'>,
  work: SharedWork<Schema, Item, Answer>,
): (item: Item) => Promise<Answer> {
  const key = engine === 'sqlite' ? kysely : work;
  const file = files.get(key) ?? sharedBy(kysely as unknown as Kysely<unknown>);
  files.set(key, file);
  return (item) => file.run({ work: work as unknown as Entry['work'], item }) as Promise<Answer>;
}

function sharedBy(kysely: Kysely<unknown>): SharedCommit<Entry, unknown> {
  return new SharedCommit(
    (group) => kysely.transaction().execute((transaction) => together(transaction, group)),
    ITEMS_A_COMMIT,
  );
}

async function together(transaction: Transaction<unknown>, group: readonly Entry[]): Promise<readonly unknown[]> {
  const answers = new Map<Entry, unknown>();
  for (const work of new Set(group.map((entry) => entry.work))) {
    const entries = group.filter((entry) => entry.work === work);
    const given = await work(
      transaction,
      entries.map(({ item }) => item),
    );
    entries.forEach((entry, index) => answers.set(entry, given[index]));
  }
  return group.map((entry) => answers.get(entry));
}

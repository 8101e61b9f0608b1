/**
 * Opens what an app runs on, embedded in files of its data directory. The one place where a role meets an adapter.
 * Source: architecture.md 1 (8), 4, 5.
 */
import { CaseReader } from '#casework/nest';
import { type Database, openDatabase } from '#database';
import { CommandLog, type CommandTables, type EventStore, openSqliteEventStore } from '#event-store';
import type { Clock } from '#kernel';
import { Directory, type Reference, type ReferenceWish, referencesOf, seedPolicies } from '#mechanism';
import { type DeliveryTables, createDeliveryTables } from '#notifications';
import {
  type AliasRegister, type KeyMaster, type PrivacyDatabase, type PrivacyTables, type Vault, openAliasRegister, openKeyring, openVault, vaultAfter,
} from '#privacy';

/** Tables of work in hand: lost, nothing that happened is lost, but repeats and retries would be. */
export type OperationTables = CommandTables & DeliveryTables;

export interface Engines {
  readonly clock: Clock;
  readonly store: EventStore;
  readonly keys: KeyMaster;
  /** Answers nothing before the erasures of the log are carried out: `allowVault` says when. */
  readonly vault: Vault;
  /** For the erasure itself, which comes before. */
  readonly vaultForErasure: Vault;
  readonly persons: PrivacyDatabase;
  /** Opens the vault to the house once `finished` is fulfilled, and never when it is rejected. */
  readonly allowVault: (finished: Promise<unknown>) => void;
  readonly aliases: AliasRegister;
  readonly operations: Database<OperationTables>;
  readonly views: Database<unknown>;
  readonly commands: CommandLog;
  readonly directory: Directory;
  readonly cases: CaseReader;
  /** What policy, catalogue, instrument and directory say, of a case or now. */
  readonly reference: (of?: ReferenceWish) => Reference;
  close(): Promise<void>;
}

export interface EngineOptions {
  /** Directory of all files; `:memory:` keeps nothing. */
  readonly data: string;
  readonly clock: Clock;
}

/** Opens all engines, or none: what was opened is closed again when a later one fails. */
export async function openEngines({ data, clock }: EngineOptions): Promise<Engines> {
  const at = (name: string): string => (data === ':memory:' ? ':memory:' : `${data}/${name}`);
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(engine: T): T => {
    opened.unshift(engine);
    return engine;
  };
  const close = async (): Promise<void> => {
    for (const engine of opened.splice(0)) await engine.close();
  };
  try {
    return { ...(await openAll(at, clock, keep)), clock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whose mechanism this house serves: who notifies from a country without a policy here follows it. */
const COUNTRY = 'RO';

async function openAll(at: (name: string) => string, clock: Clock, keep: <T extends { close(): Promise<void> }>(engine: T) => T) {
  const keys = openKeyring(at('keyring.json'), clock);
  const store = keep(openSqliteEventStore(at('events.db')));
  const operations = keep(openDatabase<OperationTables>(`sqlite:${at('operations.db')}`));
  const views = keep(openDatabase<unknown>(`sqlite:${at('views.db')}`, { derived: true }));
  const persons = openDatabase<PrivacyTables>(`sqlite:${at('vault.db')}`);
  const vaultForErasure = keep(await openVault({ database: persons, keyring: keys.for('seal', 'disclose', 'erase'), clock }));
  const erased = Promise.withResolvers();
  const vault = vaultAfter(erased.promise, vaultForErasure);
  const aliases = await openAliasRegister(persons);
  const commands = new CommandLog(operations);
  await commands.prepare();
  await createDeliveryTables(operations.kysely);
  await seedPolicies(store, clock);
  const directory = new Directory(store);
  await directory.catchUp();
  const allowVault = (finished: Promise<unknown>): void => {
    erased.resolve(finished);
  };
  return { keys, store, operations, views, vault, vaultForErasure, persons, allowVault, aliases, commands, directory, cases: new CaseReader(store), reference: referencesOf(directory, clock, COUNTRY) };
}

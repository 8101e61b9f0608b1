/**
 * Opens what an app runs on: files of its data directory, or the servers that it is given. The one place where a role
 * meets an adapter.
 * Source: architecture.md 1 (8), 4, 5.
 */
import { CaseReader } from '#casework/nest';
import { type Database, makeTables, openDatabase } from '#database';
import { CommandLog, type CommandTables, type EventStore } from '#event-store';
import type { Clock } from '#kernel';
import { Directory, type Reference, type ReferenceWish, readDirectoryFile, referencesOf, registerAll, seedPolicies } from '#mechanism';
import { type DeliveryTables, createDeliveryTables } from '#notifications';
import {
  type AliasRegister, type CustodianVault, type KeyMaster, type Keyring, type KeyPurpose, type PrivacyDatabase, type PrivacyTables, type SealingVault, type Vault, openAliasRegister,
  openVault, vaultAfter, vaultsByCustodian,
} from '#privacy';
import { openCustodianVaults } from './custodians.js';
import { refuseCutLog } from './cut-log.js';
import { type Places, openKeys, placesOf } from './places.js';

/** Tables of work in hand: lost, nothing that happened is lost, but repeats and retries would be. */
export type OperationTables = CommandTables & DeliveryTables;

export interface Engines {
  readonly clock: Clock;
  readonly store: EventStore;
  readonly keys: KeyMaster;
  /** Granted what this process needs, but erasing. */
  readonly keyring: Keyring;
  /**
   * Where each organisation's data lies: in this house's vault, which answers nothing before the erasures of the log are
   * carried out (`allowVault` says when), or in the vault that it runs itself.
   */
  readonly vault: SealingVault;
  /** The vaults one by one, this house's first: each is swept and erased for itself. */
  readonly vaults: readonly Vault[];
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

export interface EngineOptions extends Places {
  readonly clock: Clock;
  /** File of the organisations that take part. */
  readonly directory?: string | undefined;
  /** Custodians that run a vault of their own. */
  readonly custodians?: readonly CustodianVault[] | undefined;
  /** What its keys may do; all that one process needs when absent. */
  readonly purposes?: readonly KeyPurpose[];
}

const ALL_PURPOSES: readonly KeyPurpose[] = ['seal', 'disclose', 'watch-majority', 'erase', 'rotate'];

/** Opens all engines, or none: what was opened is closed again when a later one fails. */
export async function openEngines(options: EngineOptions): Promise<Engines> {
  const { clock } = options;
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(engine: T): T => {
    opened.unshift(engine);
    return engine;
  };
  const close = async (): Promise<void> => {
    for (const engine of opened.splice(0)) await engine.close();
  };
  try {
    return { ...(await openAll(options, keep)), clock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whose mechanism this house serves: who notifies from a country without a policy here follows it. */
const COUNTRY = 'RO';

async function openAll(options: EngineOptions, keep: <T extends { close(): Promise<void> }>(engine: T) => T) {
  const { clock, purposes = ALL_PURPOSES } = options;
  const places = placesOf(options);
  const { keys } = keep(await openKeys(options, clock));
  const store = keep(await places.openStore());
  const operations = keep(openDatabase<OperationTables>(places.operations));
  const views = keep(openDatabase<unknown>(places.views, { derived: true }));
  const persons = openDatabase<PrivacyTables>(places.vault);
  const vaultForErasure = keep(await openVault({ database: persons, keyring: keys.for(...purposes), clock }));
  const erased = Promise.withResolvers();
  const home = vaultAfter(erased.promise, vaultForErasure);
  const cases = new CaseReader(store);
  const elsewhere = openCustodianVaults(options.custodians ?? [], store, cases);
  const vaults = [home, ...new Set(elsewhere.values())];
  for (const other of vaults.slice(1)) keep(other);
  const aliases = await openAliasRegister(persons);
  const commands = new CommandLog(operations);
  await makeTables(operations, async (kysely) => {
    await new CommandLog({ ...operations, kysely }).prepare();
    await createDeliveryTables(kysely);
  });
  await refuseCutLog(store, views, operations);
  await seedPolicies(store, clock);
  if (options.directory !== undefined) await registerAll(store, readDirectoryFile(options.directory), clock);
  const directory = new Directory(store);
  await directory.catchUp();
  const allowVault = (finished: Promise<unknown>): void => {
    erased.resolve(finished);
  };
  const keyring = keys.for(...purposes.filter((purpose) => purpose !== 'erase'));
  return { keys, keyring, store, operations, views, vault: vaultsByCustodian(home, elsewhere), vaults, vaultForErasure, persons, allowVault, aliases, commands, directory, cases, reference: referencesOf(directory, clock, COUNTRY) };
}

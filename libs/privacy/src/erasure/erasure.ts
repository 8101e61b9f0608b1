/**
 * Forgetting a person. The log decides: an `ErasureOrdered` that stands there is carried out, however often the process
 * ends on the way, and carried out again on a vault that was restored from before it. Source: architecture.md 5.
 */
import { caseOfStream } from '#kernel';
import type { EventStore, Position, StoredEvent } from '#event-store';
import { START } from '#event-store';
import { setTimeout } from 'node:timers/promises';
import type { AliasRegister, DataHolder, Vault } from '../ports.js';
import type { PrivacyDatabase } from '../vault/tables.js';
import { type ErasureProgress, erasureProgress } from './progress.js';

/** One order to erase, as it stands in the log. */
export interface ErasureOrder {
  readonly caseId: string;
  /** Opaque reference of the person. */
  readonly person: string;
  /** Id of the `ErasureOrdered` event: the same on every repetition, for ids that derive from it. */
  readonly orderId: string;
  /** Where the order stands in the log. */
  readonly position: Position;
  /** Who was told and has not deleted yet: they are asked to under the names that they know (GDPR art. 19). */
  readonly holders: readonly DataHolder[];
}

/** Whoever keeps something that was derived from a person's case: projection, feed, queue of messages, cache. */
export interface DerivedDataHolder {
  readonly name: string;
  /**
   * Drops what was derived. Idempotent; comes again after a restart, and then before any reader of the log runs, so it
   * waits for none. What asks the order's `holders` to delete stays until they said that they did.
   */
  forget(order: ErasureOrder): Promise<void>;
}

/** Injection token of the list of holders of an app. */
export const DERIVED_DATA = Symbol('holders of derived data');

export interface ErasureOptions {
  readonly store: EventStore;
  readonly vault: Vault;
  /** Vaults that custodians run in their own houses: they forget after this one, and may be away for a while. */
  readonly elsewhere?: readonly Pick<Vault, 'entomb' | 'destroy'>[];
  /** The vault's database: how far the log was carried out is kept there, so an older vault knows that it is older. */
  readonly database: PrivacyDatabase;
  readonly aliases: AliasRegister;
  readonly holders: readonly DerivedDataHolder[];
  /** The person of a case, and who outside still holds what it was told; from its fold. */
  readonly factsOf: (
    caseId: string,
  ) => Promise<{ readonly person: string; readonly holders: readonly DataHolder[] } | undefined>;
  /** Sends the command that records `IdentityErased`. Idempotent. */
  readonly confirm: (order: ErasureOrder) => Promise<void>;
  /** Told of each failure while following, for the log and the health of the service. */
  readonly failed?: (error: unknown) => void;
}

/**
 * Carries out every order in the log, from where this vault got to, and returns when none is left. Comes at every
 * start, before the vault answers anything (see `vaultAfter`).
 */
export async function finishErasures(options: ErasureOptions): Promise<void> {
  const { store, elsewhere = [] } = options;
  // Another house that is away must not keep this one shut: what it has to forget is left to `followErasures`.
  const here = elsewhere.length === 0 ? options : { ...options, elsewhere: [], confirm: () => Promise.resolve() };
  for await (const page of store.readAll(await startOf(options))) {
    await carryOut(here, page);
    if (here === options) await keepProgress(options, page);
  }
}

/**
 * Carries out in one vault what the log says it has to forget since `progress`: for a custodian's own vault that was
 * started anew, maybe from a backup. Holders, aliases and the word that all is gone are not its business.
 */
export async function catchUpVault(
  { store, factsOf }: Pick<ErasureOptions, 'store' | 'factsOf'>,
  vault: Pick<Vault, 'entomb' | 'destroy'>,
  progress: ErasureProgress,
): Promise<void> {
  const head = await store.head();
  for await (const page of store.readAll(await startIn(store, progress))) {
    for (const event of page.filter(isOrder)) {
      const { person } = await orderOf({ factsOf }, event);
      await vault.entomb(person);
      await vault.destroy(person);
    }
  }
  await progress.keep(head);
}

/**
 * Carries out orders as they come, until `signal` aborts. What fails is told to `failed` and tried again after a pause,
 * the same order first. One process at a time; a second one only repeats.
 * @param pause resolves when it is time to try again, or `signal` aborted
 */
export async function followErasures(
  options: ErasureOptions,
  signal: AbortSignal,
  pause: (failures: number, signal: AbortSignal) => Promise<void> = pauseLonger,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await follow(options, signal, () => (failures = 0));
      return;
    } catch (error) {
      options.failed?.(error);
      failures += 1;
      await pause(failures, signal);
    }
  }
}

async function follow(options: ErasureOptions, signal: AbortSignal, succeeded: () => void): Promise<void> {
  const after = await startOf(options);
  for await (const page of options.store.subscribe(after, signal)) {
    const carriedOut = await carryOut(options, page);
    if (carriedOut === 0) continue;
    // Not for every event of the house: what came since the last order is read again at the next start.
    await keepProgress(options, page);
    succeeded();
  }
}

/**
 * Waits until whoever carries erasures out has done so for every order that stands in the log now: for a process that
 * carries out none itself, before its vault answers (see `vaultAfter`). Looks again every half second.
 * @returns false when `signal` aborted before
 */
export async function othersFinishedErasures(
  { store, database, factsOf }: Pick<ErasureOptions, 'store' | 'database' | 'factsOf'>,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const page of store.readAll(await startOf({ store, database }))) {
    for (const { stream } of page.filter(isOrder)) {
      const facts = await factsOf(caseOfStream(stream) ?? '');
      while (facts !== undefined && !(await isDestroyed(database, facts.person))) {
        if (signal.aborted) return false;
        await setTimeout(LOOK_AGAIN_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
  return true;
}

const LOOK_AGAIN_MILLISECONDS = 500;

async function isDestroyed({ kysely }: PrivacyDatabase, person: string): Promise<boolean> {
  const tomb = kysely.selectFrom('vault_tombstone').select('destroyed').where('person', '=', person);
  return (await tomb.executeTakeFirst())?.destroyed === 1;
}

/** One second, two, four, up to a minute. */
async function pauseLonger(failures: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(1_000 * 2 ** (failures - 1), 60_000);
  await setTimeout(milliseconds, undefined, { signal }).catch(() => undefined);
}

const isOrder = ({ type, stream }: StoredEvent): boolean =>
  type === 'ErasureOrdered' && caseOfStream(stream) !== undefined;

/** Returns how many orders there were. */
async function carryOut(options: ErasureOptions, page: readonly StoredEvent[]): Promise<number> {
  const orders = page.filter(isOrder);
  for (const event of orders) await erase(options, await orderOf(options, event));
  return orders.length;
}

async function orderOf({ factsOf }: Pick<ErasureOptions, 'factsOf'>, event: StoredEvent): Promise<ErasureOrder> {
  const caseId = caseOfStream(event.stream) ?? '';
  const facts = await factsOf(caseId);
  // Passing over it would leave the person in the vault for good.
  if (facts === undefined) throw new Error(`an erasure was ordered for ${event.stream}, and it has no person`);
  return { caseId, ...facts, orderId: event.id, position: event.position };
}

/**
 * The order matters. First nothing can be added; then values and keys go; then what was derived from them, and the
 * aliases but those of holders; and only then is it said that all is gone.
 */
async function erase(options: ErasureOptions, order: ErasureOrder): Promise<void> {
  const { vault, elsewhere = [], aliases, holders, confirm } = options;
  await vault.entomb(order.person);
  await vault.destroy(order.person);
  for (const holder of holders) await holder.forget(order);
  await aliases.forget(order.caseId, order.holders);
  for (const other of elsewhere) {
    await other.entomb(order.person);
    await other.destroy(order.person);
  }
  await confirm(order);
}

/** A log that is behind the vault was restored: its next positions were used before, so nothing is known about them. */
function startOf({ store, database }: Pick<ErasureOptions, 'store' | 'database'>): Promise<Position> {
  return startIn(store, erasureProgress(database));
}

async function startIn(store: EventStore, progress: ErasureProgress): Promise<Position> {
  const kept = await progress.read();
  return kept === undefined || store.compare(kept, await store.head()) > 0 ? START : kept;
}

async function keepProgress({ database }: ErasureOptions, page: readonly StoredEvent[]): Promise<void> {
  const position = page.at(-1)?.position;
  if (position !== undefined) await erasureProgress(database).keep(position);
}

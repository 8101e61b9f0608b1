/** Rotation of key-encryption keys: how an erased person becomes unreadable in backups too. Source: architecture.md 5. */
import type { KeyMaster } from './keyring/keyring.js';
import type { Vault } from './ports.js';

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;

/** A backup of the vault, kept apart from the keyring, is unreadable `rotateAfterDays + destroyAfterDays` after it was made. */
export interface RotationPlan {
  /** Age at which the newest epoch is replaced. */
  readonly rotateAfterDays: number;
  /** How long a replaced epoch still opens backups. */
  readonly destroyAfterDays: number;
}

export interface Rotation {
  /** The epoch begun now; `undefined` when the newest is young enough. */
  readonly begun: number | undefined;
  readonly rewrapped: number;
  readonly destroyed: readonly number[];
}

/**
 * Does what is due, and is safe to call at any time: at start and once a day, by one process. The vault needs a keyring
 * granted `rotate`. No event is touched. An epoch is destroyed only when no key in the vault is under it any more.
 */
export async function rotateKeys(master: KeyMaster, vault: Vault, plan: RotationPlan, now: string): Promise<Rotation> {
  const isDue = (await master.newestMadeAt()) <= daysBefore(now, plan.rotateAfterDays);
  const begun = isDue ? await master.rotate(now) : undefined;
  const rewrapped = await vault.rewrap();
  const destroyed = await master.destroyRetired(daysBefore(now, plan.destroyAfterDays));
  return { begun, rewrapped, destroyed };
}

const daysBefore = (now: string, days: number): string =>
  new Date(Date.parse(now) - days * DAY_MILLISECONDS).toISOString();

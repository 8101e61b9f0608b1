import type { Vault } from '../ports.js';

/**
 * The vault as everybody but the erasure gets it: it seals and opens nothing before `finished` is fulfilled, and
 * nothing at all when it is rejected. So a vault restored from a backup never shows whom the log has erased since.
 * @param finished what `finishErasures` returned
 */
export function vaultAfter(finished: Promise<unknown>, vault: Vault): Vault {
  // Whoever asks hears of a failure; without this the first to hear would be the process.
  finished.catch(() => undefined);
  return {
    put: (rows) => finished.then(() => vault.put(rows)),
    open: (references, purpose) => finished.then(() => vault.open(references, purpose)),
    entomb: (person) => vault.entomb(person),
    destroy: (person) => vault.destroy(person),
    unconfirmed: (olderThan) => finished.then(() => vault.unconfirmed(olderThan)),
    settle: (known, unknown) => finished.then(() => vault.settle(known, unknown)),
    rewrap: () => finished.then(() => vault.rewrap()),
    close: () => vault.close(),
  };
}

/** Several vaults as the house sees them: each organisation's data lies where that organisation wants it to lie. */
import type { Sealed } from '#kernel';
import type { KeyPurpose, OpenedRow, RowToSeal, SealingVault } from '../ports.js';

/**
 * Puts each row into the vault of its custodian, `home` for those that run none, and opens from wherever a row lies.
 * The rows of one command have one custodian as a rule; were they of several, a failure of one vault leaves rows in
 * another that a sweep removes, as after a crash between `put` and append.
 * @param elsewhere vaults by custodian organisation
 */
export function vaultsByCustodian(home: SealingVault, elsewhere: ReadonlyMap<string, SealingVault>): SealingVault {
  const others = new Set(elsewhere.values());
  return {
    async put(rows: readonly RowToSeal[]): Promise<readonly Sealed[]> {
      const sealed = new Map<RowToSeal, Sealed | undefined>();
      const groups = Map.groupBy(rows, ({ custodian }) => elsewhere.get(custodian) ?? home);
      for (const [vault, group] of groups) {
        const answers = await vault.put(group);
        group.forEach((row, index) => sealed.set(row, answers[index]));
      }
      return rows.flatMap((row) => sealed.get(row) ?? []);
    },

    /** @throws VaultUnavailable when a vault that may hold one of them can not be asked: half a file is not shown as whole */
    async open(references: readonly string[], purpose: KeyPurpose): Promise<readonly OpenedRow[]> {
      const opened = new Map<string, OpenedRow>();
      for (const vault of [home, ...others]) {
        const missing = references.filter((reference) => !opened.has(reference));
        if (missing.length === 0) break;
        for (const row of await vault.open(missing, purpose)) opened.set(row.reference, row);
      }
      return references.flatMap((reference) => opened.get(reference) ?? []);
    },
  };
}

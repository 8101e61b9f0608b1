/** How far a vault has carried out the erasures of the log: kept in the vault, so an older copy knows that it is older. */
import type { PrivacyDatabase } from '../vault/tables.js';

export interface ErasureProgress {
  /** A position of the log, as text; `undefined` when nothing was carried out yet. */
  read(): Promise<string | undefined>;
  keep(position: string): Promise<void>;
}

const NAME = 'erasures carried out until';

export const erasureProgress = ({ kysely }: PrivacyDatabase): ErasureProgress => ({
  async read() {
    const fact = await kysely.selectFrom('vault_fact').select('value').where('name', '=', NAME).executeTakeFirst();
    return fact?.value;
  },
  async keep(position) {
    await kysely
      .insertInto('vault_fact')
      .values({ name: NAME, value: position })
      .onConflict((on) => on.column('name').doUpdateSet({ value: position }))
      .execute();
  },
});

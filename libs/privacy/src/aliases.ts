/** The alias register: see `AliasRegister`. It lies beside the vault because joining its aliases would undo it. */
import { randomUUID } from 'node:crypto';
import { purge, sharedTransaction } from '#database';
import type { AliasKind, AliasRegister } from './ports.js';
import type { PrivacyDatabase, PrivacyTables } from './vault/tables.js';
import { createPrivacyTables } from './vault/tables.js';

/** Opens the register in the vault's database, which whoever opened it closes. */
export async function openAliasRegister(database: PrivacyDatabase): Promise<AliasRegister> {
  await createPrivacyTables(database);
  const { kysely } = database;

  const known = (organisation: string, kind: AliasKind, thing: string) =>
    kysely
      .selectFrom('alias')
      .select('alias')
      .where('organisation', '=', organisation)
      .where('kind', '=', kind)
      .where('thing', '=', thing)
      .executeTakeFirst();

  // Committed before it is told to anybody: whoever was given a name must find the thing under it for ever.
  /** Answers whether the alias stands: where another was first, its does. */
  const insert = sharedTransaction(database, async (transaction, rows: readonly PrivacyTables['alias'][]) => {
    const made = await transaction
      .insertInto('alias')
      .values(rows)
      .onConflict((on) => on.doNothing())
      .returning('alias')
      .execute();
    const standing = new Set(made.map(({ alias }) => alias));
    return rows.map(({ alias }) => standing.has(alias));
  });

  async function aliasFor(organisation: string, kind: AliasKind, thing: string, caseId: string): Promise<string> {
    const there = await known(organisation, kind, thing);
    if (there !== undefined) return there.alias;
    const alias = randomUUID();
    const stands = await insert({ organisation, alias, kind, thing, case_id: caseId });
    return stands ? alias : aliasFor(organisation, kind, thing, caseId);
  }

  return {
    aliasFor,

    async resolve(organisation, alias) {
      const row = await kysely
        .selectFrom('alias')
        .select(['kind', 'thing', 'case_id as caseId'])
        .where('organisation', '=', organisation)
        .where('alias', '=', alias)
        .executeTakeFirst();
      return row && { ...row };
    },

    async trace(alias) {
      const row = await kysely.selectFrom('alias').select('case_id').where('alias', '=', alias).executeTakeFirst();
      return row?.case_id;
    },

    async find(organisation, kind, thing) {
      return (await known(organisation, kind, thing))?.alias;
    },

    async forget(caseId, holders = []) {
      const rows = await kysely.selectFrom('alias').selectAll().where('case_id', '=', caseId).execute();
      const isKept = ({ organisation, kind, thing }: PrivacyTables['alias']): boolean =>
        holders.some(
          (holder) => holder.organisation === organisation && (kind === 'ordering-key' || holder.thing === thing),
        );
      for (const { organisation, alias } of rows.filter((row) => !isKept(row)))
        await kysely.deleteFrom('alias').where('organisation', '=', organisation).where('alias', '=', alias).execute();
      await purge(database, ['alias']);
    },
  };
}

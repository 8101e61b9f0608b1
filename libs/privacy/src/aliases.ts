/** The alias register: see `AliasRegister`. It lies beside the vault because joining its aliases would undo it. */
import { randomUUID } from 'node:crypto';
import type { AliasKind, AliasRegister } from './ports.js';
import type { PrivacyDatabase } from './vault/tables.js';
import { createPrivacyTables, purge } from './vault/tables.js';

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

  async function aliasFor(organisation: string, kind: AliasKind, thing: string, caseId: string): Promise<string> {
    const there = await known(organisation, kind, thing);
    if (there !== undefined) return there.alias;
    const values = { organisation, alias: randomUUID(), kind, thing, case_id: caseId };
    await kysely
      .insertInto('alias')
      .values(values)
      .onConflict((on) => on.doNothing())
      .execute();
    // Read again: of two first uses at once, one alias stands.
    return aliasFor(organisation, kind, thing, caseId);
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

    async forget(caseId) {
      await kysely.deleteFrom('alias').where('case_id', '=', caseId).execute();
      await purge(database, ['alias']);
    },
  };
}

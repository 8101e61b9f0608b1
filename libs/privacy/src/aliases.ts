/** The alias register: see `AliasRegister`. It lies beside the vault because joining its aliases would undo it. */
import { randomUUID } from 'node:crypto';
import { ListStatement, prepared, purge, sharedTransaction } from '#database';
import { type Alias, KeptNames } from './kept-names.js';
import type { AliasKind, AliasRegister } from './ports.js';
import type { PrivacyDatabase } from './vault/tables.js';
import { createPrivacyTables } from './vault/tables.js';

/** What an alias looks like. Anything else is nobody's, and is not asked for: PostgreSQL takes no text with a null character. */
const ALIAS = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Named {
  readonly organisation: string;
  readonly kind: AliasKind;
  readonly thing: string;
  readonly caseId: string;
}

function statementsOf(kysely: PrivacyDatabase['kysely']) {
  const select = prepared(({ organisation, kind, thing, caseId }: Named) =>
    kysely
      .selectFrom('alias')
      .select('alias')
      .where('case_id', '=', caseId)
      .where('organisation', '=', organisation)
      .where('kind', '=', kind)
      .where('thing', '=', thing),
  );
  const resolve = prepared(({ organisation, alias }: { organisation: string; alias: string }) =>
    kysely
      .selectFrom('alias')
      .select(['kind', 'thing', 'case_id as caseId'])
      .where('organisation', '=', organisation)
      .where('alias', '=', alias),
  );
  const empty: Alias = { organisation: '', alias: '', kind: 'case', thing: '', case_id: '' };
  const insertAll = new ListStatement<Alias, Pick<Alias, 'alias'>>(
    (size) =>
      kysely
        .insertInto('alias')
        .values(Array.from({ length: size }, () => empty))
        .onConflict((on) => on.doNothing())
        .returning('alias')
        .compile(),
    ({ organisation, alias, kind, thing, case_id }) => [organisation, alias, kind, thing, case_id],
  );
  return { select, resolve, insertAll };
}

/** Opens the register in the vault's database, which whoever opened it closes. */
export async function openAliasRegister(database: PrivacyDatabase): Promise<AliasRegister> {
  await createPrivacyTables(database);
  const { kysely } = database;

  // Several processes may share a server, and any of them may forget a case.
  const kept = new KeptNames(database.engine === 'sqlite' ? undefined : 0);
  const { select, resolve, insertAll } = statementsOf(kysely);
  const known = async (organisation: string, kind: AliasKind, thing: string, caseId: string) => {
    const { ticket } = kept;
    const alias = kept.find(organisation, kind, thing, caseId) ?? (await select(kysely, { organisation, kind, thing, caseId })).rows[0]?.alias;
    if (alias !== undefined) kept.keep({ organisation, alias, kind, thing, case_id: caseId }, ticket);
    return alias;
  };

  // Committed before it is told to anybody: whoever was given a name must find the thing under it for ever.
  /** Answers whether the alias stands: where another was first, its does. */
  const insert = sharedTransaction(database, async (transaction, rows: readonly Alias[]) => {
    const standing = new Set<string>();
    for (const query of insertAll.over(rows))
      for (const { alias } of (await transaction.executeQuery(query)).rows) standing.add(alias);
    return rows.map(({ alias }) => standing.has(alias));
  });

  async function aliasFor(organisation: string, kind: AliasKind, thing: string, caseId: string): Promise<string> {
    const there = await known(organisation, kind, thing, caseId);
    if (there !== undefined) return there;
    const { ticket } = kept;
    const name: Alias = { organisation, alias: randomUUID(), kind, thing, case_id: caseId };
    if (!(await insert(name))) return aliasFor(organisation, kind, thing, caseId);
    kept.keep(name, ticket);
    return name.alias;
  }

  return {
    aliasFor,

    async resolve(organisation, alias) {
      if (!ALIAS.test(alias)) return undefined;
      const there = kept.resolve(organisation, alias);
      if (there !== undefined) return { kind: there.kind, thing: there.thing, caseId: there.case_id };
      const { ticket } = kept;
      const { rows: [row] } = await resolve(kysely, { organisation, alias });
      if (row !== undefined) kept.keep({ organisation, alias, kind: row.kind, thing: row.thing, case_id: row.caseId }, ticket);
      return row && { ...row };
    },

    async trace(alias) {
      if (!ALIAS.test(alias)) return undefined;
      const row = await kysely.selectFrom('alias').select('case_id').where('alias', '=', alias).executeTakeFirst();
      return row?.case_id;
    },

    find: known,

    async forget(caseId, holders = []) {
      kept.forget(caseId);
      const rows = await kysely.selectFrom('alias').selectAll().where('case_id', '=', caseId).execute();
      const isKept = ({ organisation, kind, thing }: Alias): boolean =>
        holders.some(
          (holder) => holder.organisation === organisation && (kind === 'ordering-key' || holder.thing === thing),
        );
      for (const { organisation, alias } of rows.filter((row) => !isKept(row)))
        await kysely.deleteFrom('alias').where('organisation', '=', organisation).where('alias', '=', alias).execute();
      // Again: what was read before a row was deleted must not be kept after it.
      kept.forget(caseId);
      await purge(database, ['alias']);
    },
  };
}

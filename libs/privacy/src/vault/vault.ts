/** The vault, over SQLite and PostgreSQL: where personal data lies, and the one place from which it can be erased. */
import { purge, sharedTransaction } from '#database';
import type { Clock, Sealed } from '#kernel';
import type { Selectable, Transaction } from 'kysely';
import type { KeyObject } from 'node:crypto';
import { randomUUID } from 'node:crypto';
import { canonical, commitmentOf } from '../commitment.js';
import type { Keyring, KeyPurpose, OpenedRow, RowToSeal, UnconfirmedRow, Vault } from '../ports.js';
import { KeyNotGranted, PersonErased, RowConflict } from '../ports.js';
import { rewrapKeys } from './rewrap.js';
import type { Plaintext, RowPlace } from './sealing.js';
import { dataKey, newDataKey, openRow, sealRow } from './sealing.js';
import { settleRows, unconfirmedRows } from './sweep.js';
import { sealingStatements } from './sealing-statements.js';
import type { PrivacyDatabase, PrivacyTables } from './tables.js';
import { createPrivacyTables, lockPersons } from './tables.js';

export interface VaultOptions {
  /** Closed together with the vault. May be shared with the alias register. */
  readonly database: PrivacyDatabase;
  /** What it was granted decides what this vault can do. */
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/** The keyring is not the one this vault was made with: nothing in it could be opened, and all that is new would be lost. */
export class WrongKeyring extends Error {
  override readonly name = 'WrongKeyring';
}

/** Purposes under which a row leaves the vault. The others use keys only inside it. */
const OPENING: readonly KeyPurpose[] = ['disclose', 'report-statistics', 'watch-majority'];

type Row = Selectable<PrivacyTables['vault_row']>;
type Queries = Transaction<PrivacyTables>;

/**
 * Opens the vault and makes its tables where they are missing.
 * @throws WrongKeyring
 */
export async function openVault({ database, keyring, clock }: VaultOptions): Promise<Vault> {
  await createPrivacyTables(database);
  await checkKeyring(database, keyring);
  return new DatabaseVault(database, keyring, clock);
}

async function checkKeyring({ kysely }: PrivacyDatabase, keyring: Keyring): Promise<void> {
  const value = keyring.authenticate('derived-secret', 'the keyring of this vault');
  await kysely
    .insertInto('vault_fact')
    .values({ name: 'keyring', value })
    .onConflict((on) => on.column('name').doNothing())
    .execute();
  const kept = await kysely
    .selectFrom('vault_fact')
    .select('value')
    .where('name', '=', 'keyring')
    .executeTakeFirstOrThrow();
  if (kept.value !== value) throw new WrongKeyring('this vault was made with another keyring');
}

class DatabaseVault implements Vault {
  private readonly statements: ReturnType<typeof sealingStatements>;
  private readonly putShared: (rows: readonly RowToSeal[]) => Promise<readonly Sealed[]>;

  constructor(
    private readonly database: PrivacyDatabase,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
  ) {
    this.statements = sealingStatements(database.kysely);
    this.putShared = sharedTransaction(database, (queries, puts) => this.putAll(queries, puts));
  }

  async put(rows: readonly RowToSeal[]): Promise<readonly Sealed[]> {
    if (rows.length === 0) return [];
    // PostgreSQL shares commits among its connections by itself; SQLite has one.
    if (this.database.engine === 'sqlite') return this.putShared(rows);
    const persons = rows.map(({ person }) => person);
    const [sealed = []] = await this.transaction(persons, (queries) => this.putAll(queries, [rows]));
    return sealed;
  }

  private async putAll(
    queries: Queries,
    puts: readonly (readonly RowToSeal[])[],
  ): Promise<readonly (readonly Sealed[])[]> {
    await refuseErased(
      queries,
      puts.flat().map(({ person }) => person),
    );
    const answers: Sealed[][] = [];
    for (const rows of puts) answers.push(await this.putRows(queries, rows));
    return answers;
  }

  private async putRows(queries: Queries, rows: readonly RowToSeal[]): Promise<Sealed[]> {
    const sealed: Sealed[] = [];
    for (const row of rows) sealed.push(await this.putRow(queries, row));
    return sealed;
  }

  async open(references: readonly string[], purpose: KeyPurpose): Promise<readonly OpenedRow[]> {
    if (!OPENING.includes(purpose)) throw new KeyNotGranted(`nothing leaves the vault for ${purpose}`);
    if (references.length === 0) return [];
    const rows = await this.database.kysely
      .selectFrom('vault_row')
      .innerJoin('vault_key', (on) =>
        on
          .onRef('vault_key.person', '=', 'vault_row.person')
          .onRef('vault_key.compartment', '=', 'vault_row.compartment')
          .onRef('vault_key.custodian', '=', 'vault_row.custodian'),
      )
      .selectAll('vault_row')
      .select(['vault_key.epoch', 'vault_key.wrapped'])
      .where('reference', 'in', references)
      .execute();
    const all = await Promise.all(rows.map((row) => this.opened(row, purpose)));
    const opened = new Map(all.map((row) => [row.reference, row]));
    return references.flatMap((reference) => opened.get(reference) ?? []);
  }

  async entomb(person: string): Promise<void> {
    await this.transaction([person], (queries) => entomb(queries, person));
  }

  async destroy(person: string): Promise<number> {
    const { destroyed, rows } = await this.transaction([person], async (queries) => {
      await entomb(queries, person);
      const tombstone = await queries
        .selectFrom('vault_tombstone')
        .selectAll()
        .where('person', '=', person)
        .executeTakeFirstOrThrow();
      const gone = await queries.deleteFrom('vault_row').where('person', '=', person).executeTakeFirst();
      await queries.deleteFrom('vault_key').where('person', '=', person).execute();
      return { destroyed: tombstone.destroyed === 1, rows: Number(gone.numDeletedRows) };
    });
    if (destroyed) return rows;
    // Marked after the files are clean: a crash in between purges again.
    await purge(this.database, ['vault_key', 'vault_row']);
    await this.database.kysely
      .updateTable('vault_tombstone')
      .set({ destroyed: 1 })
      .where('person', '=', person)
      .execute();
    return rows;
  }

  unconfirmed(olderThan: string): Promise<readonly UnconfirmedRow[]> {
    return unconfirmedRows(this.database, this.clock, olderThan);
  }

  settle(known: readonly string[], unknown: readonly string[]): Promise<number> {
    return settleRows(this.database, this.clock, known, unknown);
  }

  rewrap(): Promise<number> {
    return rewrapKeys(this.database, this.keyring);
  }

  close(): Promise<void> {
    return this.database.close();
  }

  private transaction<T>(persons: readonly string[], work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.database.kysely.transaction().execute(async (queries) => {
      await lockPersons(this.database, queries, persons);
      return work(queries);
    });
  }

  private async putRow(queries: Queries, row: RowToSeal): Promise<Sealed> {
    const { commandId, person, compartment, stream, custodian } = row;
    const { rows: [there] } = await this.statements.row(queries, row);
    if (there !== undefined) return this.sameRow(queries, there, row);
    const place: RowPlace = { reference: randomUUID(), commandId, person, compartment, stream, custodian };
    const { sealed, commitment } = sealRow(await this.dataKey(queries, row), place, row.value);
    const { reference } = place;
    const values = {
      reference,
      command_id: commandId,
      person,
      compartment,
      stream,
      custodian,
      sealed,
      put_at: this.clock(),
      confirmed: 0,
    };
    await this.statements.addRow(queries, values);
    return { reference, commitment };
  }

  private async sameRow(queries: Queries, there: Row, row: RowToSeal): Promise<Sealed> {
    const isElsewhere = there.stream !== row.stream || there.custodian !== row.custodian;
    const text = isElsewhere ? undefined : openRow(await this.dataKey(queries, row), placeOf(there), there.sealed);
    if (text?.text !== canonical(row.value)) throw new RowConflict('this command was sealed before with other content');
    return { reference: there.reference, commitment: commitmentOf(text.salt, row.value) };
  }

  private async dataKey(queries: Queries, { person, compartment, custodian }: RowToSeal): Promise<KeyObject> {
    const { rows: [there] } = await this.statements.key(queries, { person, compartment, custodian });
    if (there !== undefined) return dataKey(await this.keyring.unwrap({ ...there, custodian }, compartment, 'seal'));
    const bytes = newDataKey();
    const wrapped = await this.keyring.wrap(custodian, compartment, bytes, 'seal');
    const values = { person, compartment, custodian, epoch: wrapped.epoch, wrapped: wrapped.bytes };
    await this.statements.addKey(queries, values);
    return dataKey(bytes);
  }

  private async opened(row: Row & { epoch: number; wrapped: string }, purpose: KeyPurpose): Promise<OpenedRow> {
    const { reference, person, compartment, stream, custodian, epoch, wrapped } = row;
    const key = await this.keyring.unwrap({ custodian, epoch, bytes: wrapped }, compartment, purpose);
    const { salt, text }: Plaintext = openRow(dataKey(key), placeOf(row), row.sealed);
    return { reference, person, compartment, stream, custodian, value: JSON.parse(text) as unknown, salt };
  }
}

const placeOf = ({ command_id: commandId, ...row }: Row): RowPlace => ({ ...row, commandId });

async function entomb(queries: Queries, person: string): Promise<void> {
  await queries
    .insertInto('vault_tombstone')
    .values({ person, destroyed: 0 })
    .onConflict((on) => on.column('person').doNothing())
    .execute();
}

async function refuseErased(queries: Queries, persons: readonly string[]): Promise<void> {
  const erased = await queries
    .selectFrom('vault_tombstone')
    .select('person')
    .where('person', 'in', persons)
    .executeTakeFirst();
  if (erased !== undefined) throw new PersonErased('the person was erased');
}

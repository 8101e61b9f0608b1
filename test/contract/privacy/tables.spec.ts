/** The tables of vault and register: few indexes, none missing, and files of an earlier form serve as they are. */
import { describe, expect, it } from '@jest/globals';
import { openDatabase } from '#database';
import { type PrivacyTables, openAliasRegister, openKeyring, openVault } from '#privacy';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';

const opened = () => openDatabase<PrivacyTables>('sqlite::memory:');
const vaultIn = (database: ReturnType<typeof opened>) => {
  const clock = () => '2026-03-02T08:00:00.000Z';
  return openVault({ database, keyring: openKeyring(':memory:', clock).for('seal', 'disclose', 'erase'), clock });
};

const EARLIER = [
  `create table vault_row (
     reference text primary key, command_id text not null, person text not null, compartment text not null,
     stream text not null, custodian text not null, sealed blob not null, put_at text not null,
     confirmed integer not null default 0, unique (command_id, person, compartment))`,
  `create index vault_row_person on vault_row (person)`,
  `create table vault_key (
     person text not null, compartment text not null, custodian text not null, epoch integer not null,
     wrapped text not null, primary key (person, compartment, custodian))`,
  `create table alias (
     organisation text not null, alias text not null, kind text not null, thing text not null, case_id text not null,
     primary key (organisation, alias), unique (organisation, kind, thing))`,
  `create index alias_case on alias (case_id)`,
  `create index alias_name on alias (alias)`,
];

describe('the tables of personal data', () => {
  it.each([
    ['a row by what it belongs to', `select 1 from vault_row where command_id = '' and person = '' and compartment = ''`],
    ['all rows of a person', `delete from vault_row where person = ''`],
    ['what nobody confirmed', `select 1 from vault_row where confirmed = 0 and put_at < ''`],
    ['all keys of a person', `delete from vault_key where person = ''`],
    ['a name that was given', `select 1 from alias where organisation = '' and kind = '' and thing = '' and case_id = ''`],
    ['what a name stands for', `select 1 from alias where organisation = '' and alias = ''`],
    ['whoever a name was given to', `select 1 from alias where alias = ''`],
    ['all names of a case', `select 1 from alias where case_id = ''`],
  ])('finds %s by an index', async (_what, statement) => {
    const database = opened();
    await openAliasRegister(database);
    const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(statement)}`.execute(database.kysely);
    expect(rows.map(({ detail }) => detail.split(' ')[0])).toEqual(['SEARCH']);
    await database.close();
  });

  it.each([['this', []], ['an earlier', EARLIER]])('seals, names and forgets in a file of %s form', async (_form, statements) => {
    const database = opened();
    for (const statement of statements) await sql.raw(statement).execute(database.kysely);
    const [vault, aliases] = [await vaultIn(database), await openAliasRegister(database)];
    const [commandId, person, caseId] = [randomUUID(), randomUUID(), randomUUID()];
    const row = { commandId, person, compartment: 'identity', stream: `case-${caseId}`, custodian: 'casa-lumina', value: 'Ileana' } as const;
    const [sealed] = await vault.put([row]);
    expect(await vault.put([row])).toEqual([sealed]);
    const name = await aliases.aliasFor('casa-lumina', 'case', caseId, caseId);
    expect(await aliases.aliasFor('casa-lumina', 'case', caseId, caseId)).toBe(name);
    expect(await aliases.resolve('casa-lumina', name)).toMatchObject({ caseId });
    expect(await aliases.resolve('clinica-aurora', name)).toBeUndefined();
    expect(await vault.destroy(person)).toBe(1);
    await aliases.forget(caseId);
    expect(await aliases.trace(name)).toBeUndefined();
    await database.close();
  });
});

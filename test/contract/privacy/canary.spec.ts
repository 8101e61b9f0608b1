/**
 * No value lies in clear in any file, and nothing of an erased person lies there even sealed. What is looked at are
 * the bytes of the files, not what the database says. Source: architecture.md 5.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { COMPARTMENTS } from '#kernel';
import type { AliasRegister, Keyring, PrivacyDatabase, PrivacyTables, RowToSeal, Vault } from '#privacy';
import { openAliasRegister, openKeyring, openVault } from '#privacy';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesWith, missing } from '../../support/bytes-on-disk.js';
import type { EngineForTests } from '../../support/engines.js';
import { startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

const clock = () => '2026-03-02T08:00:00.000Z';
const canary = () => `canary-${randomBytes(12).toString('hex')}`;
// Longer than a page of either engine, so that overflow pages and out-of-line storage are looked at too.
const LONG = 20_000;

/** Fails where the files are cleaned. */
function withoutPurge(database: PrivacyDatabase): PrivacyDatabase {
  const kysely = database.kysely.withPlugin({
    transformQuery({ node }) {
      if (node.kind === 'RawNode' && /wal_checkpoint|vacuum/.test(node.sqlFragments.join('')))
        throw new Error('killed');
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { ...database, kysely };
}

describe.each(['a SQLite file', 'PostgreSQL'] as const)('files of the vault on %s', (name) => {
  let engine: EngineForTests;
  let database: PrivacyDatabase;
  let vault: Vault;
  let aliases: AliasRegister;
  let files: string;
  let keyring: Keyring;
  const keyringFolder = mkdtempSync(join(tmpdir(), 'tandem-keyring-'));

  beforeAll(async () => {
    engine = await startEngine(name);
    database = engine.open<PrivacyTables>(await engine.freshAddress());
    keyring = openKeyring(join(keyringFolder, 'keyring.json'), clock).for('seal', 'disclose');
    vault = await openVault({ database, keyring, clock });
    aliases = await openAliasRegister(database);
    // Of a PostgreSQL server the tables are looked at; its log of changes is recycled by the server.
    files =
      engine.directory === undefined ? '' : name === 'PostgreSQL' ? join(engine.directory, 'base') : engine.directory;
  }, POSTGRES_START_MILLISECONDS);

  afterAll(async () => {
    await engine.stop();
    rmSync(keyringFolder, { recursive: true });
  }, POSTGRES_START_MILLISECONDS);

  // A server that was given by its address keeps its files elsewhere.
  const itOnFiles = process.env['POSTGRES_URL'] !== undefined && name === 'PostgreSQL' ? it.skip : it;

  const rowsOf = (person: string, content: string): RowToSeal[] =>
    COMPARTMENTS.map((compartment) => {
      const text = compartment === 'narrative' ? content.padEnd(LONG, content) : content;
      return {
        commandId: randomUUID(),
        person,
        compartment,
        stream: 'case-1',
        custodian: 'casa-lumina',
        value: { text },
      };
    });

  /** What is written for a person, as it must not be found afterwards. */
  const storedFor = async (person: string) => {
    const rows = await database.kysely.selectFrom('vault_row').select('sealed').where('person', '=', person).execute();
    const keys = await database.kysely.selectFrom('vault_key').select('wrapped').where('person', '=', person).execute();
    const pieces = rows.flatMap(({ sealed }) => [sealed.slice(0, 48), sealed.slice(-48)]);
    return [...pieces, ...keys.map(({ wrapped }) => Buffer.from(wrapped))];
  };

  const writeToDisk = async () => {
    if (database.engine === 'sqlite') return;
    const { sql } = await import('kysely');
    await sql`checkpoint`.execute(database.kysely);
  };

  itOnFiles('hold no value in clear', async () => {
    const word = canary();
    await vault.put(rowsOf(randomUUID(), word));
    await writeToDisk();
    expect(filesWith(files, 'case-1')).not.toEqual([]);
    expect(filesWith(files, word)).toEqual([]);
    expect(filesWith(files, Buffer.from(word).toString('base64').slice(3, 20))).toEqual([]);
    expect(filesWith(keyringFolder, word)).toEqual([]);
  });

  itOnFiles('hold nothing of an erased person, not even sealed', async () => {
    const [erased, kept] = [randomUUID(), randomUUID()];
    for (let round = 0; round < 3; round++) {
      await vault.put(rowsOf(erased, canary()));
      await vault.put(rowsOf(kept, canary()));
    }
    const [gone, staying] = [await storedFor(erased), await storedFor(kept)];
    await writeToDisk();
    expect(missing(files, [...gone, ...staying])).toEqual([]);
    expect(await vault.destroy(erased)).toBe(3 * COMPARTMENTS.length);
    await writeToDisk();
    expect(missing(files, gone)).toEqual(gone);
    expect(missing(files, staying)).toEqual([]);
  });

  itOnFiles('hold nothing of a person whose destruction ended before the files were cleaned', async () => {
    const person = randomUUID();
    await vault.put(rowsOf(person, canary()));
    const gone = await storedFor(person);
    await writeToDisk();
    const interrupted = await openVault({ database: withoutPurge(database), keyring, clock });
    await expect(interrupted.destroy(person)).rejects.toThrow('killed');
    expect(await vault.destroy(person)).toBe(0);
    await writeToDisk();
    expect(missing(files, gone)).toEqual(gone);
  });

  itOnFiles('hold no alias of a forgotten case', async () => {
    const caseId = randomUUID();
    const alias = await aliases.aliasFor('casa-lumina', 'case', caseId, caseId);
    await writeToDisk();
    expect(filesWith(files, alias)).not.toEqual([]);
    await aliases.forget(caseId);
    await writeToDisk();
    expect(filesWith(files, alias)).toEqual([]);
  });
});

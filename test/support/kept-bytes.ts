/** All that a house keeps, to look for what must not be there. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import pg from 'pg';
import { filesBelow } from './bytes-on-disk.js';
import { asServices, serversOf } from './tandem-servers.js';

/**
 * By name: the files of its directory as they lie on the disk, freed parts of them too; among services every table of its
 * database as well, as it is answered. That a database keeps no freed rows either is in the contract of the vault.
 */
export async function keptBytes(directory: string): Promise<ReadonlyMap<string, Buffer>> {
  const files = filesBelow(directory).map((path) => [relative(directory, path), readFileSync(path)] as const);
  return new Map([...files, ...(asServices ? await tablesOf((await serversOf(directory)).database) : [])]);
}

async function tablesOf(database: string): Promise<readonly (readonly [string, Buffer])[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>("select table_name as name from information_schema.tables where table_schema = 'public'");
    const contents: (readonly [string, Buffer])[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<unknown[]>({ text: `select * from "${name}"`, rowMode: 'array' });
      contents.push([name, Buffer.concat(rows.flat().flatMap((value) => [bytesOf(value), Buffer.from('\n')]))]);
    }
    return contents;
  } finally {
    await client.end();
  }
}

const bytesOf = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));

/** Which of these bytes are kept nowhere. */
export async function lost(directory: string, needles: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  const kept = [...(await keptBytes(directory)).values()];
  return needles.filter((needle) => !kept.some((content) => content.includes(needle)));
}

/** Where these bytes are kept. */
export async function keptWith(directory: string, bytes: string): Promise<readonly string[]> {
  return [...(await keptBytes(directory))].filter(([, content]) => content.includes(bytes)).map(([name]) => name);
}

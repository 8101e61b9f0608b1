/** What the memory of commands promises where an erasure meets writers, on every engine. Source: docs/adr/0004. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Database } from '#database';
import { CommandLog, type CommandTables } from '#event-store';
import { type EngineForTests, ENGINES, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

const ROUNDS = 150;

describe.each(ENGINES)('the memory of commands on %s', (name) => {
  let engine: EngineForTests;
  let database: Database<CommandTables>;
  let log: CommandLog;

  beforeAll(async () => {
    engine = await startEngine(name);
    database = engine.open<CommandTables>(await engine.freshAddress());
    log = new CommandLog(database);
    await log.prepare();
  }, POSTGRES_START_MILLISECONDS);
  afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);

  const remember = (stream: string, commandId: string): Promise<void> =>
    log.remember({ commandId, stream, fingerprint: 'f00d', outcome: { revisions: [1] }, at: '2026-11-24T08:00:00.000Z' });

  it('keeps nothing of a stream that is forgotten while ends of its commands are being written', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const stream = `case-${String(round)}`;
      const writers = [0, 1, 2].map((which) => remember(stream, `${stream} ${String(which)}`));
      await Promise.all([...writers, log.forget(stream), remember('case-of-another', `another ${String(round)}`), remember(stream, `${stream} late`)]);
    }
    const kept = await database.kysely.selectFrom('commands').select('stream').execute();
    expect(kept.map(({ stream }) => stream)).toEqual(Array(ROUNDS).fill('case-of-another'));
  }, 60_000);

  /** Resolves once a lock is asked for that is not given. */
  async function somebodyWaits(): Promise<void> {
    const waiting = sql<{ count: number }>`select count(*)::int as count from pg_locks where not granted`;
    while ((await waiting.execute(database.kysely)).rows[0]?.count === 0);
  }

  it('waits with forgetting for an end that is being written elsewhere', async () => {
    if (database.engine !== 'postgres') return;
    const row = { command_id: 'slow', stream: 'case-slow', fingerprint: 'f00d', outcome: '{}', at: '2026-11-24T08:00:00.000Z' };
    const elsewhere = await database.kysely.startTransaction().execute();
    await elsewhere.insertInto('commands').values(row).execute();
    const forgotten = log.forget('case-slow');
    await Promise.race([forgotten, somebodyWaits()]);
    await elsewhere.commit().execute();
    await forgotten;
    expect(await log.find('slow')).toBeUndefined();
  });
});

/** Tandem as eight services: real processes on a real EventStoreDB and PostgreSQL, behind one address. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { type NodeForTests, startNode } from '../support/eventstoredb-node.js';
import { historyShape } from '../support/history-shape.js';
import { type PostgresForTests, startPostgres } from '../support/postgres.js';
import { buildServices, serviceNames, playStory, playThrough, type Services, startServices } from '../support/services.js';

jest.setTimeout(600_000);

// A server of one's own: the story is told on an empty log, and three logs are needed.
const { EVENTSTORE_SERVER: program = '', REQUIRE_SERVERS: required } = process.env;
if (program === '') {
  const unproven = 'NOT PROVEN: Tandem as eight services on EventStoreDB (no EVENTSTORE_SERVER)';
  process.stderr.write(`${unproven}\n`);
  it('is not required to have a server', () => {
    if (required === '1') throw new Error(unproven);
  });
}

/** `TANDEM_OLDER`: dist of an earlier build, of which the second of each is. */
const { TANDEM_OLDER: older } = process.env;
if (program !== '' && older === undefined) process.stderr.write('NOT PROVEN: an older build beside this one (no TANDEM_OLDER)\n');

/** Not derived from the log: the vault, the keys it wraps, the aliases, and the delivery state. */
const KEPT = ['vault_row', 'vault_key', 'vault_tombstone', 'vault_fact', 'alias', 'notices', 'deliveries', 'notice_sequences', 'notifier_checkpoint', 'subscriptions', 'subscription_endpoints'];
const VERSION = 'projection_checkpoint';

(program === '' ? describe.skip : describe)('Tandem as services', () => {
  let postgres: PostgresForTests;
  let log: NodeForTests;
  let services: Services | undefined;
  let data = '';

  beforeAll(async () => {
    await buildServices();
    postgres = await startPostgres({ connections: 400 });
  });
  afterEach(async () => {
    await services?.stop();
    services = undefined;
    await log.stop();
    await rm(data, { recursive: true, force: true });
  });
  afterAll(() => postgres.stop());

  const stores = async () => {
    log = await startNode(program);
    data = await mkdtemp(join(tmpdir(), 'tandem-services-'));
    return { eventStore: `esdb://127.0.0.1:${String(log.port)}?tls=false`, database: await postgres.freshDatabase(), data };
  };

  it('tells the same story as one process on embedded files, and its views can be made again from the log', async () => {
    const embedded = historyShape(await playStory({}));
    const at = await stores();
    services = await startServices(at);
    expect(historyShape(await playThrough(services))).toEqual(embedded);

    const views = new Views(at.database);
    const before = await views.settled();
    expect(Object.values(before).flat().length).toBeGreaterThan(10);
    await services.stop();
    await views.dropDerived();
    services = await startServices(at);
    expect(await views.settled()).toEqual(before);
  });

  it('runs all of it or nothing: one that does not start takes the others with it', async () => {
    const at = await stores();
    const children = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap').length;
    const before = children();
    await expect(startServices({ ...at, dist: { 'referral/0': join(at.data, 'nowhere') } })).rejects.toThrow('referral did not start');
    // An ended process is forgotten some turns of the loop later.
    for (let turn = 0; turn < 10; turn++) await setImmediate();
    expect(children()).toBe(before);
  });

  it(`tells it to the end while two of each${older === undefined ? '' : ', one of an older build,'} are killed at random, with the keys in a database of their own`, async () => {
    const environment = { KEYRING_URL: await postgres.freshDatabase() };
    const dist = older === undefined ? {} : Object.fromEntries((await serviceNames()).map((name) => [`${name}/1`, older]));
    services = await startServices({ ...(await stores()), instances: 2, environment, dist });
    const over = new AbortController();
    const killed = killAtRandom(services, over.signal);
    const bundle = await playThrough(services).finally(() => { over.abort(); });
    // How many there were depends on how fast the story was told.
    expect((await killed).length).toBeGreaterThan(1);
    const types = historyShape(bundle).map((event) => (JSON.parse(event) as { id: string }).id);
    expect(new Set(types).size).toBe(types.length);
  });
});

/** One after the other, each when the one before answers again, so that of two one lives. */
async function killAtRandom({ processes }: Services, signal: AbortSignal): Promise<readonly string[]> {
  const killed: string[] = [];
  while (!signal.aborted) {
    const one = processes[Math.floor(Math.random() * processes.length)]!;
    one.kill();
    killed.push(one.name);
    await setTimeout(250);
    await one.ready();
  }
  return killed;
}

/** Everything in the database that is derived from the log. */
class Views {
  constructor(private readonly database: string) {}

  /** Rows of every derived table, once two looks agree and the projector and the clock have read as far as each other. */
  async settled(): Promise<Readonly<Record<string, readonly string[]>>> {
    for (const deadline = Date.now() + 60_000; Date.now() < deadline;) {
      const seen = await this.read();
      await setTimeout(500);
      const again = await this.read();
      if (seen !== undefined && JSON.stringify(seen) === JSON.stringify(again)) return seen;
    }
    throw new Error('the views did not come to rest');
  }

  async dropDerived(): Promise<void> {
    await this.with(async (client, tables) => {
      for (const table of [...tables, 'commands', 'forgotten_streams', 'leases', VERSION]) await client.query(`drop table ${table}`);
    });
  }

  private read(): Promise<Readonly<Record<string, readonly string[]>> | undefined> {
    return this.with(async (client, tables) => {
      const marks = await client.query<{ position: string }>(`select position from ${VERSION} union select position from duty_reader`).catch(() => undefined);
      // Readers keep a checkpoint at the end of what they have read; at rest all stand at the same event.
      if (marks?.rows.length !== 1 || marks.rows[0]?.position === '') return undefined;
      const rows: Record<string, readonly string[]> = {};
      for (const table of tables.filter((name) => name !== 'duty_reader')) {
        const all = await client.query(`select * from ${table}`);
        rows[table] = all.rows.map((row) => JSON.stringify(row)).sort();
      }
      return rows;
    });
  }

  private async with<T>(work: (client: pg.Client, derived: readonly string[]) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.database });
    await client.connect();
    try {
      const { rows } = await client.query<{ table_name: string }>("select table_name from information_schema.tables where table_schema = 'public'");
      const operational = [...KEPT, 'commands', 'forgotten_streams', 'leases', VERSION];
      return await work(client, rows.map(({ table_name }) => table_name).filter((name) => !operational.includes(name)).sort());
    } finally {
      await client.end();
    }
  }
}

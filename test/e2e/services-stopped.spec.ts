/**
 * Tandem as eight services, under its writers: each is asked to stop in the middle of commands, and each is killed. What was
 * acknowledged is there, once. The same of one process: killed-and-stopped.spec.ts.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { openEngines } from '#engines';
import { type NodeForTests, startNode } from '../support/eventstoredb-node.js';
import { type PostgresForTests, startPostgres } from '../support/postgres.js';
import { type ServiceProcess, type Services, buildServices, startServices } from '../support/services.js';
import { auditEngines } from '../torture/http/audit.js';
import { noFigures, randomFrom, repeatAll } from '../torture/http/kills.js';
import { Ledger, type Write } from '../torture/http/ledger.js';
import { writeCases } from '../torture/http/writers.js';

jest.setTimeout(600_000);

const { EVENTSTORE_SERVER: program = '', REQUIRE_SERVERS: required } = process.env;
if (program === '') {
  const unproven = 'NOT PROVEN: that services which are stopped or killed lose nothing (no EVENTSTORE_SERVER)';
  process.stderr.write(`${unproven}\n`);
  it('is not required to have a server', () => {
    if (required === '1') throw new Error(unproven);
  });
}

const WRITERS = 8;
/** Answers between the return of one and the end of the next. */
const BETWEEN = 10;

(program === '' ? describe.skip : describe)('eight services under their writers', () => {
  let postgres: PostgresForTests;
  let log: NodeForTests;
  let services: Services | undefined;
  let at: { readonly eventStore: string; readonly database: string; readonly data: string };

  beforeAll(async () => {
    await buildServices();
    postgres = await startPostgres({ connections: 400 });
  });
  beforeEach(async () => {
    log = await startNode(program);
    const data = await mkdtemp(join(tmpdir(), 'tandem-services-'));
    at = { eventStore: `esdb://127.0.0.1:${String(log.port)}?tls=false`, database: await postgres.freshDatabase(), data };
    services = await startServices({ ...at, environment: { RATE_LIMIT_BURST: '1000000', RATE_LIMIT_PER_SECOND: '1000000' } });
  });
  afterEach(async () => {
    await services?.stop();
    await log.stop();
    await rm(at.data, { recursive: true });
  });
  afterAll(() => postgres.stop());

  /** Writes while each service ends once, in turn; answers what the clients know. */
  async function endEach({ address, processes }: Services, end: (service: ServiceProcess) => Promise<void>): Promise<Ledger> {
    const ledger = new Ledger();
    let over = false;
    const stopped = (): boolean => over;
    const writers = Array.from({ length: WRITERS }, async (_, index) => {
      const random = randomFrom(index);
      // Who got no answer goes on with another case.
      while (!stopped()) await writeCases(address, ledger, { random, stopped });
    });
    for (const service of processes.filter(({ name }) => name !== 'issuer')) {
      await ledger.answered(ledger.answers + BETWEEN);
      await end(service);
      await service.ready();
    }
    await ledger.answered(ledger.answers + BETWEEN);
    over = true;
    await Promise.all(writers);
    return ledger;
  }

  /** All that is wrong with what is kept, once nobody writes any more. */
  async function faults(writes: readonly Write[]): Promise<readonly string[]> {
    await services?.stop();
    const { eventStore, database, data } = at;
    const engines = await openEngines({ data, eventStore, database, clock: () => new Date().toISOString() });
    try {
      return (await auditEngines(engines, writes, { complete: true, scratch: () => postgres.freshDatabase() })).faults;
    } finally {
      await engines.close();
    }
  }

  it('asked to stop, each answers what it has begun, keeps what it acknowledged and ends with 0', async () => {
    const codes: (number | null)[] = [];
    const { writes } = await endEach(services!, async (service) => {
      codes.push(await service.restart());
    });
    expect(codes).toEqual(Array(8).fill(0));
    const answered = writes.filter(({ answer }) => answer !== undefined);
    expect(answered.length).toBeGreaterThan(BETWEEN * 8);
    // One that was being answered was answered: what never got an answer never got in.
    expect(await faults(answered)).toEqual([]);
  });

  it('killed, each leaves everything that it acknowledged, once; the same request gets the same answer afterwards', async () => {
    const ledger = await endEach(services!, (service) => {
      service.kill();
      return Promise.resolve();
    });
    expect(await repeatAll(services!.address, ledger, noFigures())).toEqual([]);
    expect(await faults(ledger.writes)).toEqual([]);
  });
});

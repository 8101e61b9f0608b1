/** What the deadline board answers is the same on every engine, whichever instance of it wrote. Source: architecture.md 7. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type BoardEntry, CaseReader, DutyBoard, type DutyTables } from '#casework/nest';
import type { Database } from '#database';
import { ENGINES, type EngineForTests, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';
import { NOTIFICATION, aCase, acceptedReferral, done, fullRisk } from '../../support/story.js';
import { DAY, type Tandem, startTandem } from '../../support/tandem.js';

const CASES = 120;
const VIEWERS = [
  { viewer: 'owes casa-lumina' }, { viewer: 'owes casa-lumina CM' }, { viewer: 'owes clinica-aurora' },
  { viewer: 'sees casa-lumina' }, { viewer: 'sees NRM_COORD RO' }, { viewer: 'sees NRM_COORD RO RO11' },
];
const EVERYONE = { viewers: VIEWERS, limit: 10_000 };

let tandem: Tandem;
let expected: readonly BoardEntry[];
beforeAll(async () => {
  tandem = await startTandem();
  const manager = tandem.as('casa-lumina');
  const path = await aCase(manager);
  done(await manager.post(`${path}/risk-assessments`, fullRisk('INITIAL', 1)));
  await acceptedReferral(tandem, path, 'clinica-aurora', ['MED']);
  for (let more = 1; more < CASES; more += 1) done(await manager.post('/v1/cases', NOTIFICATION));
  await tandem.settled();
  expected = await boardOfTheHouse().page(EVERYONE);
}, 60_000);
afterAll(() => tandem.stop());

function boardOn(database: Database<DutyTables>): DutyBoard {
  const { store, reference } = tandem.engines;
  return new DutyBoard(database, store, new CaseReader(store), reference);
}

/** The one that the house itself keeps, in memory. */
const boardOfTheHouse = (): DutyBoard => boardOn(tandem.engines.views);

const keyOf = ({ caseId, name, key }: BoardEntry): string => `${caseId} ${name} ${key}`;
const after = (days: number): string => new Date(Date.parse(tandem.now()) + days * DAY).toISOString();

describe.each(ENGINES)('the deadline board on %s', (name) => {
  let engine: EngineForTests;
  let address: string;
  let database: Database<DutyTables>;
  let board: DutyBoard;
  beforeAll(async () => { engine = await startEngine(name); }, POSTGRES_START_MILLISECONDS);
  afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);
  beforeEach(async () => {
    address = await engine.freshAddress();
    database = engine.open<DutyTables>(address);
    board = boardOn(database);
    await board.onModuleInit();
  });

  /** Another instance, with connections of its own where the engine takes more than one. */
  async function another(): Promise<DutyBoard> {
    const one = boardOn(name === 'SQLite in memory' ? database : engine.open<DutyTables>(address));
    await one.onModuleInit();
    return one;
  }

  it('answers what the board of the house answers, soonest first, each duty once', async () => {
    await board.catchUp();
    expect(expected.length).toBeGreaterThan(CASES);
    expect(await board.page(EVERYONE)).toEqual(expected);
    expect(new Set(expected.map(keyOf)).size).toBe(expected.length);
  });

  it('goes on where a page ended, and leaves out and doubles nothing', async () => {
    await board.catchUp();
    const pages: BoardEntry[] = [];
    for (;;) {
      const last = pages.at(-1);
      const page = await board.page({ viewers: VIEWERS, limit: 50, ...(last === undefined ? {} : { after: last }) });
      pages.push(...page);
      if (page.length < 50) break;
    }
    expect(pages).toEqual(expected);
  });

  it('keeps to the moments that are asked for, each viewer to its own', async () => {
    await board.catchUp();
    const middle = expected[Math.floor(expected.length / 2)]!.dueAt;
    const within = (from: string, until: string): readonly BoardEntry[] => expected.filter(({ dueAt }) => from <= dueAt && dueAt < until);
    const until = VIEWERS.map((one) => ({ ...one, until: middle }));
    expect(await board.page({ viewers: until, limit: 10_000 })).toEqual(within('', middle));
    expect(await board.page({ ...EVERYONE, from: middle })).toEqual(within(middle, '9'));
    const [, , clinic] = VIEWERS;
    const own = await board.page({ viewers: [clinic!], limit: 10 });
    expect(own.map(({ name: duty, owedBy }) => [duty, owedBy])).toEqual([['service-start', { organisation: 'clinica-aurora' }]]);
    expect(await board.page({ viewers: [{ ...clinic!, until: own[0]!.dueAt }], limit: 10 })).toEqual([]);
  });

  it('knows what is due for the clock, and passes over what was left to people', async () => {
    await board.catchUp();
    const house = await boardOfTheHouse().due(after(1_000));
    const due = await board.due(after(1_000));
    expect([...due.cases].sort()).toEqual([...house.cases].sort());
    expect(due.cases.length).toBe(CASES);
    const { next } = await board.due(tandem.now());
    expect(next).toBeDefined();
    const [first] = due.cases;
    await leaveToPeople(first!);
    expect((await board.due(after(1_000))).cases).not.toContain(first);
  });

  it('forgets a case, whole, and no other', async () => {
    await board.catchUp();
    const { caseId } = expected[0]!;
    await board.forget(caseId);
    expect(await board.page(EVERYONE)).toEqual(expected.filter((entry) => entry.caseId !== caseId));
    expect((await board.due(after(1_000))).cases).not.toContain(caseId);
  });

  it('stands once when two instances read the log into it at the same time, and a third goes on from there', async () => {
    const second = await another();
    await Promise.all([board.catchUp(), second.catchUp()]);
    expect(second.checkpoint).toBe(board.checkpoint);
    expect(await board.page(EVERYONE)).toEqual(expected);
    const third = await another();
    expect(third.checkpoint).toBe(board.checkpoint);
    expect(await third.page(EVERYONE)).toEqual(expected);
  });

  it('is not written over by an instance that comes second', async () => {
    const second = await another();
    await board.catchUp();
    const [first] = (await board.due(after(1_000))).cases;
    await leaveToPeople(first!);
    await second.catchUp();
    expect(second.checkpoint).toBe(board.checkpoint);
    expect((await second.due(after(1_000))).cases).not.toContain(first);
  });

  async function leaveToPeople(caseId: string): Promise<void> {
    const acting = await database.kysely.selectFrom('duties').selectAll().where('case_id', '=', caseId).where('acts', '=', 1).execute();
    for (const duty of acting) await board.leaveToPeople(caseId, { name: duty.name, key: duty.key, dueAt: duty.due_at, owedBy: {} });
  }
});

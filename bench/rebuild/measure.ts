// Reads a log twice: bare (scan and JSON.parse), and into a projection built from nothing. Each in a process of its own.
// node … measure.ts <scan|all|projection name> <events.db> <views.db>
import { openDatabase } from '#database';
import { openSqliteEventStore } from '#event-store';
import { startProjector } from '#read-models';
import { REPORTING_PROJECTIONS } from '#reporting';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const [, , what = 'scan', file = '', views = ''] = process.argv;
const PAGE = 1_000;

function scan(): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const table = database
    .prepare(`select name from sqlite_master where type = 'table' and sql like '%metadata%'`)
    .get()?.['name'];
  const position = database
    .prepare(`pragma table_info(${String(table)})`)
    .all()
    .find(({ pk }) => pk === 1)?.['name'];
  const page = database.prepare(
    `select * from ${String(table)} where ${String(position)} > ? order by ${String(position)} limit ${PAGE}`,
  );
  let events = 0;
  for (let after: unknown = -1; ;) {
    const rows = page.all(after as number);
    for (const row of rows) {
      JSON.parse(row['data'] as string);
      JSON.parse(row['metadata'] as string);
    }
    events += rows.length;
    after = rows.at(-1)?.[String(position)];
    if (after === undefined) return events;
  }
}

async function project(): Promise<void> {
  const projections = REPORTING_PROJECTIONS.filter(({ name }) => what === 'all' || name === what);
  const store = openSqliteEventStore(file);
  // As a service opens its views.
  const database = openDatabase<unknown>(`sqlite:${views}`, { derived: true });
  const projector = startProjector({
    store,
    kysely: database.kysely,
    projections,
    knows: () => true,
    backOff: () => Promise.resolve(),
  });
  const head = await store.head();
  for (const { name } of projections) await projector.waitFor(name, head, 600_000);
  await projector.stop();
  await database.close();
  await store.close();
}

for (const suffix of ['', '-wal', '-shm']) rmSync(views + suffix, { force: true });
const before = process.memoryUsage().rss;
const cpu = process.cpuUsage();
const started = performance.now();
await (what === 'scan' ? scan() : project());
const { user, system } = process.cpuUsage(cpu);
const seconds = (performance.now() - started) / 1_000;
// The system keeps the highest by itself: looking at it meanwhile would be counted too.
const highest = process.resourceUsage().maxRSS * 1_024;
console.log(
  JSON.stringify({
    what,
    seconds: Number(seconds.toFixed(2)),
    cpuSeconds: (user + system) / 1e6,
    addedMegabytes: Math.round((highest - before) / 2 ** 20),
  }),
);

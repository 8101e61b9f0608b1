// node test/torture/store/crash-points.mjs [--points 10000] [--from-seed 1]
// Simulates crashes of the machine at seeded points: what was synced is there, what was being written is there in any
// part, sector by sector, in any order. After each the store must open, hold every acknowledged event and, of the
// group that was being written, all or nothing; its chains must hold and a retry must be safe.
import { deepStrictEqual as same, ok } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import '../../contract/event-store/typescript.mjs';

const { openSqliteEventStore } = await import('#event-store');
const { firstBreak } = await import('../../contract/event-store/events.js');
const { allOf, between, makeHistory, randomOf, write } = await import('./history.mjs');

const options = { points: { type: 'string', default: '10000' }, 'from-seed': { type: 'string', default: '1' } };
const { values } = parseArgs({ options });
const [points, from] = [Number(values.points), Number(values['from-seed'])];
const POINTS_A_HISTORY = 50;
const SECTOR = 512;

/** The file ends anywhere: exactly the groups that end before are there. */
function cutLog({ before, log, groups }, random) {
  const cut = between(random, 0, log.length);
  const kept = groups.filter(({ end }) => end <= cut).length;
  return { database: before, log: log.subarray(0, cut), kept: [kept], retry: groups[kept]?.appends };
}

/** A group was being written: each sector of it is there, is zeros, or is something else; and the file may end early. */
function tornGroup({ before, log, groups }, random) {
  const number = between(random, 0, groups.length - 1);
  const start = groups[number - 1]?.end ?? 0;
  const { end, appends } = groups[number];
  const torn = Buffer.from(log.subarray(0, end));
  const share = random();
  for (let at = start; at < end; at += SECTOR - (at % SECTOR)) {
    if (random() < share) continue;
    const until = Math.min(end, at + SECTOR - (at % SECTOR));
    if (random() < 0.5) torn.fill(0, at, until);
    else for (let byte = at; byte < until; byte++) torn[byte] = between(random, 0, 255);
  }
  const length = random() < 0.5 ? end : between(random, start, end);
  return { database: before, log: torn.subarray(0, length), kept: [number, number + 1], retry: appends };
}

/** A checkpoint was under way: each sector of the database is the old one or the new one, the log is whole. */
function tornCheckpoint({ before, after, log, groups, next }, random) {
  const length = between(random, before.length, after.length);
  const database = mixed(before, after, length, random);
  return { database, log, kept: [groups.length], retry: next };
}

/** The log was being begun anew after a checkpoint, over the old one. */
function tornRestart({ after, log, restarted, groups, next }, random) {
  return { database: after, log: mixed(log, restarted, restarted.length, random), kept: [groups.length], retry: next };
}

function mixed(old, young, length, random) {
  const share = random();
  const file = Buffer.alloc(length);
  for (let at = 0; at < length; at += SECTOR) {
    // Past the end of the old file lie zeros.
    (random() < share ? young : old).subarray(at, Math.min(at + SECTOR, length)).copy(file, at);
  }
  return file;
}

const KINDS = { cutLog, tornGroup, tornCheckpoint, tornRestart };

async function crash(history, seed, path) {
  const random = randomOf(seed);
  const kind = Object.keys(KINDS)[seed % 4];
  const { database, log, kept, retry } = KINDS[kind](history, random);
  writeFileSync(path, database);
  writeFileSync(`${path}-wal`, log);
  const store = openSqliteEventStore(path);
  const found = await allOf(store);
  const counts = kept.map((groups) => countAfter(history, groups));
  ok(counts.includes(found.length), `${kind}: ${found.length} events, not ${counts.join(' or ')}`);
  same(found, history.events.slice(0, found.length));
  if (retry !== undefined) await retried(store, retry, found);
  await store.close();
  checkFile(path);
  return kind;
}

function countAfter({ checkpointed, groups }, number) {
  const written = groups.slice(0, number).flatMap(({ appends }) => appends.flatMap(({ events }) => events));
  return checkpointed + written.length;
}

/** Whoever got no answer sends again: written once, whether it had been written or not. */
async function retried(store, appends, found) {
  const there = new Set(found.map(({ id }) => id));
  const answers = await write(store, appends);
  appends.forEach(({ events }, index) => ok(answers[index].written !== there.has(events[0].id)));
  const all = await allOf(store);
  same(all.length, new Set([...there, ...appends.flatMap(({ events }) => events.map(({ id }) => id))]).size);
  for (const stream of new Set(all.map((event) => event.stream))) {
    same(firstBreak(await store.readStream(stream)), -1);
  }
}

function checkFile(path) {
  const database = new DatabaseSync(path);
  same(database.prepare('PRAGMA integrity_check').get().integrity_check, 'ok');
  database.close();
}

const folder = mkdtempSync(join(tmpdir(), 'tandem-crash-points-'));
const started = performance.now();
const figures = {
  points,
  fromSeed: from,
  events: 0,
  ...Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, 0])),
};
let history;
try {
  for (let seed = from; seed < from + points; seed++) {
    const number = Math.floor(seed / POINTS_A_HISTORY);
    if (history?.number !== number) {
      history = { number, ...(await makeHistory(join(folder, String(number)), number)) };
      figures.events += history.events.length;
    }
    try {
      figures[await crash(history, seed, join(folder, 'crashed.db'))]++;
    } catch (error) {
      throw new Error(`seed ${seed} fails; node test/torture/store/crash-points.mjs --points 1 --from-seed ${seed}`, {
        cause: error,
      });
    }
  }
  console.log(JSON.stringify({ ...figures, failed: 0, seconds: Math.round((performance.now() - started) / 1000) }));
} finally {
  rmSync(folder, { recursive: true });
}

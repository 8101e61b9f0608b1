// Invented logs of the SQLite event store, with the images of their files at the moments that a crash can meet.
import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const { openSqliteEventStore, sealDrafts, uuidV5 } = await import('#event-store');
const { draft } = await import('../../contract/event-store/events.js');

const NAMESPACE = 'd2f5b0c4-6c1e-5b7a-9f6e-0a4b7c1d2e3f';

/** A stream of numbers from 0 to 1 that is the same for the same seed (mulberry32). */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const between = (random, low, high) => low + Math.floor(random() * (high - low + 1));

/** Makes groups of appends, one after the other, so that the same seed makes the same events. */
function makerOf(seed, random) {
  const ends = new Map();
  let commands = 0;
  const append = (stream) => {
    const commandId = uuidV5(NAMESPACE, `${seed}/${commands++}`);
    const last = ends.get(stream);
    const drafts = Array.from({ length: between(random, 1, 3) }, () =>
      draft({ text: 'ț'.repeat(random() < 0.1 ? between(random, 3_000, 9_000) : between(random, 0, 300)) }, commandId),
    );
    const events = sealDrafts(stream, last, drafts, '2026-11-24T08:00:00.000Z');
    const revision = (last?.revision ?? -1) + events.length;
    ends.set(stream, { ...events.at(-1), stream, revision, position: '' });
    return { stream, events, expected: last?.revision ?? 'no-stream' };
  };
  /** Appends to different streams: what is asked for at once shares a transaction. */
  return () => {
    const streams = Array.from({ length: 8 }, (_, number) => `case-${uuidV5(NAMESPACE, String(number))}`);
    const chosen = random() < 0.5 ? 1 : between(random, 2, 8);
    return streams
      .sort(() => random() - 0.5)
      .slice(0, chosen)
      .map(append);
  };
}

export const write = (store, group) =>
  Promise.all(group.map(({ stream, events, expected }) => store.append(stream, events, expected)));

export async function allOf(store) {
  const events = [];
  for await (const page of store.readAll('')) events.push(...page);
  return events;
}

/**
 * A log of which the first part was checkpointed and the rest lies in the write-ahead log:
 * `before` and `log`, the two files then; `groups`, what was written, with the length of `log` after each;
 * `after`, the first file once `log` is checkpointed; `restarted`, the log once `next` is written over its beginning.
 */
export async function makeHistory(folder, seed) {
  const random = randomOf(seed);
  const nextGroup = makerOf(seed, random);
  mkdirSync(folder);
  const path = join(folder, 'events.db');
  const first = openSqliteEventStore(path);
  for (let count = between(random, 0, 12); count > 0; count--) await write(first, nextGroup());
  await first.close();
  const before = readFileSync(path);

  const store = openSqliteEventStore(path);
  const checkpointed = (await allOf(store)).length;
  const groups = [];
  for (let count = between(random, 3, 25); count > 0; count--) {
    const appends = nextGroup();
    await write(store, appends);
    groups.push({ appends, end: statSync(`${path}-wal`).size });
  }
  const events = await allOf(store);
  const log = readFileSync(`${path}-wal`);
  const copy = join(folder, 'copy.db');
  copyFileSync(path, copy);
  copyFileSync(`${path}-wal`, `${copy}-wal`);
  await store.close();
  return { before, log, checkpointed, groups, events, next: nextGroup(), ...restart(copy) };
}

/** What the checkpoint leaves, and how the next transaction then begins the log anew, over the old one. */
function restart(copy) {
  const database = new DatabaseSync(copy);
  database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = FULL; PRAGMA wal_checkpoint(PASSIVE)');
  const after = readFileSync(copy);
  database.exec('BEGIN; CREATE TABLE scratch (a); DROP TABLE scratch; COMMIT');
  const restarted = readFileSync(`${copy}-wal`);
  database.close();
  return { after, restarted };
}

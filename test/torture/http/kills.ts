/**
 * Kills the whole system again and again under writers, and holds what it comes back with against what its clients were
 * told. A seed repeats a kill as far as the machine lets it: same data, same writers, same moment.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import { auditDirectory } from './audit.js';
import { type Instance, killWhileStarting, startInstance } from './instance.js';
import { Ledger, type Write } from './ledger.js';
import { writeCases } from './writers.js';

/** Kills that one data directory lives through. */
const KILLS_A_DIRECTORY = 10;
const LONGEST_BURST_MILLISECONDS = 900;

export interface Figures {
  kills: number;
  /** Of these, while the instance was starting. */
  killsAtStart: number;
  writes: number;
  acknowledged: number;
  /** No answer came before the kill; sent again after it. */
  unknown: number;
  /** Of the unknown, those that had been recorded. */
  unknownRecorded: number;
  repeated: number;
  /** How many writes ended how: `accepted`, or the code of the refusal. */
  outcomes: Record<string, number>;
  events: number;
  notices: number;
  orphanedRows: number;
  startMilliseconds: number[];
  faults: string[];
}

/** Small, seeded, and the same everywhere. Source: mulberry32, public domain. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const noFigures = (): Figures => ({
  kills: 0, killsAtStart: 0, writes: 0, acknowledged: 0, unknown: 0, unknownRecorded: 0, repeated: 0, outcomes: {}, events: 0, notices: 0, orphanedRows: 0,
  startMilliseconds: [], faults: [],
});

/** Kills `kills` times, one seed each. `onKill` hears after each; faults are gathered, not thrown. */
export async function killRepeatedly(kills: number, fromSeed: number, onKill: (seed: number, figures: Figures) => void): Promise<Figures> {
  const figures = noFigures();
  for (let done = 0; done < kills; done += KILLS_A_DIRECTORY) {
    await oneDirectory(Math.min(KILLS_A_DIRECTORY, kills - done), fromSeed + done, figures, onKill);
  }
  return figures;
}

async function oneDirectory(kills: number, fromSeed: number, figures: Figures, onKill: (seed: number, figures: Figures) => void): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'tandem-torture-'));
  const ledger = new Ledger();
  let instance = await startInstance(data);
  for (let seed = fromSeed; seed < fromSeed + kills; seed++) {
    const random = randomFrom(seed);
    await burst(instance, ledger, random);
    const note = (faults: readonly string[]): unknown => figures.faults.push(...faults.map((fault) => `seed ${String(seed)}: ${fault}`));
    note((await auditDirectory(data, ledger.writes)).faults);
    instance = await restart(data, random, figures);
    note(await repeatAll(instance.address, ledger, figures));
    onKill(seed, figures);
  }
  await instance.kill();
  const { events, notices, orphanedRows, faults } = await auditDirectory(data, ledger.writes, { complete: true });
  figures.faults.push(...faults.map((fault) => `seeds from ${String(fromSeed)}, at the end: ${fault}`));
  figures.events += events;
  figures.notices += notices;
  figures.orphanedRows += orphanedRows;
  figures.writes += ledger.writes.length;
  figures.acknowledged += ledger.writes.filter(({ answer }) => answer !== undefined && answer.status < 300).length;
  for (const { answer } of ledger.writes) {
    const outcome = answer?.body.code ?? 'accepted';
    figures.outcomes[outcome] = (figures.outcomes[outcome] ?? 0) + 1;
  }
  rmSync(data, { recursive: true });
}

async function burst(instance: Instance, ledger: Ledger, random: () => number): Promise<void> {
  let over = false;
  const writers = 8 + Math.floor(random() * 9);
  const work = Array.from({ length: writers }, () => writeCases(instance.address, ledger, { random, stopped: () => over }));
  await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_BURST_MILLISECONDS));
  await instance.kill();
  over = true;
  await Promise.all(work);
}

/** As if a minute had passed: who was killed can not give its lease back, and the notifier would stand by for that long. */
function letLeaseRunOut(data: string): void {
  const database = new DatabaseSync(join(data, 'operations.db'));
  database.exec('delete from leases');
  database.close();
}

/** One time in eight the recovery is killed too. */
async function restart(data: string, random: () => number, figures: Figures): Promise<Instance> {
  figures.kills++;
  if (random() < 0.125) {
    await killWhileStarting(data, 100 + random() * 900);
    figures.kills++;
    figures.killsAtStart++;
  }
  letLeaseRunOut(data);
  const instance = await startInstance(data);
  figures.startMilliseconds.push(instance.startedInMilliseconds);
  return instance;
}

/** Sends every write again: an acknowledged one gets its answer again, an unknown one its first. */
export async function repeatAll(address: string, ledger: Ledger, figures: Figures): Promise<readonly string[]> {
  const faults: string[] = [];
  const queue = [...ledger.writes];
  const sender = async (): Promise<void> => {
    for (let write = queue.shift(); write !== undefined; write = queue.shift()) faults.push(...(await repeat(address, ledger, write, figures)));
  };
  await Promise.all(Array.from({ length: 8 }, sender));
  return faults;
}

async function repeat(address: string, ledger: Ledger, write: Write, figures: Figures): Promise<readonly string[]> {
  const again = await ledger.send(address, write);
  figures.repeated++;
  if (write.answer === undefined) {
    figures.unknown++;
    if (again.body.receipt) figures.unknownRecorded++;
    if (again.status >= 500) return [`an unknown write to ${write.path} got ${String(again.status)}`];
    write.answer = again;
    return [];
  }
  // A refusal that may be put right is decided anew at each attempt: only what was accepted is a promise.
  if (write.answer.status >= 300) return [];
  const same = isDeepStrictEqual(again, write.answer);
  return same ? [] : [`${write.path} was answered ${JSON.stringify(write.answer)} and then ${JSON.stringify(again)}`];
}

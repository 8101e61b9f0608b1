/**
 * What must be true of a house whose processes were killed. A data directory is read from a copy: the directory itself is left
 * to the next process, whose recovery is under test too.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DutyBoard, type DutyTables } from '#casework/nest';
import { type Database, openDatabase } from '#database';
import { type Engines, openEngines } from '#engines';
import { GENESIS, type StoredEvent, chainOf } from '#event-store';
import { type AnyDatabase, backOff, startProjector } from '#read-models';
import { REPORTING_PROJECTIONS } from '#reporting';
import type { Write } from './ledger.js';

export interface Found {
  readonly events: number;
  readonly streams: number;
  readonly notices: number;
  /** Sealed for a command that never reached the log: what the sweep removes after a day. */
  readonly orphanedRows: number;
  /** Everything that should not be so, in words; empty is good. */
  readonly faults: readonly string[];
}

export interface Auditing {
  /** Every write was answered: then the log holds exactly one command for each that was accepted. */
  readonly complete?: boolean;
  /** Address of an empty database, of the kind that the house keeps its views in. */
  readonly scratch?: () => Promise<string>;
}

const now = (): string => new Date().toISOString();

export async function auditDirectory(data: string, writes: readonly Write[], auditing: Auditing = {}): Promise<Found> {
  const copy = mkdtempSync(join(tmpdir(), 'tandem-torture-copy-'));
  cpSync(data, copy, { recursive: true });
  try {
    const engines = await openEngines({ data: copy, clock: now });
    try {
      return await auditEngines(engines, writes, auditing);
    } finally {
      await engines.close();
    }
  } finally {
    rmSync(copy, { recursive: true });
  }
}

/** Nobody else may follow the log meanwhile. */
export async function auditEngines(
  engines: Engines, writes: readonly Write[], { complete = false, scratch = () => Promise.resolve('sqlite::memory:') }: Auditing,
): Promise<Found> {
  const streams = await readStreams(engines);
  const events = [...streams.values()].flat();
  const { orphanedRows, faults: ofVault } = await vaultFaults(engines, events);
  const { notices, faults: ofNotices } = await noticeFaults(engines);
  const faults = [
    ...[...streams].flatMap(([stream, list]) => chainFaults(stream, list)), ...receiptFaults(events, writes), ...effectFaults(events, writes, complete),
    ...ofVault, ...ofNotices, ...(await viewFaults(engines, await scratch())), ...(await boardFaults(engines, await scratch())),
  ];
  return { events: events.length, streams: streams.size, notices, orphanedRows, faults };
}

async function readStreams({ store }: Engines): Promise<Map<string, StoredEvent[]>> {
  const streams = new Map<string, StoredEvent[]>();
  for await (const page of store.readAll('')) {
    for (const event of page) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  }
  return streams;
}

function chainFaults(stream: string, events: readonly StoredEvent[]): readonly string[] {
  let previous = GENESIS;
  return events.flatMap((event, index) => {
    const chain = chainOf(previous, event);
    previous = event.metadata.chain;
    const gap = event.revision === index ? [] : [`${stream} has revision ${String(event.revision)} in place of ${String(index)}`];
    return chain === event.metadata.chain ? gap : [...gap, `${stream} ${String(index)}: the chain is broken`];
  });
}

/** What was acknowledged is there, word for word: at its place too, where the writer may know that. */
function receiptFaults(events: readonly StoredEvent[], writes: readonly Write[]): readonly string[] {
  const heads = new Map(events.map(({ metadata, revision }) => [metadata.chain, revision]));
  return writes.flatMap(({ answer, path }) => {
    const receipt = answer?.body.receipt;
    if (receipt === undefined || receipt === null) return [];
    const at = heads.get(receipt.chain);
    return at !== undefined && (receipt.revision ?? at) === at ? [] : [`an acknowledged write to ${path} is lost`];
  });
}

/** No command has left two effects, and none that nobody sent. */
function effectFaults(events: readonly StoredEvent[], writes: readonly Write[], complete: boolean): readonly string[] {
  const clients = new Set(writes.map(({ organisation }) => organisation));
  const sent = events.filter(({ stream, metadata }) => stream.startsWith('case-') && clients.has(metadata.organisation));
  const ids = new Set(sent.map(({ metadata }) => metadata.commandId));
  const places = new Set(sent.map(({ stream, metadata }) => `${metadata.commandId} ${stream}`));
  const receipts = writes.flatMap(({ answer }) => answer?.body.receipt?.chain ?? []);
  const unknown = writes.filter(({ answer }) => answer === undefined).length;
  const [accepted, recorded] = [String(receipts.length), String(ids.size)];
  return [
    ...(places.size === ids.size ? [] : ['one command wrote to two streams']),
    ...(new Set(receipts).size === receipts.length ? [] : ['two writes got the same receipt']),
    ...(ids.size >= receipts.length && ids.size <= receipts.length + unknown ? [] : [`${accepted} accepted, ${String(unknown)} unknown, ${recorded} recorded`]),
    ...(complete && ids.size !== receipts.length ? [`${accepted} accepted but ${recorded} recorded`] : []),
  ];
}

/** Every reference of the log has its row. A row without an event is allowed: it was sealed just before the end. */
async function vaultFaults({ persons }: Engines, events: readonly StoredEvent[]): Promise<{ orphanedRows: number; faults: readonly string[] }> {
  const rows = await persons.kysely.selectFrom('vault_row').select(['reference', 'command_id', 'confirmed']).execute();
  const there = new Set(rows.map(({ reference }) => reference));
  const known = new Set(events.map(({ metadata }) => metadata.commandId));
  const orphans = rows.filter(({ command_id: id }) => !known.has(id));
  const referred = events.flatMap(({ data }) => Object.values((data as { personal?: Record<string, { reference: string }> }).personal ?? {}));
  const missing = referred.filter(({ reference }) => !there.has(reference)).map(({ reference }) => `no row for ${reference}`);
  const kept = orphans.filter(({ confirmed }) => confirmed === 1).map(({ reference }) => `the orphan ${reference} would never be swept`);
  return { orphanedRows: orphans.length, faults: [...missing, ...kept] };
}

/** Numbers of each recipient are 1, 2, 3, ... without a hole. */
async function noticeFaults({ operations }: Engines): Promise<{ notices: number; faults: readonly string[] }> {
  const rows = await operations.kysely.selectFrom('notices').select(['recipient', 'sequence']).orderBy('recipient').orderBy('sequence').execute();
  const of = Map.groupBy(rows, ({ recipient }) => recipient);
  const holes = [...of].filter(([, theirs]) => theirs.some(({ sequence }, index) => sequence !== index + 1));
  return { notices: rows.length, faults: holes.map(([recipient]) => `the notices of ${recipient} have a hole`) };
}

/** Projections go on where the crash stopped them, and a second set starts from nothing: both must come out equal. */
async function viewFaults({ store, views }: Engines, scratch: string): Promise<readonly string[]> {
  const rebuilt = openDatabase<unknown>(scratch);
  try {
    const [resumed, anew] = [await project(store, views.kysely), await project(store, rebuilt.kysely)];
    return Object.keys(anew).filter((table) => resumed[table] !== anew[table]).map((table) => `the table ${table} is not what a rebuild makes`);
  } finally {
    await rebuilt.close();
  }
}

async function project(store: Engines['store'], kysely: AnyDatabase): Promise<Readonly<Record<string, string>>> {
  const projector = startProjector({ store, kysely, projections: REPORTING_PROJECTIONS, knows: () => true, backOff });
  const head = await store.head();
  for (const { name } of REPORTING_PROJECTIONS) await projector.waitFor(name, head, 30_000);
  await projector.stop();
  const tables = (await kysely.introspection.getTables()).map(({ name }) => name).filter((name) => !['projection_checkpoint', 'duties', 'duty_viewers', 'duty_reader'].includes(name));
  const dumps = tables.map(async (name) => [name, await dump(kysely, name)] as const);
  return Object.fromEntries(await Promise.all(dumps));
}

async function dump(kysely: AnyDatabase, table: string): Promise<string> {
  const rows = await (kysely as never as { selectFrom(t: string): { selectAll(): { execute(): Promise<object[]> } } }).selectFrom(table).selectAll().execute();
  return rows.map((row) => JSON.stringify(row)).sort().join('\n');
}

/** What every organisation owes, and so every inbox, is what the log says. */
async function boardFaults({ views, store, cases, reference }: Engines, scratch: string): Promise<readonly string[]> {
  const rebuilt = openDatabase<DutyTables>(scratch);
  try {
    const boards = [views as Database<DutyTables>, rebuilt].map(async (database) => {
      const board = new DutyBoard(database, store, cases, reference);
      await board.onModuleInit();
      await board.catchUp();
      // `acts` is a note of the clock's and not derived.
      const duties = await database.kysely.selectFrom('duties').select(['case_id', 'name', 'key', 'due_at', 'owed_organisation', 'owed_role', 'viewers']).execute();
      const rows = [...duties, ...(await database.kysely.selectFrom('duty_viewers').selectAll().execute())];
      return rows.map((row) => JSON.stringify(row)).sort().join('\n');
    });
    const [resumed, anew] = await Promise.all(boards);
    return resumed === anew ? [] : ['the board of duties is not what a rebuild makes'];
  } finally {
    await rebuilt.close();
  }
}

/**
 * Who owes what by when, over all cases: kept beside the log, rebuilt from it at any time. Rows hold identifiers and
 * times only. Source: architecture.md 7 (reactions and deadlines).
 */
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Database, makeTables } from '#database';
import { EVENT_STORE, type EventStore, type Position, START, type StoredEvent } from '#event-store';
import { type Duty, caseOfStream } from '#kernel';
import { CASE_READER, type CaseReader, type CaseState } from '../dispatch/case-reader.js';
import { REFERENCE, type ReferenceSource } from '../dispatch/recorder.js';
import { caseWorkflow } from '../workflow.js';
import { type BoardEntry, type BoardPage, type DutyRow, entryOf, inOrder, rowOf } from './duty-rows.js';
import { BOARD, DutyTable, type DutyTables, makeDutyTables } from './duty-tables.js';

/** Database of what is derived from the log. */
export const DUTY_DATABASE = Symbol('database of duties');

@Injectable()
export class DutyBoard implements OnModuleInit {
  private position: Position = START;
  /** Where the checkpoint in the database stands, as this instance left it. */
  private stored: Position = START;
  private writing: Promise<unknown> = Promise.resolve();
  /** Cases that this build could not read: their rows stay as they were. */
  private readonly unread = new Set<string>();
  private readonly table: DutyTable;

  constructor(
    @Inject(DUTY_DATABASE) private readonly database: Database<DutyTables>,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CASE_READER) private readonly cases: CaseReader,
    @Inject(REFERENCE) private readonly reference: ReferenceSource,
  ) {
    this.table = new DutyTable(database.kysely);
  }

  /** Makes the tables and finds where reading stopped; before anything follows the log, erasure among it. */
  async onModuleInit(): Promise<void> {
    await makeTables(this.database, (kysely) => makeDutyTables({ ...this.database, kysely }));
    await this.readOnFromStored();
  }

  /** Reads the log until `signal` aborts, and calls `onChange` after each page. */
  async follow(signal: AbortSignal, onChange: () => void): Promise<void> {
    const isStopping = (): boolean => signal.aborted;
    while (!isStopping()) {
      await this.readWhileMine(this.store.subscribe(this.position, signal), onChange);
      onChange();
    }
  }

  /** Reads what is there and returns. For tests and for a first catch-up. */
  async catchUp(): Promise<void> {
    while (!(await this.readWhileMine(this.store.readAll(this.position)))) continue;
  }

  /** Answers false when another instance was faster: then what is left to read begins where that one is. */
  private async readWhileMine(pages: AsyncIterable<readonly StoredEvent[]>, onChange?: () => void): Promise<boolean> {
    for await (const page of pages) {
      const cases = new Set(page.flatMap(({ stream }) => caseOfStream(stream) ?? []));
      if (!(await this.refresh([...cases], page.at(-1)?.position ?? this.position))) return false;
      onChange?.();
    }
    return true;
  }

  /** Whether there is a case whose duties are not known. */
  get hasUnread(): boolean {
    return this.unread.size > 0;
  }

  /** How far the board has read. */
  get checkpoint(): Position {
    return this.position;
  }

  /** Cases with something due by `now` on which the clock acts, and the moment of the next one after. */
  async due(now: string): Promise<{ cases: readonly string[]; next: string | undefined }> {
    // Written into the statement: an index of the acting ones alone serves no parameter.
    const acting = this.database.kysely.selectFrom('duties').where((row) => row('acts', '=', row.lit(1)));
    // Not `distinct`: SQLite would read every row, in the order of cases, to leave out those that come twice.
    const rows = await acting.where('due_at', '<=', now).select('case_id').execute();
    const next = await acting.where('due_at', '>', now).select('due_at').orderBy('due_at').limit(1).executeTakeFirst();
    return { cases: [...new Set(rows.map(({ case_id }) => case_id))], next: next?.due_at };
  }

  /** Cases that owe something of this name, whenever it is due. */
  async casesOwing(name: string): Promise<readonly string[]> {
    const rows = await this.database.kysely.selectFrom('duties').where('name', '=', name).select('case_id').distinct().orderBy('case_id').execute();
    return rows.map(({ case_id }) => case_id);
  }

  /**
   * What these readers find, soonest first, each duty once. Each reader has its own part of an index, so the cost is that of
   * the page and not of the board.
   */
  async page({ viewers, from, after, limit }: BoardPage): Promise<readonly BoardEntry[]> {
    const parts = await Promise.all(viewers.map(({ viewer, until }) => {
      let rows = this.database.kysely.selectFrom('duty_viewers').selectAll().where('viewer', '=', viewer);
      if (from !== undefined) rows = rows.where('due_at', '>=', from);
      if (until !== undefined) rows = rows.where('due_at', '<', until);
      if (after !== undefined) rows = rows.where((row) => row(row.refTuple('due_at', 'place'), '>', row.tuple(after.dueAt, after.place)));
      return rows.orderBy('due_at').orderBy('place').limit(limit).execute();
    }));
    return inOrder(parts.flat(), limit).map(entryOf);
  }

  /**
   * Whether a case, as it stands now, still owes what a page proposed: what was done a moment ago may not be known to the board
   * yet, which another process may keep.
   */
  isOwed(state: CaseState, { name, key }: Pick<BoardEntry, 'name' | 'key'>): boolean {
    return this.dutiesOf(state).some((duty) => duty.name === name && duty.key === key);
  }

  private dutiesOf(state: CaseState): readonly Duty[] {
    return caseWorkflow.duties(state, this.reference({ policy: state.facts.policy }));
  }

  /** Forgets a case; its rows come back with its next event, if there is one. */
  async forget(caseId: string): Promise<void> {
    await this.database.kysely.transaction().execute((db) => this.table.forget(caseId, db));
  }

  /** The clock could not do what is owed here: it stays on the board, and the clock leaves it alone until the case changes. */
  async leaveToPeople(caseId: string, { name, key }: Duty): Promise<void> {
    await this.database.kysely.updateTable('duties').set({ acts: 0 })
      .where('case_id', '=', caseId).where('name', '=', name).where('key', '=', key).execute();
  }

  private async readOnFromStored(): Promise<void> {
    const { position } = await this.database.kysely.selectFrom('duty_reader').select('position').where('id', '=', BOARD).executeTakeFirstOrThrow();
    this.position = this.stored = position;
  }

  /** One at a time: rows made from an older state must never overwrite those made from a newer one. */
  private refresh(caseIds: readonly string[], position: Position): Promise<boolean> {
    const turn = this.writing.then(() => this.write(caseIds, position));
    this.writing = turn.catch(() => false);
    return turn;
  }

  private async write(caseIds: readonly string[], position: Position): Promise<boolean> {
    const rows: DutyRow[] = [];
    const read: string[] = [];
    for (const caseId of new Set([...caseIds, ...this.unread])) {
      try {
        const state = await this.cases.state(caseId);
        rows.push(...this.dutiesOf(state).map((duty) => rowOf(caseId, duty, state.facts)));
        read.push(caseId);
        this.unread.delete(caseId);
      } catch {
        // One case that can not be read stops no other; the stored checkpoint waits, so that a restart reads it again.
        this.unread.add(caseId);
      }
    }
    const isRead = this.unread.size === 0 && this.store.compare(position, this.stored) > 0;
    if (!(await this.replace(read, rows, isRead ? position : this.stored))) {
      await this.readOnFromStored();
      return false;
    }
    if (this.store.compare(position, this.position) > 0) this.position = position;
    return true;
  }

  /** The checkpoint first: a second instance waits for it, finds that this one was there, and writes nothing. */
  private async replace(read: readonly string[], rows: readonly DutyRow[], to: Position): Promise<boolean> {
    const isMine = await this.database.kysely.transaction().execute(async (db) => {
      const moved = await db.updateTable('duty_reader').set({ position: to }).where('id', '=', BOARD).where('position', '=', this.stored).executeTakeFirst();
      if (moved.numUpdatedRows !== 1n) return false;
      await this.table.replace(read, rows, db);
      return true;
    });
    if (isMine) this.stored = to;
    return isMine;
  }
}

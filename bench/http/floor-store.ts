// What has to be on the disk before either request may be answered, in bare node:sqlite: Tandem's own tables, one
// commit a file for whatever came in one turn of the event loop, every commit synced. No folding, no deciding, no access,
// no encryption, no chain, no answer read back, no reader of the log.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

type Row = Readonly<Record<string, SQLInputValue>>;

/** Rows that a Tandem wrote for one request of each kind, as `run.mjs` found them in its files: the same bytes. */
interface Rows {
  readonly notification: { readonly events: readonly Row[]; readonly command: Row; readonly key: Row; readonly row: Row; readonly name: Row };
  readonly needs: { readonly events: readonly Row[]; readonly command: Row };
}

/** One file, and the work that waits for its next commit. */
class File {
  private waiting: { readonly work: () => void; readonly done: () => void }[] = [];
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;

  constructor(readonly database: DatabaseSync) {
    this.begin = database.prepare('begin immediate');
    this.commit = database.prepare('commit');
  }

  /** Resolves once what `work` wrote is synced. */
  write(work: () => void): Promise<void> {
    return new Promise((done) => {
      if (this.waiting.push({ work, done }) === 1) setImmediate(() => this.together());
    });
  }

  private together(): void {
    const group = this.waiting;
    this.waiting = [];
    this.begin.run();
    for (const { work } of group) work();
    this.commit.run();
    for (const { done } of group) done();
  }
}

function open(path: string, ...pragmas: readonly string[]): File {
  const database = new DatabaseSync(path);
  for (const pragma of ['journal_mode = wal', 'synchronous = full', ...pragmas]) database.exec(`pragma ${pragma}`);
  return new File(database);
}

/** A statement that adds a copy of a row; what is given takes the place of its values. */
function adding(file: File, table: string, row: Row): (own: Row) => void {
  const { rowid: _number, position: _place, ...values } = row;
  const names = Object.keys(values);
  const statement = file.database.prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`);
  return (own) => void statement.run(...names.map((name) => own[name] ?? values[name] ?? null));
}

/** What was stored of binary values came through JSON as text. */
const withBytes = (row: Row): Row => ({ ...row, sealed: Buffer.from(String(row.sealed), 'base64') });

export function openFloor(data: string, rowsFile: string) {
  const { notification, needs } = JSON.parse(readFileSync(rowsFile, 'utf8')) as Rows;
  const events = open(`${data}/events.db`, 'locking_mode = exclusive');
  // Deleted personal values are overwritten: a promise of the erasure, and of the file, whatever is written to it.
  const vault = open(`${data}/vault.db`, 'secure_delete = on');
  const operations = open(`${data}/operations.db`, 'secure_delete = on');
  const addEvents = { notification: notification.events.map((row) => adding(events, 'events', row)), needs: needs.events.map((row) => adding(events, 'events', row)) };
  const addCommand = { notification: adding(operations, 'commands', notification.command), needs: adding(operations, 'commands', needs.command) };
  const addKey = adding(vault, 'vault_key', notification.key);
  const addRow = adding(vault, 'vault_row', withBytes(notification.row));
  const addName = adding(vault, 'alias', notification.name);
  const known = operations.database.prepare('select fingerprint, outcome from commands where command_id = ?');
  const named = vault.database.prepare('select case_id from alias where organisation = ? and alias = ?');
  const organisation = notification.name.organisation ?? null;
  const revisions = new Map<string, number>();

  /** The same key again gets the answer it got: it has to be looked for before anything is done. */
  const assertNew = (command: string): void => {
    if (known.get(command) !== undefined) throw new Error('the key came before');
  };

  /** The facts. That they follow the revision that was decided on, the unique index sees to; a hot case is not read again. */
  const append = (kind: 'notification' | 'needs', stream: string, from: number): Promise<void> =>
    events.write(() => addEvents[kind].forEach((add, index) => add({ stream, revision: from + index, id: randomUUID() })));

  /** How it ended, for a repeat, and for the same key with another body. */
  const remember = (kind: 'notification' | 'needs', stream: string, command_id: string): Promise<void> =>
    operations.write(() => addCommand[kind]({ command_id, stream }));

  return {
    /** Answers the case's name. */
    async notification(command: string): Promise<string> {
      assertNew(command);
      const [caseId, person, alias] = [randomUUID(), randomUUID(), randomUUID()];
      const stream = `case-${caseId}`;
      // The account is sealed before the fact that refers to it (key and row), and nobody is told a name that may be lost.
      await vault.write(() => {
        addKey({ person });
        addRow({ reference: randomUUID(), command_id: command, person, stream });
        addName({ alias, thing: caseId, case_id: caseId });
      });
      await append('notification', stream, 0);
      await remember('notification', stream, command);
      revisions.set(stream, notification.events.length);
      return alias;
    },

    async needs(command: string, alias: string): Promise<void> {
      // A partner's name of the case, which the path holds.
      const found = named.get(organisation, alias);
      if (found === undefined) throw new Error('no such case');
      assertNew(command);
      const stream = `case-${String(found.case_id)}`;
      const revision = revisions.get(stream) ?? 0;
      await append('needs', stream, revision);
      await remember('needs', stream, command);
      revisions.set(stream, revision + 1);
    },
  };
}

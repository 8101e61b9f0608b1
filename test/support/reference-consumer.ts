/**
 * What a partner may copy: nothing here knows Tandem. docs/consuming.md shows these regions, and a test compares them;
 * test/e2e/consuming.spec.ts runs them.
 */
// #region inbox
import { DatabaseSync } from 'node:sqlite';
import { Webhook } from 'standardwebhooks';

interface Notice {
  readonly id: string;
  readonly data: {
    readonly reference: string;
    readonly sequence: number;
    readonly link: string;
    readonly replyBy?: string;
  };
}

/** `seen` is the inbox; `things` is what this organisation makes of it: put your own tables in its place. */
export function openInbox(file: string): DatabaseSync {
  const inbox = new DatabaseSync(file);
  inbox.exec(`
    create table if not exists seen (id text primary key);
    create table if not exists things
      (reference text primary key, sequence integer not null, to_fetch integer not null, content text);
    pragma secure_delete = on`);
  return inbox;
}

/**
 * Takes one delivery, from whichever channel. Acknowledge it when this returns, and not when it throws: what it did and
 * the memory that it was done are one transaction, so a double changes nothing and a crash loses nothing.
 */
export function consume(inbox: DatabaseSync, bytes: string): 'new' | 'seen' | 'stale' {
  const notice = JSON.parse(bytes) as Notice;
  inbox.exec('begin immediate');
  try {
    const outcome = take(inbox, notice);
    inbox.exec('commit');
    return outcome;
  } catch (error) {
    inbox.exec('rollback');
    throw error;
  }
}

function take(inbox: DatabaseSync, { id, data: { reference, sequence } }: Notice): 'new' | 'seen' | 'stale' {
  const isNew = inbox.prepare('insert into seen (id) values (?) on conflict do nothing').run(id).changes === 1;
  if (!isNew) return 'seen';
  // Of one reference only the highest number matters: a recall may have overtaken this.
  const newest = inbox.prepare(`
    insert into things (reference, sequence, to_fetch) values (?, ?, 1)
    on conflict (reference) do update set sequence = excluded.sequence, to_fetch = 1
      where excluded.sequence > things.sequence`);
  return newest.run(reference, sequence).changes === 1 ? 'new' : 'stale';
}
// #endregion

// #region channels
/** A webhook: the status to answer with. Give it the body as it came, before any parser. */
export function onWebhook(inbox: DatabaseSync, secret: string, headers: Record<string, string>, body: string): number {
  try {
    new Webhook(secret).verify(body, headers);
  } catch {
    return 401;
  }
  consume(inbox, body);
  return 204;
}

/** A record of the topic, as kafkajs hands it to `eachMessage`: its offset is committed only after this returned. */
export const onRecord =
  (inbox: DatabaseSync) =>
  ({ message }: { message: { value: { toString(): string } | null } }): Promise<void> => {
    if (message.value !== null) consume(inbox, message.value.toString());
    return Promise.resolve();
  };
// #endregion

// #region fetching
/** Your client of the API, with your token. */
export interface Api {
  /** What the reference stands for, as you may see it now; `undefined` when it answers 404: you may not, any more. */
  read(reference: string): Promise<object | undefined>;
  /**
   * `POST /v1/referrals/{reference}/deletion-confirmation`; of what came with a return, or with a request to identify her, the
   * same under `/v1/returns` and `/v1/formal-requests`: `waitsFor` in your inbox says which. Where nothing is owed it is
   * refused: that is well.
   */
  confirmDeletion(reference: string): Promise<void>;
}

/**
 * Fetches what was told of. What is not there any more is deleted here too, and then said to be. Run it after a
 * delivery and at every start: whatever failed half-way is still to be fetched.
 */
export async function fetchDue(inbox: DatabaseSync, api: Api): Promise<void> {
  const due = inbox.prepare('select reference, sequence from things where to_fetch = 1').all();
  for (const { reference, sequence } of due as { reference: string; sequence: number }[]) {
    const content = await api.read(reference);
    const text = content === undefined ? null : JSON.stringify(content);
    inbox.prepare('update things set content = ? where reference = ?').run(text, reference);
    if (content === undefined) await api.confirmDeletion(reference);
    // A newer notice that came meanwhile keeps it on the list.
    inbox.prepare('update things set to_fetch = 0 where reference = ? and sequence = ?').run(reference, sequence);
  }
}
// #endregion

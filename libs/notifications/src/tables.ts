/**
 * Delivery state: what was said to whom, what still waits, and how far the log was read. Operational, yet backed up:
 * lost, the feed is built again from the log and nothing is pushed until someone says from where (ADR 0006).
 */
import type { Database } from '#database';
import { type Kysely, sql } from 'kysely';

/** A notice made for one recipient. The feed is these rows; it holds aliases and codes, no personal data. */
export interface NoticeRow {
  readonly id: string;
  readonly recipient: string;
  readonly sequence: number;
  readonly case_id: string;
  readonly thing: string;
  readonly reference: string;
  readonly ordering_key: string;
  readonly recall: number;
  readonly reply_by: string | null;
  /** When the fact was recorded. */
  readonly time: string;
  /** Place of its event in the log. */
  readonly position: string;
  readonly sent_at: string | null;
  readonly fetched_at: string | null;
}

/**
 * - `waiting`: to be attempted at `due_at`, in its turn
 * - `sent`: acknowledged
 * - `dead`: given up; parks what comes after it in the same order, until it is sent again or recalled
 * - `withdrawn`: the recipient may not have it any more, or a recall overtook it
 */
export type DeliveryState = 'waiting' | 'sent' | 'dead' | 'withdrawn';

/** One notice on one way to its recipient. */
export interface DeliveryRow {
  readonly id: string;
  readonly notice: string;
  readonly channel: string;
  readonly way: string;
  readonly recipient: string;
  readonly case_id: string;
  readonly thing: string;
  readonly ordering_key: string;
  readonly sequence: number;
  readonly recall: number;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly due_at: string;
  /** What the last attempt met: a code, never an address or a body. */
  readonly answer: string | null;
}

export interface DeliveryTables {
  readonly notices: NoticeRow;
  readonly deliveries: DeliveryRow;
  /** The highest sequence given to each recipient; outlives erased notices, so no number is used twice. */
  readonly notice_sequences: { readonly recipient: string; readonly last: number };
  /** How far the log was read; `pushes_after` is null until someone said from where to push. */
  readonly notifier_checkpoint: {
    readonly name: string;
    readonly position: string;
    readonly pushes_after: string | null;
  };
  readonly leases: { readonly name: string; readonly holder: string; readonly until: string };
  /** Live subscriptions, as the log tells. */
  readonly subscriptions: { readonly id: string; readonly organisation: string; readonly since: string };
  /** The one thing about a subscription that is not in the log: an address may carry a secret (ADR 0006). */
  readonly subscription_endpoints: { readonly id: string; readonly organisation: string; readonly url: string };
}

export type DeliveryDatabase = Database<DeliveryTables>;

const TABLES = [
  `notices (id text primary key, recipient text not null, sequence integer not null, case_id text not null,
    thing text not null, reference text not null, ordering_key text not null, recall integer not null, reply_by text,
    time text not null, position text not null, sent_at text, fetched_at text,
    unique (recipient, sequence))`,
  `deliveries (id text primary key, notice text not null, channel text not null, way text not null,
    recipient text not null, case_id text not null, thing text not null, ordering_key text not null,
    sequence integer not null, recall integer not null, state text not null, attempts integer not null,
    due_at text not null, answer text)`,
  'notice_sequences (recipient text primary key, last integer not null)',
  'notifier_checkpoint (name text primary key, position text not null, pushes_after text)',
  'leases (name text primary key, holder text not null, until text not null)',
  'subscriptions (id text primary key, organisation text not null, since text not null)',
  'subscription_endpoints (id text primary key, organisation text not null, url text not null)',
];

const INDEXES = [
  'notices_of_case on notices (case_id)',
  'deliveries_of_case on deliveries (case_id)',
  'deliveries_in_order on deliveries (channel, way, state, ordering_key, sequence)',
  'deliveries_due on deliveries (state, due_at)',
];

/** Makes the tables where they are missing. Idempotent. */
export async function createDeliveryTables(kysely: Kysely<DeliveryTables>): Promise<void> {
  for (const table of TABLES) await sql`create table if not exists ${sql.raw(table)}`.execute(kysely);
  for (const index of INDEXES) await sql`create index if not exists ${sql.raw(index)}`.execute(kysely);
}

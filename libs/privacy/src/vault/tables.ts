/** The tables of personal data. The format is a contract: rows outlive every build. */
import type { Database, Engine } from '#database';
import type { Compartment } from '#kernel';
import type { Kysely, Transaction } from 'kysely';
import { sql } from 'kysely';
import type { AliasKind } from '../ports.js';

export interface PrivacyTables {
  /** All values of one compartment of one command about one person. */
  vault_row: {
    reference: string;
    command_id: string;
    person: string;
    compartment: Compartment;
    stream: string;
    custodian: string;
    /** Nonce, then salt (32 bytes) and canonical JSON under AES-256-GCM, then tag. */
    sealed: Uint8Array;
    /** ISO 8601, UTC. */
    put_at: string;
    /** 1 when the stream was seen to hold the command: the sweep looks no more. */
    confirmed: number;
  };
  /** The data key of a person, compartment and custodian, wrapped by that custodian. */
  vault_key: { person: string; compartment: Compartment; custodian: string; epoch: number; wrapped: string };
  /** `destroyed` is 1 when rows and keys are gone from the files too. */
  vault_tombstone: { person: string; destroyed: number };
  /** Single facts about the vault, by name. */
  vault_fact: { name: string; value: string };
  alias: { organisation: string; alias: string; kind: AliasKind; thing: string; case_id: string };
}

export type PrivacyDatabase = Database<PrivacyTables>;
export type PrivacyQueries = Kysely<PrivacyTables> | Transaction<PrivacyTables>;

// Any constant: it only has to be the same in every process.
const SCHEMA_LOCK = 7_462_911;

/** Makes the tables where they are missing. */
export async function createPrivacyTables({ kysely, engine }: PrivacyDatabase): Promise<void> {
  await kysely.transaction().execute(async (transaction) => {
    // On PostgreSQL two processes that start at once would both find a table missing, and one would fail.
    if (engine === 'postgres') await sql`select pg_advisory_xact_lock(${SCHEMA_LOCK})`.execute(transaction);
    for (const statement of statements(engine)) await sql.raw(statement).execute(transaction);
  });
}

// Identifiers are random, so each index of a row is one more page that its commit writes: there are only those that are
// asked for. Files made before have others, and serve the same statements.
const statements = (engine: Engine): readonly string[] => [
  `create table if not exists vault_row (
     reference text primary key, command_id text not null, person text not null, compartment text not null,
     stream text not null, custodian text not null, sealed ${engine === 'sqlite' ? 'blob' : 'bytea'} not null, put_at text not null,
     confirmed integer not null default 0, unique (person, command_id, compartment))`,
  `create index if not exists vault_row_unconfirmed on vault_row (put_at) where confirmed = 0`,
  `create table if not exists vault_key (
     person text not null, compartment text not null, custodian text not null, epoch integer not null,
     wrapped text not null, primary key (person, compartment, custodian))${engine === 'sqlite' ? ' without rowid' : ''}`,
  `create table if not exists vault_tombstone (person text primary key, destroyed integer not null)`,
  `create table if not exists vault_fact (name text primary key, value text not null)`,
  `create table if not exists alias (
     organisation text not null, alias text not null primary key, kind text not null, thing text not null, case_id text not null,
     unique (case_id, organisation, kind, thing))`,
];

/**
 * What is written for a person happens one after the other, in this process and in others. SQLite has one writer
 * anyway; on PostgreSQL a `put` that ran beside an erasure could leave a row behind the tombstone.
 */
export async function lockPersons(
  { engine }: PrivacyDatabase,
  queries: PrivacyQueries,
  persons: Iterable<string>,
): Promise<void> {
  if (engine === 'sqlite') return;
  for (const person of [...new Set(persons)].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${person}, 0))`.execute(queries);
  }
}

/** What sealing one row takes, built once: every command with personal values runs all of it. */
import { prepared } from '#database';
import type { Compartment } from '#kernel';
import type { PrivacyQueries, PrivacyTables } from './tables.js';

interface KeyName {
  readonly person: string;
  readonly compartment: Compartment;
  readonly custodian: string;
}

export function sealingStatements(kysely: PrivacyQueries) {
  return {
    row: prepared(({ commandId, person, compartment }: { commandId: string; person: string; compartment: Compartment }) =>
      kysely
        .selectFrom('vault_row')
        .selectAll()
        .where('command_id', '=', commandId)
        .where('person', '=', person)
        .where('compartment', '=', compartment),
    ),
    addRow: prepared(
      ({ reference, command_id, person, compartment, stream, custodian, sealed, put_at, confirmed }: PrivacyTables['vault_row']) =>
        kysely
          .insertInto('vault_row')
          .values({ reference, command_id, person, compartment, stream, custodian, sealed, put_at, confirmed }),
    ),
    key: prepared(({ person, compartment, custodian }: KeyName) =>
      kysely
        .selectFrom('vault_key')
        .select(['epoch', 'wrapped as bytes'])
        .where('person', '=', person)
        .where('compartment', '=', compartment)
        .where('custodian', '=', custodian),
    ),
    addKey: prepared(({ person, compartment, custodian, epoch, wrapped }: PrivacyTables['vault_key']) =>
      kysely.insertInto('vault_key').values({ person, compartment, custodian, epoch, wrapped }),
    ),
  };
}

import { purge } from '#database';
import type { Selectable } from 'kysely';
import type { Keyring } from '../ports.js';
import type { PrivacyDatabase, PrivacyTables } from './tables.js';

const PAGE = 1_000;

/** See `Vault.rewrap`. Stopped anywhere, it goes on where it was. */
export async function rewrapKeys(database: PrivacyDatabase, keyring: Keyring): Promise<number> {
  let count = 0;
  for (;;) {
    const keys = await outdated(database, await keyring.newestEpoch());
    for (const key of keys) await rewrapKey(database, keyring, key);
    count += keys.length;
    if (keys.length < PAGE) break;
  }
  if (count > 0) await purge(database, ['vault_key']);
  return count;
}

const outdated = ({ kysely }: PrivacyDatabase, newest: number): Promise<Selectable<PrivacyTables['vault_key']>[]> =>
  kysely.selectFrom('vault_key').selectAll().where('epoch', '<', newest).limit(PAGE).execute();

async function rewrapKey(
  { kysely }: PrivacyDatabase,
  keyring: Keyring,
  { person, compartment, custodian, epoch, wrapped }: Selectable<PrivacyTables['vault_key']>,
): Promise<void> {
  const bytes = await keyring.unwrap({ custodian, epoch, bytes: wrapped }, compartment, 'rotate');
  const next = await keyring.wrap(custodian, compartment, bytes, 'rotate');
  await kysely
    .updateTable('vault_key')
    .set({ epoch: next.epoch, wrapped: next.bytes })
    .where('person', '=', person)
    .where('compartment', '=', compartment)
    .where('custodian', '=', custodian)
    .execute();
}

/** A house with nothing in it but log, vault, aliases and one holder, for tests of erasure. Runs in child processes too. */
import { openDatabase } from '#database';
import type { EventStore } from '#event-store';
import { openSqliteEventStore, record, uuidV5 } from '#event-store';
import type { AliasRegister, ErasureOptions, ErasureOrder, PrivacyDatabase, PrivacyTables, Vault } from '#privacy';
import { openAliasRegister, openKeyring, openVault } from '#privacy';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

/** An organisation that was told, and has not deleted it yet: the name that it knows outlives the erasure. */
const TOLD = 'casa-verde';

export const clock = () => '2026-03-02T08:00:00.000Z';

/** Before and after everything that an erasure does, in its order. */
export const STEPS = ['entomb', 'destroy', 'holder', 'aliases', 'confirm'] as const;
export type Step = (typeof STEPS)[number];
export type Moment = `${'before' | 'after'} ${Step}` | 'before purge';
export const MOMENTS: readonly Moment[] = [
  ...STEPS.flatMap((step): Moment[] => [`before ${step}`, `after ${step}`]),
  'before purge',
];

export interface World {
  readonly store: EventStore;
  readonly database: PrivacyDatabase;
  readonly vault: Vault;
  readonly aliases: AliasRegister;
  /** Cases of which the holder has derived data. Survives no restart: a holder rebuilds from the log. */
  readonly held: Set<string>;
  readonly options: ErasureOptions;
  close(): Promise<void>;
}

/** Opens the house in a folder; `at` is told of every moment of an erasure and may end it there by throwing. */
export async function openWorld(folder: string, at: (moment: Moment) => void = () => undefined): Promise<World> {
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const database = watched(openDatabase<PrivacyTables>(`sqlite:${join(folder, 'vault.db')}`), () => {
    at('before purge');
  });
  const keyring = openKeyring(join(folder, 'keyring.json'), clock).for('seal', 'disclose');
  const vault = await openVault({ database, keyring, clock });
  const aliases = await openAliasRegister(database);
  const held = new Set<string>();
  const step = async <T>(name: Step, work: () => Promise<T>): Promise<T> => {
    at(`before ${name}`);
    const result = await work();
    at(`after ${name}`);
    return result;
  };
  const forget = ({ caseId }: ErasureOrder) => Promise.resolve(void held.delete(caseId));
  const options: ErasureOptions = {
    store,
    database,
    vault: Object.assign(Object.create(vault) as Vault, {
      entomb: (person: string) => step('entomb', () => vault.entomb(person)),
      destroy: (person: string) => step('destroy', () => vault.destroy(person)),
    }),
    aliases: { ...aliases, forget: (caseId, holders) => step('aliases', () => aliases.forget(caseId, holders)) },
    holders: [{ name: 'holder', forget: (order) => step('holder', () => forget(order)) }],
    factsOf: async (caseId) => {
      const [first] = await store.readStream(`case-${caseId}`, { to: 0 });
      const person = (first?.data as { person?: string } | undefined)?.person;
      return person === undefined ? undefined : { person, holders: [{ organisation: TOLD, thing: caseId }] };
    },
    confirm: (order) =>
      step('confirm', () => append(store, order.caseId, 'IdentityErased', {}, uuidV5(order.orderId, 'confirm'))),
  };
  const close = async () => {
    await store.close();
    await vault.close();
  };
  return { store, database, vault, aliases, held, options, close };
}

/** Tells of the statement that removes deleted bytes from the files, when it is about to run. */
function watched(database: PrivacyDatabase, purging: () => void): PrivacyDatabase {
  const kysely = database.kysely.withPlugin({
    transformQuery({ node }) {
      if (node.kind === 'RawNode' && node.sqlFragments.join('').includes('wal_checkpoint')) purging();
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  });
  return { ...database, kysely };
}

/** Appends one event to a case. */
export async function append(
  store: EventStore,
  caseId: string,
  type: string,
  data: object,
  commandId: string = randomUUID(),
): Promise<void> {
  const draft = {
    type,
    data,
    schema: 1,
    occurredAt: clock(),
    actor: 'actor-7',
    organisation: 'casa-lumina',
    role: 'DPO',
    commandId,
    correlationId: commandId,
    causationId: commandId,
    reference: {},
    legalBasis: 'GDPR-17',
    sensitivity: 2 as const,
  };
  await record(store, `case-${caseId}`, commandId, () => [draft], clock);
}

/** A case of one person, with sealed data, an alias and something derived. */
export async function makeCase(world: World) {
  const [caseId, person, commandId] = [randomUUID(), randomUUID(), randomUUID()];
  const place = { commandId, person, stream: `case-${caseId}`, custodian: 'casa-lumina' };
  const [sealed] = await world.vault.put([{ ...place, compartment: 'identity', value: { name: 'Ileana Exemplu' } }]);
  await append(world.store, caseId, 'CaseNotified', { person, personal: { identity: sealed } }, commandId);
  const alias = await world.aliases.aliasFor('clinica-aurora', 'case', caseId, caseId);
  const told = await world.aliases.aliasFor(TOLD, 'thing', caseId, caseId);
  world.held.add(caseId);
  const { reference } = sealed!;
  const row = await world.database.kysely
    .selectFrom('vault_row')
    .select('sealed')
    .where('reference', '=', reference)
    .executeTakeFirstOrThrow();
  return { caseId, person, reference, alias, told, bytes: [row.sealed, Buffer.from(alias)] };
}

/** What is left of a case: rows, aliases, derived data, and what the log says of the erasure. */
export async function remains(world: World, { caseId, reference, alias, told }: Awaited<ReturnType<typeof makeCase>>) {
  const log = await world.store.readStream(`case-${caseId}`);
  return {
    rows: (await world.vault.open([reference], 'disclose')).length,
    alias: (await world.aliases.resolve('clinica-aurora', alias)) !== undefined,
    told: (await world.aliases.resolve(TOLD, told)) !== undefined,
    derived: world.held.has(caseId),
    log: log.map(({ type }) => type).slice(1),
  };
}

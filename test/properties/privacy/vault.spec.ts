/**
 * Whatever order puts, retries, readings, orders to erase, kills, restarts, rotations and sweeps come in: of an erased
 * person nothing is left, and of everybody else everything, as it was committed to. Source: architecture.md 5 and 10.
 */
import type { Database } from '#database';
import { openDatabase } from '#database';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store';
import type { Sealed } from '#kernel';
import { COMPARTMENTS } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import type { AliasRegister, ErasureOptions, KeyMaster, PrivacyTables, RowToSeal, Vault } from '#privacy';
import { commitmentOf, finishErasures, openAliasRegister, openKeyring, openVault, rotateKeys, sweepVault } from '#privacy';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { append } from '../../contract/privacy/erasure-world.js';
import { movingClock } from '../../support/moving-clock.js';

const PERSONS = 3;
const person = fc.nat(PERSONS - 1);
const operation = fc.oneof(
  fc.record({
    kind: fc.constant('put' as const),
    person,
    compartment: fc.constantFrom(...COMPARTMENTS),
    value: fc.json().map((text) => JSON.parse(text) as unknown),
    custodian: fc.constantFrom('casa-lumina', 'politia-exemplu'),
    appended: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('retry' as const), which: fc.nat(20) }),
  fc.record({ kind: fc.constant('order' as const), person }),
  fc.record({
    kind: fc.constant('finish' as const),
    killedBefore: fc.option(fc.constantFrom('entomb', 'destroy', 'forget', 'confirm')),
  }),
  fc.record({ kind: fc.constant('rotate' as const), days: fc.constantFrom(1, 31, 45) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
  fc.record({ kind: fc.constant('restart' as const) }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;
type Kill = (Operation & { kind: 'finish' })['killedBefore'];

/** A row that was put and, unless `appended`, never reached the log. */
interface Known {
  readonly row: RowToSeal;
  readonly sealed: Sealed;
  readonly appended: boolean;
}

class House {
  readonly clock = movingClock('2026-03-02T08:00:00.000Z');
  readonly cases = Array.from({ length: PERSONS }, () => ({ caseId: randomUUID(), person: randomUUID() }));
  readonly known: Known[] = [];
  readonly ordered = new Set<string>();
  readonly swept = new Set<Known>();

  private constructor(
    readonly store: EventStore,
    readonly database: Database<PrivacyTables>,
    readonly master: KeyMaster,
    readonly aliases: AliasRegister,
    public vault: Vault,
  ) {}

  static async open(): Promise<House> {
    const store = openSqliteEventStore(':memory:');
    const database = openDatabase<PrivacyTables>('sqlite::memory:');
    const master = openKeyring(':memory:', () => '2026-03-02T08:00:00.000Z');
    const aliases = await openAliasRegister(database);
    const house = new House(store, database, master, aliases, undefined as never);
    await house.restart();
    for (const { caseId, person: reference } of house.cases)
      await append(store, caseId, 'CaseNotified', { person: reference });
    return house;
  }

  async restart(): Promise<void> {
    const keyring = this.master.for('seal', 'disclose', 'rotate');
    this.vault = await openVault({ database: this.database, keyring, clock: this.clock.now });
  }

  async run(operation: Operation): Promise<void> {
    switch (operation.kind) {
      case 'put':
        return this.put(operation);
      case 'retry':
        return this.retry(operation.which);
      case 'order':
        return this.order(operation.person);
      case 'finish':
        return this.finish(operation.killedBefore);
      case 'rotate':
        return this.rotate(operation.days);
      case 'sweep':
        return this.sweep();
      case 'restart':
        return this.restart();
    }
  }

  async put({ person: index, compartment, value, custodian, appended }: Operation & { kind: 'put' }): Promise<void> {
    const { caseId, person: reference } = this.cases[index]!;
    const row = { commandId: randomUUID(), person: reference, compartment, stream: `case-${caseId}`, custodian, value };
    const [sealed] = await this.vault.put([row]).catch((error: unknown) => this.onlyWhenErased(reference, error));
    if (sealed !== undefined) this.known.push({ row, sealed, appended });
  }

  async retry(which: number): Promise<void> {
    const known = this.known[which % Math.max(this.known.length, 1)];
    if (known === undefined || this.swept.has(known)) return;
    const { row, sealed } = known;
    const [again] = await this.vault.put([row]).catch((error: unknown) => this.onlyWhenErased(row.person, error));
    if (again !== undefined) expect(again).toEqual(sealed);
  }

  async order(index: number): Promise<void> {
    const { caseId, person: reference } = this.cases[index]!;
    this.ordered.add(reference);
    await append(this.store, caseId, 'ErasureOrdered', {});
  }

  async finish(killedBefore: Kill): Promise<void> {
    await finishErasures(this.erasure(killedBefore)).catch((error: unknown) => {
      if (killedBefore === null) throw error;
    });
  }

  async rotate(days: number): Promise<void> {
    this.clock.moveHours(days * 24);
    await rotateKeys(this.master, this.vault, { rotateAfterDays: 30, destroyAfterDays: 10 }, this.clock.now());
  }

  async sweep(): Promise<void> {
    this.clock.moveHours(25);
    const dayAgo = new Date(Date.parse(this.clock.now()) - 24 * 60 * 60 * 1000).toISOString();
    const isKnown = (_: string, commandId: string) =>
      Promise.resolve(this.known.some(({ row, appended }) => appended && row.commandId === commandId));
    await sweepVault(this.vault, dayAgo, isKnown);
    for (const known of this.known) if (!known.appended) this.swept.add(known);
  }

  /** What must hold once no order is left. */
  async check(): Promise<void> {
    const opened = new Map<string, Awaited<ReturnType<Vault['open']>>[number]>();
    for (const row of await this.vault.open(
      this.known.map(({ sealed }) => sealed.reference),
      'disclose',
    )) {
      opened.set(row.reference, row);
    }
    for (const known of this.known) {
      const row = opened.get(known.sealed.reference);
      const isGone = this.ordered.has(known.row.person) || this.swept.has(known);
      expect(row === undefined).toBe(isGone);
      if (row === undefined) continue;
      expect(row.value).toEqual(known.row.value);
      expect(commitmentOf(row.salt, row.value)).toBe(known.sealed.commitment);
    }
    const keys = await this.database.kysely.selectFrom('vault_key').select('person').execute();
    for (const key of keys) expect(this.ordered.has(key.person)).toBe(false);
    for (const erased of this.ordered) {
      const row = { commandId: randomUUID(), person: erased, stream: 'case-1', custodian: 'casa-lumina', value: 1 };
      await expect(this.vault.put([{ ...row, compartment: 'identity' }])).rejects.toMatchObject({
        name: 'PersonErased',
      });
    }
  }

  async close(): Promise<void> {
    await this.vault.close();
    await this.store.close();
  }

  private onlyWhenErased(reference: string, error: unknown): readonly Sealed[] {
    if (this.ordered.has(reference) && (error as Error).name === 'PersonErased') return [];
    throw error;
  }

  private erasure(killedBefore: Kill): ErasureOptions {
    const kill = (step: Kill) => {
      if (step === killedBefore) throw new Error('killed');
    };
    const { store, database, vault, aliases } = this;
    return {
      store,
      database,
      vault: Object.assign(Object.create(vault) as Vault, {
        entomb: async (each: string) => (kill('entomb'), vault.entomb(each)),
        destroy: async (each: string) => (kill('destroy'), vault.destroy(each)),
      }),
      aliases: { ...aliases, forget: async (caseId) => (kill('forget'), aliases.forget(caseId)) },
      holders: [],
      factsOf: (caseId) => {
        const person = this.cases.find((each) => each.caseId === caseId)?.person;
        return Promise.resolve(person === undefined ? undefined : { person, holders: [] });
      },
      confirm: async () => {
        kill('confirm');
        return Promise.resolve();
      },
    };
  }
}

describe('vault', () => {
  it('keeps and forgets what it must, in any order of events', async () => {
    const property = fc.asyncProperty(fc.array(operation, { maxLength: 30 }), async (operations) => {
      const house = await House.open();
      for (const each of operations) await house.run(each);
      await house.finish(null);
      await house.check();
      await house.close();
    });
    await fc.assert(property, { numRuns: 150 });
  }, 120_000);
});

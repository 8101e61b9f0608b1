/** An order to erase that stands in the log is carried out, whatever happens on the way. Source: architecture.md 5. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { finishErasures, followErasures, vaultAfter } from '#privacy';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missing } from '../../support/bytes-on-disk.js';
import type { Moment, World } from './erasure-world.js';
import { append, makeCase, MOMENTS, openWorld, remains, STEPS } from './erasure-world.js';

let folder: string;
let world: World;
/** Told of every moment of an erasure; throws to end it there. */
let at: (moment: Moment) => void;

const open = async () => {
  world = await openWorld(folder, (moment) => {
    at(moment);
  });
};
const restart = async () => {
  await world.close();
  at = () => undefined;
  await open();
};
const order = (caseId: string) => append(world.store, caseId, 'ErasureOrdered', { reason: 'PERSON_REQUEST' });

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-erasure-'));
  at = () => undefined;
  await open();
});
afterEach(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

const NOTHING = { rows: 0, alias: false, told: true, derived: false, log: ['ErasureOrdered', 'IdentityErased'] };
const EVERYTHING = { rows: 1, alias: true, told: true, derived: true, log: [] };

describe('finishErasures', () => {
  it('forgets the person of an order, says so once, and touches nobody else', async () => {
    const [erased, other] = [await makeCase(world), await makeCase(world)];
    await order(erased.caseId);
    await finishErasures(world.options);
    await finishErasures(world.options);
    expect(await remains(world, erased)).toEqual(NOTHING);
    expect(await remains(world, other)).toEqual(EVERYTHING);
    expect(missing(folder, erased.bytes)).toEqual(erased.bytes);
    expect(missing(folder, other.bytes)).toEqual([]);
  });

  it('goes by its order: nothing more comes in, values go, what was derived goes, then it is said', async () => {
    const moments: Moment[] = [];
    at = (moment) => moments.push(moment);
    await order((await makeCase(world)).caseId);
    await finishErasures(world.options);
    expect(moments.filter((moment) => moment.startsWith('after')).map((moment) => moment.slice(6))).toEqual(STEPS);
  });

  it.each(MOMENTS)('finishes what ended %s', async (moment) => {
    const erased = await makeCase(world);
    await order(erased.caseId);
    at = (now) => {
      if (now === moment) throw new Error(now);
    };
    await expect(finishErasures(world.options)).rejects.toThrow(moment);
    await restart();
    await finishErasures(world.options);
    expect(await remains(world, erased)).toEqual(NOTHING);
    expect(missing(folder, erased.bytes)).toEqual(erased.bytes);
  });

  it.each(MOMENTS)(
    'finishes what was killed %s',
    async (moment) => {
      const erased = await makeCase(world);
      await order(erased.caseId);
      await world.close();
      const typescript = join(import.meta.dirname, '..', 'event-store', 'typescript.mjs');
      const child = join(import.meta.dirname, 'erasure.child.ts');
      const args = ['--conditions=source', '--import', typescript, child, folder, moment];
      const killed = spawnSync(process.execPath, args, { env: { ...process.env, NODE_OPTIONS: '' }, encoding: 'utf8' });
      expect(killed).toMatchObject({ signal: 'SIGKILL', stderr: '' });
      await restart();
      await finishErasures(world.options);
      expect(await remains(world, erased)).toEqual(NOTHING);
      expect(missing(folder, erased.bytes)).toEqual(erased.bytes);
    },
    30_000,
  );

  it('erases again from a vault that was restored from before the erasure', async () => {
    const erased = await makeCase(world);
    await finishErasures(world.options);
    await restart();
    const vaultFile = join(folder, 'vault.db');
    await world.close();
    copyFileSync(vaultFile, join(folder, 'backup'));
    await open();
    await order(erased.caseId);
    await finishErasures(world.options);
    await world.close();
    copyFileSync(join(folder, 'backup'), vaultFile);
    rmSync(join(folder, 'backup'));
    await open();
    const vault = vaultAfter(finishErasures(world.options), world.vault);
    expect(await vault.open([erased.reference], 'disclose')).toEqual([]);
    expect(await remains(world, erased)).toEqual(NOTHING);
    expect(missing(folder, erased.bytes)).toEqual(erased.bytes);
  });

  it('reads a log from its beginning that was restored from before what the vault knows', async () => {
    for (let index = 0; index < 3; index++) await makeCase(world);
    await finishErasures(world.options);
    await world.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(folder, `events.db${suffix}`), { force: true });
    await open();
    const erased = await makeCase(world);
    await order(erased.caseId);
    await finishErasures(world.options);
    expect(await remains(world, erased)).toEqual(NOTHING);
  });

  it('passes over no order whose person it can not find', async () => {
    const { caseId } = await makeCase(world);
    await order(caseId);
    const lost = { ...world.options, factsOf: () => Promise.resolve(undefined) };
    await expect(finishErasures(lost)).rejects.toThrow('has no person');
    await expect(finishErasures(lost)).rejects.toThrow('has no person');
  });

  it('reads once what it has read', async () => {
    await order((await makeCase(world)).caseId);
    await finishErasures(world.options);
    let confirmed = 0;
    const confirm = () => Promise.resolve(void (confirmed += 1));
    await finishErasures({ ...world.options, confirm });
    expect(confirmed).toBe(0);
  });
});

describe('followErasures', () => {
  /** Follows until the order is confirmed; the first `failures` confirmations fail. */
  const follow = (failures: number) => {
    const stop = new AbortController();
    const done = Promise.withResolvers<undefined>();
    const told: unknown[] = [];
    const pauses: number[] = [];
    const confirm: typeof world.options.confirm = async (each) => {
      if (told.length < failures) throw new Error('busy');
      await world.options.confirm(each);
      done.resolve(undefined);
    };
    const options = { ...world.options, confirm, failed: (error: unknown) => told.push(error) };
    const following = followErasures(options, stop.signal, (failure) => Promise.resolve(void pauses.push(failure)));
    return {
      told,
      pauses,
      end: () => done.promise.then(() => (stop.abort(), following)),
    };
  };

  it('carries out orders as they come', async () => {
    const erased = await makeCase(world);
    const { end, told } = follow(0);
    await order(erased.caseId);
    await end();
    expect(told).toEqual([]);
    expect(await remains(world, erased)).toEqual(NOTHING);
  });

  it('tells of a failure, pauses, and goes on with the same order', async () => {
    const erased = await makeCase(world);
    await order(erased.caseId);
    const { end, told, pauses } = follow(3);
    await end();
    expect(told).toHaveLength(3);
    expect(pauses).toEqual([1, 2, 3]);
    expect(await remains(world, erased)).toEqual(NOTHING);
  });

  it('ends while it pauses', async () => {
    const stop = new AbortController();
    await order((await makeCase(world)).caseId);
    const failed = Promise.withResolvers<undefined>();
    const confirm = () => Promise.reject(new Error('busy'));
    const failing = {
      ...world.options,
      confirm,
      failed: () => {
        failed.resolve(undefined);
      },
    };
    const following = followErasures(failing, stop.signal);
    await failed.promise;
    stop.abort();
    await expect(following).resolves.toBeUndefined();
  });
});

describe('vaultAfter', () => {
  it('answers nothing before the erasures are finished', async () => {
    const { reference } = await makeCase(world);
    const finished = Promise.withResolvers<undefined>();
    const opening = vaultAfter(finished.promise, world.vault).open([reference], 'disclose');
    expect(await Promise.race([opening, Promise.resolve('waiting')])).toBe('waiting');
    await world.vault.destroy((await world.vault.open([reference], 'disclose'))[0]!.person);
    finished.resolve(undefined);
    expect(await opening).toEqual([]);
  });

  it('answers nothing at all when they could not be finished', async () => {
    const { reference, person } = await makeCase(world);
    const vault = vaultAfter(Promise.reject(new Error('not finished')), world.vault);
    await expect(vault.open([reference], 'disclose')).rejects.toThrow('not finished');
    await expect(vault.put([])).rejects.toThrow('not finished');
    await expect(vault.entomb(person)).resolves.toBeUndefined();
  });
});

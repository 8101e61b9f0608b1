/** A house among whose custodians some keep their own vault: where rows lie, and how an erasure reaches all of them. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { catchUpVault, erasureProgress, finishErasures, followErasures, openRemoteVault, vaultsByCustodian } from '#privacy';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { append, makeCase, openWorld, remains, type World } from './erasure-world.js';
import { certificates, certify, database, newVault, open, row, serve, served, stopServing, value, vault } from './custodian-house.js';

beforeAll(certify);
beforeEach(open);
afterEach(stopServing);

describe('vaults by custodian', () => {
  it("seal each organisation's rows where it wants them, and open from wherever they lie", async () => {
    const home = await newVault();
    const client = (await serve()).client();
    const both = vaultsByCustodian(home.vault, new Map([['casa-lumina', client]]));
    const person = randomUUID();
    const sealed = await both.put([
      row({ person, custodian: 'centrul-coordonare' }),
      row({ person, compartment: 'health', value: ['SRH'] }),
    ]);
    const references = sealed.map(({ reference }) => reference);
    expect(await home.vault.open(references, 'disclose')).toMatchObject([{ custodian: 'centrul-coordonare' }]);
    expect(await vault.open(references, 'disclose')).toMatchObject([{ custodian: 'casa-lumina', value: ['SRH'] }]);
    expect((await both.open(references.toReversed(), 'disclose')).map((each) => each.value)).toEqual([['SRH'], value]);
  });

  it('open what lies at home while a custodian is away, and nothing by half', async () => {
    const home = await newVault();
    const server = await serve();
    const both = vaultsByCustodian(home.vault, new Map([['casa-lumina', server.client()]]));
    const [here, there] = await both.put([row({ custodian: 'centrul-coordonare' }), row()]);
    await server.stop();
    served.pop();
    expect(await both.open([here!.reference], 'disclose')).toHaveLength(1);
    await expect(both.open([here!.reference, there!.reference], 'disclose')).rejects.toMatchObject({
      name: 'VaultUnavailable',
    });
  });
});

describe('an erasure where a custodian keeps its own vault', () => {
  let folder: string;
  let world: World;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-custodian-'));
    world = await openWorld(folder);
  });
  afterEach(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('is not held up at home by a house that is away, and not called done before that house forgot', async () => {
    const erased = await makeCase(world);
    const [there] = await vault.put([row({ person: erased.person })]);
    await append(world.store, erased.caseId, 'ErasureOrdered', { reason: 'PERSON_REQUEST' });
    const away = openRemoteVault({ url: 'https://127.0.0.1:9', certificates: certificates.house });
    await finishErasures({ ...world.options, elsewhere: [away] });
    expect(await remains(world, erased)).toEqual({ rows: 0, alias: false, told: true, derived: false, log: ['ErasureOrdered'] });
    expect(await vault.open([there!.reference], 'disclose')).toHaveLength(1);

    const stop = new AbortController();
    const back = (await serve()).client({
      catchUp: (remote, progress) => catchUpVault(world.options, remote, progress),
    });
    const confirm: typeof world.options.confirm = async (order) => {
      await world.options.confirm(order);
      stop.abort();
    };
    await followErasures({ ...world.options, elsewhere: [back], confirm }, stop.signal);
    expect((await remains(world, erased)).log).toEqual(['ErasureOrdered', 'IdentityErased']);
    expect(await back.open([there!.reference], 'disclose')).toEqual([]);
  });

  it('is carried out again in a vault of a custodian that was restored from before it', async () => {
    const erased = await makeCase(world);
    const [there] = await vault.put([row({ person: erased.person })]);
    await append(world.store, erased.caseId, 'ErasureOrdered', { reason: 'PERSON_REQUEST' });
    await finishErasures(world.options);
    const client = (await serve()).client({
      catchUp: (remote, progress) => catchUpVault(world.options, remote, progress),
    });
    expect(await client.open([there!.reference], 'disclose')).toEqual([]);
    expect(await erasureProgress(database).read()).toBe(await world.store.head());
  });
});

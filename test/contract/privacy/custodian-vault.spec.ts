/** A custodian's own vault: who may ask it, what it refuses, and that no erasure is undone by its backup. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#database';
import type { KeyPurpose, PrivacyDatabase, PrivacyTables, RowToSeal, Vault } from '#privacy';
import {
  catchUpVault,
  erasureProgress,
  finishErasures,
  followErasures,
  openKeyring,
  openRemoteVault,
  openVault,
  vaultsByCustodian,
} from '#privacy';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certified, certified, nothingToCatchUp, type Served, serveVault } from './custodian-vault.js';
import { append, makeCase, openWorld, remains, type World } from './erasure-world.js';

const NOW = '2026-03-02T08:00:00.000Z';
const value = { name: 'Ileana Exemplu' };
const row = (changes: Partial<RowToSeal> = {}): RowToSeal => ({
  commandId: randomUUID(),
  person: randomUUID(),
  compartment: 'identity',
  stream: 'case-1',
  custodian: 'casa-lumina',
  value,
  ...changes,
});

const served: Served[] = [];
let certificates: Certified;
let database: PrivacyDatabase;
let vault: Vault;

beforeAll(async () => {
  certificates = await certified();
});
beforeEach(async () => {
  ({ database, vault } = await newVault());
});
afterEach(async () => {
  for (const server of served.splice(0)) await server.stop();
});

async function newVault() {
  const clock = () => NOW;
  const opened = openDatabase<PrivacyTables>('sqlite::memory:');
  return {
    database: opened,
    vault: await openVault({
      database: opened,
      keyring: openKeyring(':memory:', clock).for('seal', 'disclose'),
      clock,
    }),
  };
}

async function serve(purposes?: readonly KeyPurpose[], kept = { vault, database }): Promise<Served> {
  const server = await serveVault(certificates, kept, purposes);
  served.push(server);
  return server;
}

describe('who may ask', () => {
  it('is nobody whose certificate another authority issued', async () => {
    const client = (await serve()).client({ certificates: certificates.forged });
    await expect(client.put([row()])).rejects.toMatchObject({ name: 'VaultUnavailable' });
  });

  it('is nobody without a certificate', async () => {
    const { url } = await serve();
    const refused = new Promise((_, reject) => {
      request(`${url}/put`, { method: 'POST', ca: certificates.house.authority }).on('error', reject).end('{}');
    });
    await expect(refused).rejects.toMatchObject({
      code: expect.stringMatching(/CERTIFICATE_REQUIRED|ECONNRESET/) as unknown,
    });
  });

  it('is no stranger, whoever vouches for it', async () => {
    const client = (await serve()).client({ certificates: certificates.stranger });
    await expect(client.put([row()])).rejects.toMatchObject({ name: 'KeyNotGranted' });
    await expect(client.entomb(randomUUID())).rejects.toMatchObject({ name: 'KeyNotGranted' });
  });

  it('is told operation by operation', async () => {
    const [sealed] = await vault.put([row()]);
    const client = (await serve(['seal', 'erase'])).client();
    expect(await client.put([row()])).toHaveLength(1);
    await expect(client.open([sealed!.reference], 'disclose')).rejects.toMatchObject({ name: 'KeyNotGranted' });
    await expect(client.rewrap()).rejects.toMatchObject({ name: 'KeyNotGranted' });
  });

  it('brings no data of an organisation that does not keep its vault here', async () => {
    const client = (await serve()).client();
    await expect(client.put([row(), row({ custodian: 'centrul-coordonare' })])).rejects.toMatchObject({
      name: 'KeyNotGranted',
    });
    expect(await database.kysely.selectFrom('vault_row').select('reference').execute()).toEqual([]);
  });
});

describe('a vault that can not be asked', () => {
  it('is unavailable when it is gone, and answers again when it is back', async () => {
    const server = await serve();
    const client = server.client();
    const same = row();
    const first = await client.put([same]);
    await server.stop();
    served.pop();
    await expect(client.put([same])).rejects.toMatchObject({ name: 'VaultUnavailable' });
    const back = (await serve()).client();
    expect(await back.put([same])).toEqual(first);
  });

  it('says nothing of what went wrong inside', async () => {
    const server = await serve();
    const client = server.client();
    await database.kysely.schema.dropTable('vault_row').execute();
    await expect(client.open([randomUUID()], 'disclose')).rejects.toThrow('the vault answered 500');
    expect(String(server.errors)).toContain('vault_row');
  });

  it.each(['', 'not JSON', '[]', '{"references":1,"purpose":"disclose"}', '{"references":[],"purpose":"reading"}'])(
    'does not take %p for a question',
    async (body) => {
      const server = await serve();
      await server.client().rewrap();
      const { url } = server;
      const { authority: ca, certificate: cert, key } = certificates.house;
      const status = await new Promise((resolve, reject) => {
        const asking = request(`${url}/open`, { method: 'POST', ca, cert, key, agent: false }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        asking.on('error', reject).end(body);
      });
      expect(status).toBe(400);
    },
  );
});

describe('erasures of the log', () => {
  it('come before anything is sealed or opened, and a house that can not see to that is told so', async () => {
    const server = await serve();
    const { house } = certificates;
    const client = openRemoteVault({ url: server.url, certificates: house });
    await expect(client.put([row()])).rejects.toMatchObject({ name: 'VaultUnavailable' });
    await client.close();
    expect(await server.client().put([row()])).toHaveLength(1);
  });

  it('are carried out again in a vault that was started from an older copy', async () => {
    const person = randomUUID();
    const [sealed] = await vault.put([row({ person })]);
    const client = (await serve()).client({
      catchUp: async (remote, progress) => {
        expect(await progress.read()).toBeUndefined();
        await remote.entomb(person);
        await remote.destroy(person);
        await progress.keep('17');
      },
    });
    expect(await client.open([sealed!.reference], 'disclose')).toEqual([]);
    await expect(client.put([row({ person })])).rejects.toMatchObject({ name: 'PersonErased' });
  });

  it('are carried out once, however many ask at the same time', async () => {
    let times = 0;
    const client = (await serve()).client({
      catchUp: (remote, progress) => {
        times += 1;
        return nothingToCatchUp(remote, progress);
      },
    });
    await Promise.all(Array.from({ length: 8 }, () => client.put([row()])));
    expect(times).toBe(1);
  });

  it('leave the vault shut while they fail', async () => {
    const failing = new Error('the log does not answer');
    const client = (await serve()).client({ catchUp: () => Promise.reject(failing) });
    await expect(client.put([row()])).rejects.toBe(failing);
    await expect(client.put([row()])).rejects.toBe(failing);
  });
});

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

/** A custodian's own vault: who may ask it, what it refuses, and that no erasure is undone by its backup. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openRemoteVault } from '#privacy';
import { randomUUID } from 'node:crypto';
import { request } from 'node:https';
import { nothingToCatchUp } from './custodian-vault.js';
import { certificates, certify, database, open, row, serve, served, stopServing, vault } from './custodian-house.js';

beforeAll(certify);
beforeEach(open);
afterEach(stopServing);

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

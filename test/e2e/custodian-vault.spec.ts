/**
 * An NGO that keeps its data in its own house: not one of its values lies in the house of the mechanism, and the story of
 * her case goes on as if it did. Source: architecture.md 5; domain.md 8.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase } from '#database';
import { START } from '#event-store';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadVaultConfig } from '#platform';
import { type RunningVault, startVault } from '../../apps/vault/src/start.js';
import { filesWith } from '../support/bytes-on-disk.js';
import { certificateAuthority } from '../support/certificates.js';
import { FIRST_FORM, NOTIFICATION, aCase, consentTo, done } from '../support/story.js';
import { type Tandem, type TestClient, startTandem } from '../support/tandem.js';

const NGO = 'casa-lumina';
const NAME = 'Ileana Exemplu-Canarescu';

let folder: string;
let settings: Record<string, string>;
let house: { authority: string; certificate: string; key: string };
let vault: RunningVault;
let tandem: Tandem;
let manager: TestClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tandem-two-vaults-'));
  const authority = await certificateAuthority();
  const [ngo, ours] = [await authority.issue('vault of an NGO'), await authority.issue('house of the mechanism')];
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  settings = {
    PORT: '0', TANDEM_DATA: join(folder, 'ngo'), VAULT_CUSTODIANS: NGO, TLS_AUTHORITY_FILE: file('authority.pem', ngo.authority),
    TLS_CERTIFICATE_FILE: file('vault.pem', ngo.certificate), TLS_KEY_FILE: file('vault.key', ngo.key),
    VAULT_PEERS_FILE: file('peers.json', JSON.stringify({ [ours.fingerprint]: ['seal', 'disclose', 'erase'] })),
  };
  house = ours;
  vault = await startVault(loadVaultConfig(settings), (error) => { throw error; });
  tandem = await startTandem({ data: join(folder, 'state'), custodians: [{ custodians: [NGO], url: vault.address, certificates: house }] });
  manager = tandem.as(NGO);
});
afterEach(async () => {
  await tandem.stop();
  await vault.stop().catch(() => undefined);
  rmSync(folder, { recursive: true });
});

async function namedCase(): Promise<string> {
  const path = await aCase(manager, { ...NOTIFICATION, account: `${NAME} was found at dawn.` });
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  done(await manager.post(`${path}/consents`, consentTo('IDENTITY_RECORDING')));
  done(await manager.post(`${path}/identity`, { name: NAME }));
  return path;
}
const rowsAtHome = async (): Promise<readonly string[]> =>
  (await tandem.engines.persons.kysely.selectFrom('vault_row').select('custodian').execute()).map(({ custodian }) => custodian);

describe('an NGO with a vault of its own', () => {
  it('keeps its data there, and opens it through the mechanism', async () => {
    const path = await namedCase();
    expect(await rowsAtHome()).not.toContain(NGO);
    const { body } = done(await manager.get(`${path}/personal-data?purpose=CARE`)) as { body: { values: { value: { name?: string } }[] } };
    expect(body.values.map(({ value }) => value.name)).toContain(NAME);
    expect(filesWith(folder, NAME)).toEqual([]);
  });

  it('holds up nobody when it is away: what needs it is refused and leaves nothing, everything else goes on', async () => {
    const path = await namedCase();
    await vault.stop();
    expect(await manager.post(`${path}/identity`, { name: 'Other' })).toMatchObject({ status: 503, body: { code: 'busy' } });
    expect(await manager.get(`${path}/personal-data?purpose=CARE`)).toMatchObject({ status: 503, body: { code: 'busy' } });
    done(await manager.post(`${path}/basic-needs`, { met: ['FOOD'], refused: [] }));
    done(await tandem.as('casa-verde').post('/v1/cases', { ...NOTIFICATION, account: 'Another house, another vault.' }));
    expect(await rowsAtHome()).toContain('casa-verde');
    vault = await startVault(loadVaultConfig({ ...settings, PORT: new URL(vault.address).port }), (error) => { throw error; });
    done(await manager.post(`${path}/identity`, { name: 'Other' }));
  });

  it('forgets with the mechanism', async () => {
    const path = await namedCase();
    done(await tandem.as({ organisation: NGO, roles: ['DPO'] }).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' }));
    for await (const page of tandem.engines.store.subscribe(START, new AbortController().signal)) if (page.some(({ type }) => type === 'IdentityErased')) break;
    await vault.stop();
    const database = openDatabase<{ vault_row: { person: string } }>(`sqlite:${join(folder, 'ngo', 'vault.db')}`);
    expect(await database.kysely.selectFrom('vault_row').selectAll().execute()).toEqual([]);
    await database.close();
  });
});

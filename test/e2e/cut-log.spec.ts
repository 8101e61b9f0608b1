/**
 * Whoever may write the file can cut a withdrawal off the end of the log, and a server can be given an older copy of it. Then
 * nothing opens again: Tandem does not start on less than it had read, and signs nothing over what it had signed.
 * Source: architecture.md 8.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Ledger, openAudit } from '#audit/nest';
import { allTold } from '../support/feed.js';
import { aCase, consentTo, done } from '../support/story.js';
import { type Tandem, asServices, startTandem } from '../support/tandem.js';
import { logOf, onFilesOnly, serversOf } from '../support/tandem-servers.js';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'tandem-cut-'));
});
afterEach(() => { rmSync(data, { recursive: true }); });

const ledgerOf = ({ engines: { store, aliases, keys, reference, clock } }: Tandem): Ledger =>
  openAudit({ store, aliases, keyring: keys.for('seal'), reference, clock }).ledger;

/**
 * A consent given and withdrawn, read by every view and signed over; then the house is shut. Answers the withdrawal's revision,
 * and how to have a log without it.
 */
async function withdrawnAndSigned(): Promise<{ readonly revision: number; readonly cut: () => Promise<void> }> {
  let tandem = await startTandem({ data });
  const path = await aCase(tandem.as('casa-lumina'));
  const { consentId } = done(await tandem.as('casa-lumina').post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora'))).body as { consentId: string };
  let older: (() => Promise<void>) | undefined;
  if (asServices) {
    await tandem.stop();
    older = await logOf(data).copyLog();
    tandem = await startTandem({ data });
  }
  const manager = tandem.as('casa-lumina');
  const { body, headers } = done(await manager.post(`${path}/consents/${consentId}/withdrawal`, { by: 'PERSON' }));
  const { revision } = body.receipt as { revision: number };
  await ledgerOf(tandem).sign();
  await allTold(tandem);
  done(await manager.get('/v1/cases', { 'tandem-minimum-position': headers.get('tandem-position') ?? '' }));
  await tandem.stop();
  const cutHere = (): Promise<void> => {
    cutInFile(revision);
    return Promise.resolve();
  };
  return { revision, cut: older ?? cutHere };
}

function inFile(change: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(data, 'events.db'));
  change(database);
  database.close();
}
const cutInFile = (revision: number): void => {
  inFile((database) => {
    const { stream } = database.prepare("select stream from events where type = 'ConsentWithdrawn'").get() as { stream: string };
    const last = (database.prepare('select max(rowid) as last from events where stream = ? and revision < ?').get(stream, revision) as { last: number }).last;
    database.prepare('delete from events where rowid > ?').run(last);
  });
};

/** What was shown is forgotten; what was told is not. */
async function forgetViews(): Promise<void> {
  if (!asServices) {
    rmSync(join(data, 'views.db'));
    return;
  }
  const client = new pg.Client({ connectionString: (await serversOf(data)).database });
  await client.connect();
  await client.query('drop table projection_checkpoint').finally(() => client.end());
}

describe('a log whose end was cut off', () => {
  it('is not served', async () => {
    const { cut } = await withdrawnAndSigned();
    await cut();
    await expect(startTandem({ data })).rejects.toThrow('ends before what was read');
  });

  it('is not served either where only what was told is ahead of it', async () => {
    const { cut } = await withdrawnAndSigned();
    await cut();
    await forgetViews();
    await expect(startTandem({ data })).rejects.toThrow('ends before what was read');
  });

  it('is served as it is when nothing was cut', async () => {
    await withdrawnAndSigned();
    const tandem = await startTandem({ data });
    await ledgerOf(tandem).sign();
    await tandem.stop();
  });
});

const changesFile = onFilesOnly('a log that was changed under what was signed: who may write the file can take an event out of the middle');
(changesFile ? describe : describe.skip)('a log that was changed under what was signed', () => {
  it('is not signed over, and the house says that it is not ready', async () => {
    const { revision } = await withdrawnAndSigned();
    inFile((database) => {
      database.prepare("delete from events where type = 'ConsentWithdrawn' and revision >= ?").run(revision);
    });
    const tandem = await startTandem({ data });
    await expect(ledgerOf(tandem).sign()).rejects.toThrow('not the one whose heads were signed');
    const ready = await fetch(`${tandem.address}/health/ready`);
    expect(ready.status).toBe(503);
    expect(((await ready.json()) as { details: { failing: string[] } }).details.failing).toContain('ledger');
    await tandem.stop();
  });
});

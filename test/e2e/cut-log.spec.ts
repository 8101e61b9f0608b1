/**
 * Whoever may write the file can cut a withdrawal off the end of the log. Then nothing opens again: Tandem does not start
 * on less than it had read, and signs nothing over what it had signed. Source: architecture.md 8.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Ledger, openAudit } from '#audit/nest';
import { allTold } from '../support/feed.js';
import { aCase, consentTo, done } from '../support/story.js';
import { type Tandem, startTandem } from '../support/tandem.js';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'tandem-cut-'));
});
afterEach(() => { rmSync(data, { recursive: true }); });

const ledgerOf = ({ engines: { store, aliases, keys, reference, clock } }: Tandem): Ledger =>
  openAudit({ store, aliases, keyring: keys.for('seal'), reference, clock }).ledger;

/** A consent given and withdrawn, read by every view and signed over; then the house is shut. */
async function withdrawnAndSigned(): Promise<number> {
  const tandem = await startTandem({ data });
  const manager = tandem.as('casa-lumina');
  const path = await aCase(manager);
  const { consentId } = done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora'))).body as { consentId: string };
  const { body, headers } = done(await manager.post(`${path}/consents/${consentId}/withdrawal`, { by: 'PERSON' }));
  const { revision } = body.receipt as { revision: number };
  await ledgerOf(tandem).sign();
  await allTold(tandem);
  done(await manager.get('/v1/cases', { 'tandem-minimum-position': headers.get('tandem-position') ?? '' }));
  await tandem.stop();
  return revision;
}

function inFile(change: (database: DatabaseSync) => void): void {
  const database = new DatabaseSync(join(data, 'events.db'));
  change(database);
  database.close();
}
const cut = (revision: number): void => {
  inFile((database) => {
    const { stream } = database.prepare("select stream from events where type = 'ConsentWithdrawn'").get() as { stream: string };
    const last = (database.prepare('select max(rowid) as last from events where stream = ? and revision < ?').get(stream, revision) as { last: number }).last;
    database.prepare('delete from events where rowid > ?').run(last);
  });
};

describe('a log whose end was cut off', () => {
  it('is not served', async () => {
    cut(await withdrawnAndSigned());
    await expect(startTandem({ data })).rejects.toThrow('ends before what was read');
  });

  it('is not served either where only what was told is ahead of it', async () => {
    cut(await withdrawnAndSigned());
    rmSync(join(data, 'views.db'));
    await expect(startTandem({ data })).rejects.toThrow('ends before what was read');
  });

  it('is served as it is when nothing was cut', async () => {
    await withdrawnAndSigned();
    const tandem = await startTandem({ data });
    await ledgerOf(tandem).sign();
    await tandem.stop();
  });
});

describe('a log that was changed under what was signed', () => {
  it('is not signed over, and the house says that it is not ready', async () => {
    const revision = await withdrawnAndSigned();
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

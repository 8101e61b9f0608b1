/** What became due while the house was closed is done when it opens again, at once. */
import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START } from '#event-store';
import { aCase, consentTo, done, FIRST_FORM, referralTo } from '../support/story.js';
import { startTandem } from '../support/tandem.js';

const data = mkdtempSync(join(tmpdir(), 'tandem-start-'));
afterAll(() => {
  rmSync(data, { recursive: true });
});

describe('a house that opens again', () => {
  it('expires the referral that nobody answered meanwhile', async () => {
    const before = await startTandem({ data });
    const manager = before.as('casa-lumina');
    const path = await aCase(manager);
    done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
    done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora')));
    done(await manager.post(`${path}/referrals`, referralTo('clinica-aurora', ['MED.GEN'])));
    await before.settled();
    await before.stop();

    const after = await startTandem({ data, at: '2026-03-10T08:00:00.000Z' });
    const seen = new AbortController();
    for await (const page of after.engines.store.subscribe(START, seen.signal)) {
      if (page.some(({ type }) => type === 'ReferralExpired')) break;
    }
    expect((await after.as('casa-lumina').get(path)).body.stages.referral.referrals).toMatchObject([{ status: 'EXPIRED' }]);
    await after.stop();
  });
});

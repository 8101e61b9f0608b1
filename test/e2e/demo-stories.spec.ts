/** The stories of `npm run demo`, each told to its end over HTTP: one that breaks, or tells an outsider too much, ends with an error. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { grantDemonstrationMandate } from '#audit/nest';
import { STORIES } from '../../apps/demo/src/stories.js';
import { Teller } from '../../apps/demo/src/teller.js';
import { type Tandem, startTandem } from '../support/tandem.js';

// A whole story over HTTP, on files.
jest.setTimeout(120_000);

let data: string;
let tandem: Tandem;
let told: string;
beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'tandem-stories-'));
  tandem = await startTandem({ data, at: new Date().toISOString() });
  told = '';
});
afterEach(async () => {
  await tandem.stop();
  rmSync(data, { recursive: true });
});

async function tell(name: string): Promise<void> {
  const { engines, issuer, address } = tandem;
  const { mandate } = await grantDemonstrationMandate(engines.store, engines.clock);
  const auditorToken = await issuer.issue({ organisation: 'garda-audit', roles: ['AUDIT'], actor: 'garda-audit-demo', human: true, mandate });
  const passed: Promise<void>[] = [];
  // Time goes on while the story is told, as it does for who tells it.
  const teller = new Teller((text) => {
    told += `${text}\n`;
    passed.push(tandem.pass(1_000));
  });
  await STORIES[name]!({ address, auditorToken, data, stop: () => Promise.resolve() }, teller);
  await Promise.all(passed);
}

describe('the demonstration', () => {
  it('tells of a child whose guardian is suspected, who has a bed that night and is heard (appendix C 2)', async () => {
    await tell('child');
    const words = told.replaceAll(/\s+/g, ' ');
    for (const code of ['child-needs-case', 'guardian-conflicted', 'self-consent-by-minor', 'second-person-required', 'assent-missing']) {
      expect(words).toMatch(new RegExp(`Refused \\(\\d+ ${code}\\)`));
    }
    expect(words).toContain('call 112');
    expect(words).toContain('NOTHING CONTRADICTS');
    expect(words).toContain('It is found at once');
  });

  it('tells of a woman who says no to the police and loses nothing (appendix C 16)', async () => {
    await tell('adult');
    expect(told).toContain('NOTHING CONTRADICTS');
  });
});

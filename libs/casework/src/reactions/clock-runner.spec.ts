import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CaseCommand, type CaseRecord, ClockRunner, DutyBoard } from '#casework/nest';
import { FIRST_FORM, aCase, consentTo, done, refer, referralTo } from '../../../../test/support/story.js';
import { DAY, type Tandem, startTandem } from '../../../../test/support/tandem.js';

let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  await tandem.stop();
});

async function waitingReferral(): Promise<void> {
  const manager = tandem.as('casa-lumina');
  const path = await aCase(manager);
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'clinica-aurora')));
  await refer(tandem, manager, path, referralTo('clinica-aurora', ['MED']));
}

describe('the clock', () => {
  it('does what is due on every other case when one fails, says so, and tries that one again', async () => {
    await waitingReferral();
    await waitingReferral();
    const { engines } = tandem;
    const board = new DutyBoard(engines.views, engines.store, engines.cases, engines.reference);
    const tried: string[] = [];
    let poison: string | undefined;
    const record = ({ caseId = '' }: CaseCommand): Promise<CaseRecord> => {
      tried.push(caseId);
      poison ??= caseId;
      if (caseId === poison) return Promise.reject(new Error('disk full'));
      return Promise.resolve({ events: [] } as unknown as CaseRecord);
    };
    const later = () => new Date(Date.parse(tandem.now()) + 2 * DAY).toISOString();
    const runner = new ClockRunner(board, engines.cases, { record }, engines.reference, later);
    await runner.actOnDue();
    expect(new Set(tried).size).toBe(2);
    expect(() => { runner.check(); }).toThrow();
    tried.length = 0;
    poison = 'none';
    await runner.actOnDue();
    expect(new Set(tried).size).toBe(1);
    expect(() => { runner.check(); }).not.toThrow();
  });
});

import { describe, expect, it } from '@jest/globals';
import { resolveReference, shippedPolicy } from '#mechanism';
import { given, notified } from '../../../../../test/support/case-specification.js';
import { ORGANISATIONS, REFERENCE } from '../../../../../test/support/reference.js';
import { caseWorkflow } from '../../workflow.js';

const OLD = 'RO/2026-1';
const NEW = 'RO/2026-2';
const began = (version: string) => notified({}, { reference: { policy: version } });
const inForce = shippedPolicy(NEW);
const under = (policy: string) => ({
  ...resolveReference({ ...REFERENCE.versions, policy }, ORGANISATIONS),
  inForce,
});
const COORDINATOR = { role: 'NRM_COORD', organisation: 'centrul-coordonare', reference: under(OLD) } as const;
const change = (version: string) => ({ type: 'ChangeCasePolicy', body: { version } });
const changed = { type: 'CasePolicyChanged', data: { from: OLD, to: NEW, hash: inForce.hash } };

describe('the policy of a case', () => {
  it('is the version that its first event names, whatever is in force later', () => {
    expect(given(...began(OLD)).state.facts.policy).toBe(OLD);
    expect(given(...began(NEW)).state.facts.policy).toBe(NEW);
  });

  it('changes by a decision of the coordinator, and only to what is in force', () => {
    const running = given(...began(OLD));
    running.when(change(NEW), COORDINATOR).then(changed);
    running.when(change('RO/2026-9'), COORDINATOR).thenRejects('policy-not-in-force');
    running.when(change(NEW), { ...COORDINATOR, human: false }).thenRejects('human-required');
    running.when(change(NEW), { reference: under(OLD) }).thenRejects('role-not-allowed');
  });

  it('is then the new one, and changing it again changes nothing', () => {
    const after = given(...began(OLD), changed);
    expect(after.state.facts.policy).toBe(NEW);
    after.when(change(NEW), COORDINATOR).thenNothing();
  });

  it('is shown to who works on the case', () => {
    const view = (scope: 'FULL' | 'OFFER') => {
      const { state } = given(...began(OLD));
      const stage = caseWorkflow.stages.find(({ name }) => name === 'country-policy');
      return stage?.view?.(null, state.facts, { organisation: 'casa-lumina', scope });
    };
    expect(view('FULL')).toEqual({ version: OLD });
    expect(view('OFFER')).toEqual({});
  });
});

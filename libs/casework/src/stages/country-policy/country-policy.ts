/**
 * Under which version of the country policy a case runs. It keeps the one it began with; changing it is a decision of its
 * own, so that no running limit, decider or rule moves unseen. Source: domain.md 2.9.
 */
import { Rejection } from '#kernel';
import { caseStage, unchanged } from '../../shared/world.js';

export interface ChangeCasePolicy {
  /** Version in force for new cases of the country, such as `RO/2026-2`. */
  version: string;
}

/**
 * From now on the case is decided under this version: limits that run, who decides, by which rule. Not: that what was decided
 * under the version before is another decision now; its own version stands in each event.
 */
export interface CasePolicyChanged {
  /** Empty where the case began before versions were pinned. */
  from: string;
  to: string;
  /** SHA-256 of the document of `to`. */
  hash: string;
}

interface Commands {
  ChangeCasePolicy: ChangeCasePolicy;
}
interface Events {
  CasePolicyChanged: CasePolicyChanged;
}

export const countryPolicy = caseStage<null, Commands, Events>({
  name: 'country-policy',
  initial: null,
  commands: {
    ChangeCasePolicy: {
      when: {
        by: ['NRM_COORD'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person'],
        otherwise: 'the case keeps the version that it began with',
      },
      decide({ version }, _slice, { facts, reference: { inForce } }) {
        if (facts.policy === version) return [];
        if (inForce.version !== version) {
          throw new Rejection('rule-broken', 'policy-not-in-force', 'a case changes to the version in force', { inForce: inForce.version });
        }
        return [{ type: 'CasePolicyChanged', data: { from: facts.policy, to: version, hash: inForce.hash } }];
      },
    },
  },
  events: {
    CasePolicyChanged: {
      schema: 1,
      sensitivity: 1,
      evolve: unchanged,
      promote: (facts, { data }) => ({ ...facts, policy: data.to }),
    },
  },
  view: (_slice, { policy }, { scope }) => (scope === 'FULL' ? { version: policy } : {}),
  duties: () => [],
});

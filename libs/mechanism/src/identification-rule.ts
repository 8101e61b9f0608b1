/**
 * How a screening becomes a proposal, by the rule that the country's policy names. Pure: the same answers under the same
 * versions propose the same for ever, in any order. A proposal presumes nobody (INV-7). Source: domain.md 2.2, 2.9, 3.1.
 */
import { presentCodes } from './catalogue.js';
import { AMP_GROUPS, type AmpGroup, type GroupMinima, type IdentificationRuleName } from './policy-values.js';
import type { AnsweredIndicator, GroupedCatalogue, Reference, ScreeningOutcome, ScreeningProfile } from './reference.js';

type Rules = Pick<Reference, 'policy' | 'catalogue'>;
type Rule = (rules: Rules, profile: ScreeningProfile, answers: readonly AnsweredIndicator[]) => ScreeningOutcome | undefined;

function isChild(profile: ScreeningProfile): boolean {
  return profile.startsWith('CHILD_');
}

/** How many criteria of each group are present, each once. */
function countByGroup(catalogue: GroupedCatalogue, answers: readonly AnsweredIndicator[]): Readonly<Record<AmpGroup, number>> {
  const counts = { ACT: 0, MEANS: 0, EXPLOITATION: 0 };
  for (const code of presentCodes(answers)) {
    const group = catalogue.groupOf(code);
    if (group !== undefined) counts[group] += 1;
  }
  return counts;
}

function reaches(counts: Readonly<Record<AmpGroup, number>>, minima: GroupMinima): boolean {
  return AMP_GROUPS.every((group) => counts[group] >= minima[group]);
}

/** What the groups say: all minima reached, something present, nothing. `undefined` without groups or minima. */
function byGroups({ policy, catalogue }: Rules, profile: ScreeningProfile, answers: readonly AnsweredIndicator[]): 'ALL' | 'SOME' | 'NONE' | undefined {
  const minima = policy.values['id.group_minima'];
  if (catalogue.kind !== 'GROUPED' || minima === 'NONE') return undefined;
  const counts = countByGroup(catalogue, answers);
  if (reaches(counts, isChild(profile) ? minima.minor : minima.adult)) return 'ALL';
  return AMP_GROUPS.some((group) => counts[group] > 0) ? 'SOME' : 'NONE';
}

const RULES: Readonly<Record<IdentificationRuleName, Rule>> = {
  DELPHI: ({ catalogue }, profile, answers) => (catalogue.kind === 'WEIGHTED' ? catalogue.score(profile, answers) : undefined),
  AMP_GROUPS: (rules, profile, answers) => {
    const found = byGroups(rules, profile, answers);
    return found && ({ ALL: 'STRONG', SOME: 'WEAK', NONE: 'NONE' } as const)[found];
  },
  /** The first of two decisions: the groups, and one thing at least that does not rest on the account alone. */
  TWO_STAGE: (rules, profile, answers) => {
    const found = byGroups(rules, profile, answers);
    if (found !== 'ALL') return found && ({ SOME: 'WEAK', NONE: 'NONE' } as const)[found];
    return answers.some(({ answer, basis }) => answer === 'PRESENT' && basis !== 'STATED') ? 'REASONABLE' : 'WEAK';
  },
};

/**
 * What the answers propose under a policy.
 * @returns `undefined` where the catalogue of the policy can not serve its rule: nothing is ever proposed by another one
 */
export function proposedOutcome(rules: Rules, profile: ScreeningProfile, answers: readonly AnsweredIndicator[]): ScreeningOutcome | undefined {
  return RULES[rules.policy.values['id.rule']](rules, profile, answers);
}

/** What anyone in the mechanism may read of its rules: every value with its source, and whether anybody confirmed it. */
import type { Labels } from './labels/label.js';
import { COMMON_LABELS, LIST_LABELS } from './labels/labels.js';
import type { PolicyBook, PublishedPolicy } from './policies/policy-book.js';
import type { PublishedRule, RuleBook } from './rules/rule-book.js';

/** A document as it was published, with its hash and what of it nobody confirmed or knows. */
export function policyPage({ document, policy, publishedAt }: PublishedPolicy): object {
  const { hash, provisional, unknown } = policy;
  return { ...document, hash, publishedAt, provisional, unknown };
}

/** The policy in force for new cases of a country, and all that ever was; `undefined` for a country without one. */
export function publishedPolicy(policies: PolicyBook, country: string, now: string): object | undefined {
  const inForce = policies.inForce(country, now);
  if (inForce === undefined) return undefined;
  const { published, activations } = policies.history(country);
  const versions = published.map(({ policy: { version, hash }, publishedAt }) => ({ version, hash, publishedAt }));
  return { ...policyPage(policies.at(inForce.version)), versions, activations };
}

/** A catalogue or an instrument as it was published, with its hash; `undefined` for one that nobody published. */
export function rulePage(rule: PublishedRule<{ readonly version: string }, unknown> | undefined): object | undefined {
  if (rule === undefined) return undefined;
  const { document, hash, publishedAt } = rule;
  return { id: document.version.split('/')[0], ...document, hash, publishedAt };
}

/** All versions of all catalogues and instruments. */
export function publishedRules({ catalogues, instruments }: RuleBook): object {
  return { catalogues: [...catalogues.values()].map(rulePage), instruments: [...instruments.values()].map(rulePage) };
}

const named = (labels: Labels): object =>
  Object.fromEntries(Object.entries(labels).map(([code, [en, ro, lv]]) => [code, { en, ro, lv }]));

/** The names of all codes, by language. */
export function publishedLabels(): object {
  return {
    common: named(COMMON_LABELS),
    lists: Object.fromEntries(Object.entries(LIST_LABELS).map(([list, labels]) => [list, named(labels)])),
  };
}

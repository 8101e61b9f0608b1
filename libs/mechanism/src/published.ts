/** What anyone in the mechanism may read of its rules: every value with its source, and whether anybody confirmed it. */
import type { Labels } from './labels/label.js';
import { COMMON_LABELS, LIST_LABELS } from './labels/labels.js';
import type { PolicyKey } from './policy-values.js';
import type { Activation, PolicyBook, PublishedPolicy } from './policies/policy-book.js';
import type { Organisation } from './reference.js';
import type { CatalogueDocument, InstrumentDocument } from './rules/documents.js';
import type { PublishedRule, RuleBook } from './rules/rule-book.js';

/** A document as it was published, with its hash and what of it nobody confirmed or knows. */
export function policyPage({ document, policy, publishedAt }: PublishedPolicy): object & OfPolicy {
  const { hash, provisional, unknown } = policy;
  return { ...document, hash, publishedAt, provisional, unknown };
}

/** What a policy's page says beyond its document. */
export interface OfPolicy {
  readonly hash: string;
  readonly publishedAt: string;
  readonly provisional: readonly PolicyKey[];
  readonly unknown: readonly PolicyKey[];
}
/** What the page of the policy in force says beyond that. */
export interface OfPolicyInForce {
  readonly versions: readonly { readonly version: string; readonly hash: string; readonly publishedAt: string }[];
  readonly activations: readonly Activation[];
}

/** The policy in force for new cases of a country, and all that ever was; `undefined` for a country without one. */
export function publishedPolicy(policies: PolicyBook, country: string, now: string): (object & OfPolicy & OfPolicyInForce) | undefined {
  const inForce = policies.inForce(country, now);
  if (inForce === undefined) return undefined;
  const { published, activations } = policies.history(country);
  const versions = published.map(({ policy: { version, hash }, publishedAt }) => ({ version, hash, publishedAt }));
  return { ...policyPage(policies.at(inForce.version)), versions, activations };
}

/** A catalogue or an instrument with what its page says beyond its document. */
export type RulePage<Document> = Document & { readonly id: string; readonly hash: string; readonly publishedAt: string };
export interface RulePages {
  readonly catalogues: readonly RulePage<CatalogueDocument>[];
  readonly instruments: readonly RulePage<InstrumentDocument>[];
}

/** A catalogue or an instrument as it was published, with its hash. */
export function rulePage<Document extends { readonly version: string }>({ document, hash, publishedAt }: PublishedRule<Document, unknown>): RulePage<Document> {
  return { id: document.version.split('/')[0] ?? '', ...document, hash, publishedAt };
}

/** All versions of all catalogues and instruments. */
export function publishedRules({ catalogues, instruments }: RuleBook): RulePages {
  return { catalogues: [...catalogues.values()].map(rulePage), instruments: [...instruments.values()].map(rulePage) };
}

const named = (labels: Labels): Readonly<Record<string, { readonly en: string; readonly ro: string; readonly lv: string }>> =>
  Object.fromEntries(Object.entries(labels).map(([code, [en, ro, lv]]) => [code, { en, ro, lv }]));

/** The names of all codes, by language. */
export function publishedLabels() {
  return {
    common: named(COMMON_LABELS),
    lists: Object.fromEntries(Object.entries(LIST_LABELS).map(([list, labels]) => [list, named(labels)])),
  };
}

/** An organisation as everybody in the mechanism may know it. */
export function publishedOrganisation({ id, name, kind, country, roles, status }: Organisation) {
  return { id, name, kind, country, roles, status };
}

/** What reads of the mechanism answer with. `npm run generate` makes their schemas of these types. */
export interface MechanismAnswers {
  readonly organisations: { readonly organisations: readonly ReturnType<typeof publishedOrganisation>[] };
  readonly providers: { readonly providers: readonly Organisation[] };
  readonly catalogue: RulePage<CatalogueDocument>;
  readonly instrument: RulePage<InstrumentDocument>;
  readonly labels: ReturnType<typeof publishedLabels>;
  readonly ofPolicy: OfPolicy;
  readonly ofPolicyInForce: OfPolicy & OfPolicyInForce;
  /** Of a policy, a catalogue or an instrument. */
  readonly published: { readonly version: string; readonly hash: string };
  readonly activated: { readonly activations: readonly Activation[] };
}

/**
 * What is known of a catalogue or an instrument, as facts in its stream `catalogue-<id>` or `instrument-<id>`. When it counts, the
 * policies say that name it. Source: domain.md 2.9, 3, 4; docs/adr/0019.
 */

interface RulePublished {
  readonly version: string;
  /** SHA-256 of the canonical document. */
  readonly hash: string;
  readonly document: object;
}
/** The indicators and their weights exist and will never change. Not: that anybody is screened by them. */
export type CataloguePublished = RulePublished;
/** The items and how they rate exist and will never change. Not: that any risk is assessed by them. */
export type InstrumentPublished = RulePublished;

/** Kinds of rules, by the prefix of their streams. */
export const RULE_KINDS = { catalogue: 'CataloguePublished', instrument: 'InstrumentPublished' } as const;
export type RuleKind = keyof typeof RULE_KINDS;

export const streamOfRule = (kind: RuleKind, version: string): string => `${kind}-${version.split('/')[0] ?? ''}`;

/** The kind of rules that a stream is about; `undefined` for other streams. */
export function ruleKindOf(stream: string): RuleKind | undefined {
  return (Object.keys(RULE_KINDS) as RuleKind[]).find((kind) => stream.startsWith(`${kind}-`));
}

/** What decides how long the person can be singled out: when work on the case ended, and how old a child may be. Source: domain.md 8.5. */
import type { AgeBand } from '#mechanism';
import { type CaseFacts, underMinorRules } from './facts.js';

export interface KeptFacts {
  readonly closedAt?: string;
  /** When the person was held to be no presumed victim. */
  readonly screenedOutAt?: string;
  /** When the last referral or service was over. */
  readonly helpEndedAt?: string;
  /** As young as a person who is or was a child here may have been at a moment. */
  readonly child?: { readonly age: number; readonly at: string };
}

/** Whose age is disputed, or not known, is held to be in the band below. */
const LOWEST_AGE: Readonly<Record<AgeBand, number>> = { '0-13': 0, '14-17': 14, '18-25': 14, '26-40': 14, '41+': 14, UNKNOWN: 0 };
const OF_AGE = 18;

/** The facts once age was recorded: a child is remembered as one, and who came of age as just having done so. */
export function withAge(facts: CaseFacts, at: string): CaseFacts {
  const { child, ...others } = facts.kept;
  if (underMinorRules(facts)) return { ...facts, kept: { ...others, child: { age: LOWEST_AGE[facts.ageBand], at } } };
  const was = child !== undefined && facts.ageBand === '18-25' ? { child: { age: OF_AGE, at } } : {};
  return { ...facts, kept: { ...others, ...was } };
}

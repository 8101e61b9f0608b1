/** Every code that an answer can carry: one table, from which titles, statuses and `docs/problems.md` come. */
import { EDGE_PROBLEMS } from './edge.js';
import type { ProblemEntry } from './kinds.js';

export const PROBLEMS = { ...EDGE_PROBLEMS } as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** The entry of a code; `undefined` for one that nobody documented, which a test forbids. */
export function problemEntry(code: string): ProblemEntry | undefined {
  return Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code as ProblemCode] : undefined;
}

/** HTTP numbers of every kind of problem: the only place where they stand. Source: architecture.md 6, RFC 9110. */
import type { RejectionKind } from '#kernel';

export type ProblemKind =
  | RejectionKind
  | 'unauthenticated'
  | 'method-not-allowed'
  | 'timeout'
  | 'too-large'
  | 'unsupported-media-type'
  | 'too-many'
  | 'headers-too-large'
  | 'internal';

export const STATUS: Readonly<Record<ProblemKind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  'not-allowed': 403,
  unknown: 404,
  'method-not-allowed': 405,
  timeout: 408,
  'wrong-state': 409,
  precondition: 412,
  'too-large': 413,
  'unsupported-media-type': 415,
  'rule-broken': 422,
  'too-many': 429,
  'headers-too-large': 431,
  internal: 500,
  unavailable: 503,
};

export interface ProblemEntry {
  readonly kind: ProblemKind;
  readonly title: string;
  readonly titleRo: string;
  /** What happened and what the sender can do. */
  readonly meaning: string;
}

/** One line of the catalogue. */
export function problem(kind: ProblemKind, title: string, titleRo: string, meaning: string): ProblemEntry {
  return { kind, title, titleRo, meaning };
}

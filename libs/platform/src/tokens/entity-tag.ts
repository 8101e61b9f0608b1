/** Entity tags that say nothing: two organisations that hold the same thing hold different tags. Source: RFC 9110 8.8.3. */
import { Rejection } from '#kernel';
import { Problem } from '../problems/problem.js';
import type { TokenKeys } from './keys.js';

/**
 * Strong tag, in double quotes, of a resource as it is for one organisation. `version` is the revision at which this very
 * resource last changed, not the stream's, or what is shown of it: else a tag would tell of what happens elsewhere in the case.
 */
export function entityTag(
  keys: Pick<TokenKeys, 'authenticate'>,
  organisation: string,
  resource: string,
  version: number | string,
): string {
  return `"${keys.authenticate('entity-tag', JSON.stringify([organisation, resource, version])).slice(0, 32)}"`;
}

const TAG = /^(?:W\/)?"[\x21\x23-\x7e]*"$/;

/**
 * Compares an `If-Match` header with the resource's tag. Absent: nothing is asked. `*`: any version will do. Weak tags
 * never match. Source: RFC 9110 13.1.1.
 * @throws Rejection `precondition-failed` when none matches, Problem `if-match-invalid` when it can not be read
 */
export function requireMatch(ifMatch: string | undefined, current: string): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (!tags.every((tag) => TAG.test(tag))) throw new Problem('if-match-invalid', 'If-Match can not be read');
  if (!tags.includes(current))
    throw new Rejection('precondition', 'precondition-failed', 'the resource changed since you read it');
}

/** Documents that are published under a version and never change: checked when they are loaded, known by the hash of what they say. */
import { createHash } from 'node:crypto';
import type { ErrorObject, ValidateFunction } from 'ajv';
import canonicalize from 'canonicalize';

/** A document that is not what it must be. `path` names the key, as a JSON pointer. */
export class InvalidDocument extends Error {
  override readonly name = 'InvalidDocument';

  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`document, ${path}: ${reason}`);
  }
}

/** Where the fault is: the key itself where one is missing or not wanted, else the place of the wrong value. */
function faultOf({ instancePath, params, message }: ErrorObject): InvalidDocument {
  const { missingProperty, additionalProperty } = params as Record<string, string | undefined>;
  const key = missingProperty ?? additionalProperty;
  const path = `${instancePath}${key === undefined ? '' : `/${key}`}`;
  return new InvalidDocument(path === '' ? '/' : path, message ?? 'is not what it must be');
}

/**
 * The document, when it has the shape.
 * @throws InvalidDocument with the deepest fault: of several ways to be wrong, the one that names the place and not what holds it
 */
export function checkShape<Document>(is: ValidateFunction<Document>, document: unknown): Document {
  if (is(document)) return document;
  const faults = (is.errors ?? []).map(faultOf).sort((a, b) => b.path.length - a.path.length);
  throw faults[0] ?? new InvalidDocument('/', 'is empty');
}

/** SHA-256 of the canonical document: a changed value is another document, whatever its version says. */
export function hashOf(document: unknown): string {
  return createHash('sha256').update(canonicalize(document) ?? '').digest('hex');
}

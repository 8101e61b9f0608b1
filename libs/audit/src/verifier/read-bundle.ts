/** Reads a bundle strictly: one canonical line a fact, in the one order, nothing before, between or after. */
import { createHash } from 'node:crypto';
import { BUNDLE_FORMAT, type EventLine, HEAD_FORMAT, type HeadLine, type HeaderLine, type InclusionLine, lineOf } from './format.js';

/** A bundle that has the documented shape. Nothing in it is proved yet. */
export interface Bundle {
  readonly header: HeaderLine;
  readonly events: readonly EventLine['event'][];
  readonly inclusions: readonly InclusionLine[];
  readonly head: HeadLine;
  /** SHA-256 of all bytes before the last line, hexadecimal. */
  readonly digest: string;
}

/** The bytes are no bundle. `message` says where. */
export class UnreadableBundle extends Error {
  override readonly name = 'UnreadableBundle';
}

type Fields = Readonly<Record<string, unknown>>;
type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isHex = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const is = (expected: string) => (value: unknown) => value === expected;
const fits = (value: unknown, shape: Shape): boolean =>
  isObject(value) &&
  Object.keys(value).every((field) => Object.hasOwn(shape, field)) &&
  Object.entries(shape).every(([field, check]) => check(value[field]));

const TREE: Shape = { at: isText, root: isHex, keyId: isText, signature: isText };
const SHAPES: Readonly<Record<string, Shape>> = {
  header: {
    kind: is('header'), format: is(BUNDLE_FORMAT), stream: isText, events: isCount,
    keys: (keys) => isObject(keys) && Object.values(keys).every(isText),
  },
  event: { kind: is('event'), event: (event) => fits(event, EVENT) },
  inclusion: {
    kind: is('inclusion'), tree: (tree) => fits(tree, TREE), leaves: isCount, index: isCount, revision: isCount, chain: isHex,
    path: (path) => Array.isArray(path) && path.every(isHex),
  },
  head: {
    kind: is('head'), format: is(HEAD_FORMAT), stream: isText, revision: isCount, chain: isHex, bundle: isHex, at: isText, keyId: isText,
    signature: isText,
  },
};
const EVENT: Shape = { stream: isText, revision: isCount, id: isText, type: isText, data: isObject, metadata: (m) => isObject(m) && isHex(m['chain']) && isText(m['recordedAt']) };

function parsed(text: string, number: number): Fields {
  const where = `line ${String(number)}`;
  let line: unknown;
  try {
    line = JSON.parse(text);
    if (lineOf(line as object) !== text) throw new Error('not canonical');
  } catch {
    throw new UnreadableBundle(`${where} is not one line of canonical JSON`);
  }
  const kind = isObject(line) ? String(line['kind']) : '';
  const shape = Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : undefined;
  if (shape === undefined || !fits(line, shape)) throw new UnreadableBundle(`${where} is no line of a bundle`);
  return line as Fields;
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UnreadableBundle('the file is not UTF-8 text');
  }
}

/** @throws UnreadableBundle when the bytes do not have the documented shape, to the last line end */
export function readBundle(bytes: Uint8Array): Bundle {
  const text = textOf(bytes);
  if (!text.endsWith('\n')) throw new UnreadableBundle('the last line has no end: the file was cut off');
  const lines = text.slice(0, -1).split('\n').map((line, index) => parsed(line, index + 1));
  const kinds = lines.map(({ kind }) => String(kind)).join(' ');
  if (!/^header( event)+( inclusion)* head$/.test(kinds)) throw new UnreadableBundle('the lines are not header, events, proofs, head in this order');
  const of = (kind: string): readonly Fields[] => lines.filter((line) => line['kind'] === kind);
  const lastLine = Buffer.byteLength(lineOf(lines.at(-1) ?? {})) + 1;
  return {
    header: lines[0] as unknown as HeaderLine,
    events: of('event').map((line) => (line as unknown as EventLine).event),
    inclusions: of('inclusion') as unknown as readonly InclusionLine[],
    head: lines.at(-1) as unknown as HeadLine,
    digest: createHash('sha256').update(bytes.subarray(0, bytes.length - lastLine)).digest('hex'),
  };
}

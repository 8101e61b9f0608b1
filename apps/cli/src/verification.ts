/** `tandem verify`: needs a file and, better, what you hold yourself. No server, no token. */
import { readFileSync } from 'node:fs';
import { type Held, type PublicKeys, type Receipt, type Report, type TreeHead, verifyBundle } from '#audit';
import { Unusable } from './ending.js';

export interface VerifyOptions {
  readonly receipts?: string;
  readonly keys?: string;
  readonly trees?: string;
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new Unusable(`${file} can not be read`, { cause: error });
  }
}

function json(text: string, file: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Told below: a text that does not parse and a value that is no object are the same to who wrote the file.
  }
  throw new Unusable(`${file} does not hold what it should: JSON objects`);
}

/** One object a line; an answer to a write may stand there whole, its `receipt` is taken. */
function linesOf(file: string): readonly Record<string, unknown>[] {
  const lines = bytesOf(file).toString('utf8').split('\n').filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new Unusable(`${file} is empty`);
  return lines.map((line) => json(line, file));
}

function receiptsOf(file: string): readonly Receipt[] {
  return linesOf(file).map((line) => {
    const { revision, chain } = (line['receipt'] ?? line) as Partial<Receipt>;
    if (typeof revision === 'number' && typeof chain === 'string') return { revision, chain };
    if (revision === undefined && typeof chain === 'string') return { chain };
    throw new Unusable(`${file}: each line holds a revision and a chain, or a chain`);
  });
}

function treesOf(file: string): readonly TreeHead[] {
  return linesOf(file).map((line) => {
    const { at, root, keyId, signature } = line as Partial<TreeHead>;
    if (at === undefined || root === undefined || keyId === undefined || signature === undefined) throw new Unusable(`${file}: each line is an answer of /v1/ledger/head`);
    return { at, root, keyId, signature };
  });
}

/** Keys by identifier as SPKI PEM, or an answer of `/v1/ledger/head`, which holds them under `keys`. */
function keysOf(file: string): PublicKeys {
  const text = bytesOf(file).toString('utf8');
  const found = json(text, file);
  const keys = typeof found['keys'] === 'object' && found['keys'] !== null ? found['keys'] : found;
  if (Object.values(keys).every((key) => typeof key === 'string')) return keys as PublicKeys;
  throw new Unusable(`${file} holds no public keys`);
}

/** Verifies a file. @throws Unusable when a file can not be read or understood */
export function verifyFile(bundle: string, { receipts, keys, trees }: VerifyOptions): Report {
  const held: Held = {
    ...(receipts === undefined ? {} : { receipts: receiptsOf(receipts) }),
    ...(keys === undefined ? {} : { keys: keysOf(keys) }),
    ...(trees === undefined ? {} : { trees: treesOf(trees) }),
  };
  return verifyBundle(bytesOf(bundle), held);
}

/** The report in words. */
export function reportText({ holds, stream, events, proved, notProved, broken }: Report): string {
  const part = (heading: string, found: Report['proved']): string =>
    found.length === 0 ? '' : `\n${heading}\n${found.map(({ code, says }) => `  ${code}: ${says}\n`).join('')}`;
  const head = holds ? `HOLDS: ${stream ?? ''}, ${String(events)} events` : 'DOES NOT HOLD';
  return `${head}\n${part('Proved:', proved)}${part('Broken:', broken)}${part('Not proved:', notProved)}`;
}

/** The directory of a country as a file that its coordinator keeps: read at start, recorded as events where it says something new. */
import { readFileSync } from 'node:fs';
import type { EventStore } from '#event-store';
import type { Clock } from '#kernel';
import { REGIONS, ROLES, SERVICE_CODES } from '../vocabulary.js';
import { type DirectoryEntry, register } from './registration.js';

/** The file is not a directory. Says at which entry and field. */
export class DirectoryFileUnusable extends Error {
  override readonly name = 'DirectoryFileUnusable';
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string' && value !== '' && value.length <= 200;
const someOf =
  (known: readonly string[]): Check =>
  (value) =>
    Array.isArray(value) && value.every((each) => known.includes(each as string));
/** Nobody is given these by a file: the house itself acts by the clock, and a person is no organisation. */
const GIVEN = ROLES.filter((role) => role !== 'CLOCK' && role !== 'PERSON');

const FIELDS: Readonly<Record<keyof DirectoryEntry, Check>> = {
  id: (value) => typeof value === 'string' && /^[a-z0-9][a-z0-9-]{1,62}$/.test(value) && value !== 'tandem',
  name: isText,
  kind: (value) => ['PUBLIC', 'LAW_ENFORCEMENT', 'NGO'].includes(value as string),
  country: (value) => typeof value === 'string' && /^[A-Z]{2}$/.test(value),
  roles: someOf(GIVEN),
  services: someOf(SERVICE_CODES),
  regions: someOf(REGIONS),
  acceptsMinors: (value) => typeof value === 'boolean',
};

/** @throws DirectoryFileUnusable when it is no list of whole entries, each with an identifier of its own */
export function readDirectoryFile(file: string): readonly DirectoryEntry[] {
  const entries = listIn(readFileSync(file, 'utf8'));
  entries.forEach((entry, index) => {
    check(entry, `[${String(index)}]`);
  });
  const ids = entries.map(({ id }) => id);
  if (new Set(ids).size < ids.length) throw new DirectoryFileUnusable('an identifier stands twice');
  return entries;
}

/** Records what the file says and the log does not. Idempotent; two processes at once record it once. */
export async function registerAll(store: EventStore, entries: readonly DirectoryEntry[], clock: Clock): Promise<void> {
  for (const entry of entries) await register(store, entry, { actor: 'directory-file', organisation: 'tandem' }, clock);
}

function listIn(text: string): readonly DirectoryEntry[] {
  try {
    const value = JSON.parse(text) as unknown;
    if (Array.isArray(value)) return value as readonly DirectoryEntry[];
  } catch {
    // Told below, as everything that is no list.
  }
  throw new DirectoryFileUnusable('the file holds no list');
}

function check(entry: unknown, at: string): void {
  if (typeof entry !== 'object' || entry === null) throw new DirectoryFileUnusable(`${at} is no entry`);
  const given = entry as Readonly<Record<string, unknown>>;
  for (const [field, fits] of Object.entries(FIELDS)) {
    if (!fits(given[field])) throw new DirectoryFileUnusable(`${at}.${field} is missing or wrong`);
  }
  const unknown = Object.keys(given).find((field) => !(field in FIELDS));
  if (unknown !== undefined) throw new DirectoryFileUnusable(`${at}.${unknown} is not known`);
}

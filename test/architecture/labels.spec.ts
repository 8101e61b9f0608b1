/** Every code of every list that the mechanism and the case define has a name in English, Romanian and Latvian. */
import { describe, expect, it } from '@jest/globals';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { COMMON_LABELS, LABEL_LANGUAGES, labelOf, LIST_LABELS, ROLES } from '#mechanism';

const LIBS = join(import.meta.dirname, '../../libs');
/** Names of fields and of query parameters: nobody reads them as words. */
const NO_WORDS = ['IDENTITY_FIELDS', 'MOMENTS'];

const isCode = (value: unknown): value is string => typeof value === 'string' && /^[A-Z0-9][A-Z0-9_.+-]*$/.test(value);
/** A list is an exported array of codes, or of rows that begin with one. */
function codesOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return [];
  const codes = value.map((one: unknown) => (Array.isArray(one) ? (one as unknown[])[0] : one));
  return codes.every(isCode) ? codes : [];
}

/** Which roles may do something is a selection of one list, and no list of its own. */
const isSelectionOfRoles = (name: string, codes: readonly string[]): boolean =>
  name !== 'ROLES' && codes.every((code) => (ROLES as readonly string[]).includes(code));

async function lists(): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  for (const file of globSync('{mechanism,casework}/src/**/*.ts', { cwd: LIBS })) {
    if (file.endsWith('.spec.ts') || file.endsWith('.http.ts') || file.includes('/labels/')) continue;
    const exported = (await import(join(LIBS, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      const codes = codesOf(value);
      if (codes.length > 0 && !NO_WORDS.includes(name) && !isSelectionOfRoles(name, codes)) found.set(`${file} ${name}`, codes);
    }
  }
  return found;
}

const LISTS = await lists();
const nameOf = (list: string): string => list.split(' ')[1] ?? '';

describe('the names of codes', () => {
  it('are looked for in all lists', () => {
    const names = new Set([...LISTS.keys()].map(nameOf));
    for (const one of ['ROLES', 'SERVICE_CODES', 'CLOSURE_REASONS', 'WEIGHTED_INDICATORS', 'RA_1_ITEMS', 'REASSESSMENT_CAUSES']) expect(names).toContain(one);
    expect(LISTS.size).toBeGreaterThan(70);
  });

  it('stand in three languages for every code', () => {
    const nameless = [...LISTS].flatMap(([list, codes]) =>
      codes.filter((code) => labelOf(nameOf(list), code)?.filter((text) => text.trim() !== '').length !== LABEL_LANGUAGES.length).map((code) => `${list} ${code}`),
    );
    expect(nameless).toEqual([]);
  });

  it('stand for nothing that is no code', () => {
    const known = new Set([...LISTS.values()].flat());
    const idle = [COMMON_LABELS, ...Object.values(LIST_LABELS)].flatMap((labels) => Object.keys(labels)).filter((code) => !known.has(code));
    expect(idle).toEqual([]);
  });

  it('differ within a list, in each language', () => {
    const alike = [...LISTS]
      .filter(([list]) => !['WEIGHTED_INDICATORS'].includes(nameOf(list)))
      .flatMap(([list, codes]) => LABEL_LANGUAGES.flatMap((language, index) => {
        const texts = codes.map((code) => labelOf(nameOf(list), code)?.[index]);
        return new Set(texts).size < texts.length ? [`${list} ${language}`] : [];
      }));
    expect(alike).toEqual([]);
  });
});

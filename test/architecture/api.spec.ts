/** The API reference is whole: every route stands in it, every refusal of a stage is documented by a route, every code is in the catalogue. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { problemEntry } from '#platform';
import { STAGE_ROUTES } from '#casework/nest';
import { openPlaces } from '../support/fuzz/open-places.js';
import { type ApiDocument, documentOf, operationsOf } from '../support/fuzz/document.js';
import { type Tandem, startTandem } from '../support/tandem.js';

/** Thrown only where the house itself sends a command: no route can meet them. */
const OF_THE_HOUSE = ['erasure-not-ordered', 'not-due'];
const STAGES = `${import.meta.dirname}/../../libs/casework/src/stages`;

/** Codes that the sources of a stage throw, by `new Rejection(kind, code` or a local short form of it. */
function thrownBy(stage: string): readonly string[] {
  const files = readdirSync(`${STAGES}/${stage}`).filter((name) => name.endsWith('.ts') && !/\.(spec|http)\.ts$/.test(name));
  const codes = files.flatMap((name) => {
    const source = readFileSync(`${STAGES}/${stage}/${name}`, 'utf8');
    return [...source.matchAll(/(?:Rejection\(\s*'[a-z-]+',|broken\()\s*'([a-z-]+)'/g)].map(([, code]) => code!);
  });
  return [...new Set(codes)].sort();
}

let tandem: Tandem;
let document: ApiDocument;
beforeAll(async () => {
  tandem = await startTandem();
  document = await documentOf(tandem.address);
});
afterAll(() => tandem.stop());

/** Values opened from the vault, which a body has and the log has not; and the details of a refusal, each code its own. */
const OPEN = ['readPersonalData.values[].value', 'Problem.details'];

/** What it needs stands in its table; its decisions refuse nothing of their own. */
const REFUSES_BY_ITS_TABLE_ALONE = 'case-management';

describe('the API reference', () => {
  it('documents each route with a summary, a success and its refusals', () => {
    const bare = operationsOf(document).filter(({ summary, statuses }) => summary === '' || !statuses.some((s) => s < 300) || !statuses.includes(503));
    expect(bare.map(({ name }) => name)).toEqual([]);
    expect(operationsOf(document).length).toBeGreaterThan(80);
  });

  it('describes the answer of each route', () => {
    const open = operationsOf(document).filter(({ answer, statuses }) => answer === undefined && !statuses.includes(204));
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('closes every answer: a field that nobody decided to show is in none of them', () => {
    const answers = operationsOf(document).flatMap(({ name, answer = {} }) => (Object.keys(answer).length === 0 ? [] : [[name, answer] as const]));
    const parts = Object.entries(document.components.schemas).filter(([name]) => !name.endsWith('Body'));
    expect([...answers, ...parts].flatMap(([name, schema]) => openPlaces(schema, name))).toEqual(OPEN);
  });

  it('names no code that the catalogue lacks', () => {
    const codes = operationsOf(document).flatMap(({ codes: own }) => [...own.values()].flat());
    expect([...new Set(codes)].filter((code) => problemEntry(code) === undefined)).toEqual([]);
  });

  it.each(Object.keys(STAGE_ROUTES))('documents every refusal of %s on one of its routes', (stage) => {
    const paths: readonly string[] = STAGE_ROUTES[stage as keyof typeof STAGE_ROUTES].map(({ path }) => path.replaceAll(/:(\w+)/g, '{$1}'));
    const documented = operationsOf(document).filter(({ method, path }) => method === 'post' && paths.includes(path));
    const codes = new Set(documented.flatMap(({ codes: own }) => [...own.values()].flat()));
    expect(thrownBy(stage).filter((code) => !codes.has(code) && !OF_THE_HOUSE.includes(code))).toEqual([]);
    expect(thrownBy(stage).length > 0).toBe(stage !== REFUSES_BY_ITS_TABLE_ALONE);
  });
});

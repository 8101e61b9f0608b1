/** A stage is one folder and one registry line; what the folder holds is what the workflow runs. */
import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRANSLATORS, caseWorkflow } from '#casework';

const STAGES = join(import.meta.dirname, '../../libs/casework/src/stages');
const FOLDERS = globSync('*/*.ts', { cwd: STAGES }).map((file) => file.split('/')[0]!);
const NAMES = [...new Set(FOLDERS)].sort();

/** Of people who only count, audit or pay: they read, each in a way of their own, and record nothing on a case (8.3, R-11). */
const ONLOOKERS = ['RAPP', 'PROG', 'AUDIT'];

/** All product code of a stage as one text. */
function sourceOf(stage: string): string {
  return globSync('*.ts', { cwd: join(STAGES, stage) })
    .filter((file) => !file.endsWith('.spec.ts'))
    .map((file) => readFileSync(join(STAGES, stage, file), 'utf8'))
    .join('\n');
}

describe('the registry', () => {
  it('holds every stage that has a folder, and no other', () => {
    expect(caseWorkflow.stages.map(({ name }) => name).sort()).toEqual(NAMES);
  });

  it('holds what every stage with messages tells partners', async () => {
    const files = globSync('*/*.notify.ts', { cwd: STAGES });
    const told = await Promise.all(files.map(async (file) => ((await import(join(STAGES, file))) as { translate: unknown }).translate));
    expect(files.filter((_file, index) => !TRANSLATORS.some((translate) => translate === told[index]))).toEqual([]);
    expect(TRANSLATORS).toHaveLength(files.length);
  });
});

describe.each(NAMES)('stage %s', (name) => {
  const stage = caseWorkflow.stages.find((one) => one.name === name);
  const source = sourceOf(name);

  it.each(['ts', 'http.ts', 'golden.json'])(`has its .%s`, (end) => {
    expect(existsSync(join(STAGES, name, `${name}.${end}`))).toBe(true);
  });

  it('has specifications', () => {
    expect(readdirSync(join(STAGES, name)).some((file) => file.endsWith('.spec.ts'))).toBe(true);
  });

  it('says of every event, above its data, which fact it states', () => {
    const mute = Object.keys((stage?.events ?? {}) as object).filter(
      (event) => !new RegExp(String.raw`\*/\s*export (?:type|interface) ${event}\b`).test(source),
    );
    expect(mute).toEqual([]);
  });

  it('lets nobody record who only looks on', () => {
    const commands = (stage?.commands ?? {}) as Record<string, { when: { by: readonly string[] } }>;
    const open = Object.entries(commands).filter(([, { when }]) => when.by.some((role) => ONLOOKERS.includes(role)));
    expect(open.map(([command]) => command)).toEqual([]);
  });

  it('says of every command what happens when the person or the other body says no', () => {
    const commands = (stage?.commands ?? {}) as Record<string, { when: { by: readonly string[]; otherwise: string } }>;
    expect(Object.entries(commands).filter(([, { when }]) => when.by.length === 0 || when.otherwise.length < 10)).toEqual([]);
  });
});

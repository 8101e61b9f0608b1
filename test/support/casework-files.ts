/** The files of the stages, found where a stage keeps them: what a new stage adds is seen without a list. */
import { globSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Form } from './stored-form.js';

const ROOT = new URL('../../', import.meta.url);
const STAGES = 'libs/casework/src/stages';

function find(pattern: string): readonly string[] {
  return globSync(`${STAGES}/*/${pattern}`, { cwd: ROOT }).sort();
}

/** One event as it was stored once. */
export interface Sample {
  readonly type: string;
  readonly schema: number;
  readonly data: object;
  /** Folder of the stage that keeps it. */
  readonly stage: string;
}

export function samples(): readonly Sample[] {
  return find('*.golden.json').flatMap((file) => {
    const kept = JSON.parse(readFileSync(new URL(file, ROOT), 'utf8')) as readonly Omit<Sample, 'stage'>[];
    return kept.map((sample) => ({ ...sample, stage: file.split('/').at(-2)! }));
  });
}

/** Forms by `Type/schema`; an entry is added, never changed: what has that form lies in streams. */
export function storedForms(): Readonly<Record<string, readonly Form[]>> {
  return JSON.parse(readFileSync(new URL('test/architecture/stored-forms.json', ROOT), 'utf8')) as Record<string, readonly Form[]>;
}

/** The classes that the body files of the stages export, by name. */
export async function bodyClasses(): Promise<ReadonlyMap<string, new () => object>> {
  const classes = new Map<string, new () => object>();
  for (const file of find('*.http.ts').filter((name) => !name.endsWith('.routes.http.ts'))) {
    const exported = (await import(pathToFileURL(new URL(file, ROOT).pathname).href)) as Record<string, unknown>;
    for (const [name, value] of Object.entries(exported)) {
      if (name.endsWith('Body') && typeof value === 'function') classes.set(name, value as new () => object);
    }
  }
  return classes;
}

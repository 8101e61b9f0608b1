/** Code that a page shows is code that runs: a block under `<!-- file#region -->` is that region, letter for letter. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

interface Shown {
  readonly page: string;
  readonly file: string;
  readonly region: string;
  readonly code: string;
}

const BLOCK = /^<!-- (?<file>\S+)#(?<region>\w+) -->\n\n```ts\n(?<code>.*?)\n```$/gms;

const shown: readonly Shown[] = readdirSync(join(ROOT, 'docs'))
  .filter((name) => name.endsWith('.md'))
  .flatMap((name) =>
    [...read(`docs/${name}`).matchAll(BLOCK)].map(({ groups = {} }) => ({ page: name, ...groups }) as Shown),
  );

const regionsOf = (file: string): ReadonlyMap<string | undefined, string | undefined> =>
  new Map(
    [...read(file).matchAll(/^\/\/ #region (\w+)\n(.*?)\n\/\/ #endregion$/gms)].map(([, name, code]) => [name, code]),
  );

describe('code on a page', () => {
  it.each(shown)('$page shows $region of $file as it runs', ({ file, region, code }) => {
    expect(code).toBe(regionsOf(file).get(region));
  });

  it('is all of the consumer that partners may copy', () => {
    const file = 'test/support/reference-consumer.ts';
    const regions = shown.filter((one) => one.file === file).map(({ region }) => region);
    expect(regions).toEqual([...regionsOf(file).keys()]);
    expect(regions.length).toBeGreaterThan(0);
  });
});

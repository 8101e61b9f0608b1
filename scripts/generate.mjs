// npm run generate [name ...]: writes every file of this repository that is generated and committed.
// A generator is a file scripts/generators/<name>.mjs that exports by default an (async) function returning
// { 'path/from/the/root': 'contents' }. All but the first run after a build, so they import the libs by name: `#casework`.
// Contents are formatted as `npm run format` would, so that formatting is no drift.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { build } from './build.mjs';

const root = join(import.meta.dirname, '..');
const generators = join(import.meta.dirname, 'generators');
const names = existsSync(generators)
  ? readdirSync(generators)
      .filter((name) => name.endsWith('.mjs'))
      .sort()
  : [];
const wanted = process.argv.slice(2);

/** Reads source and writes source, so that nothing need compile before it; the others import what was built of it. First by name. */
const SOURCES = 'answers.mjs';
const isWanted = (name) => wanted.length === 0 || wanted.includes(name.replace(/\.mjs$/, ''));
let written = 0;
let unchanged = 0;
let built = false;
for (const name of names.filter(isWanted)) {
  if (name !== SOURCES && !built) {
    build();
    built = true;
  }
  const { default: generate } = await import(join(generators, name));
  for (const [path, contents] of Object.entries(await generate())) await write(path, contents);
}
console.log(`generate: ${written} files written, ${unchanged} as they were`);

async function write(path, contents) {
  const target = join(root, path);
  const text = await formatted(target, contents);
  if (existsSync(target) && readFileSync(target, 'utf8') === text) {
    unchanged++;
    return;
  }
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  written++;
  console.log(`generate: wrote ${path}`);
}

async function formatted(target, contents) {
  const { ignored, inferredParser } = await getFileInfo(target, { ignorePath: join(root, '.prettierignore') });
  if (ignored || inferredParser === null) return contents;
  return format(contents, { ...(await resolveConfig(target, { editorconfig: true })), filepath: target });
}

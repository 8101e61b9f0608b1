import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files are read as they lie on the disk, freed parts of them too. */
export const filesBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile());

/** Which files below a directory hold these bytes. */
export const filesWith = (directory: string, bytes: string): string[] =>
  filesBelow(directory).filter((path) => readFileSync(path).includes(bytes));

/** Which of these bytes no file below a directory holds. */
export function missing(directory: string, needles: readonly Uint8Array[]): readonly Uint8Array[] {
  const contents = filesBelow(directory).map((path) => readFileSync(path));
  return needles.filter((needle) => !contents.some((content) => content.includes(needle)));
}

/** Every name under which a stage owes something, as it is written where it is owed: `{ name: 'referral-reply', key: ...`. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

export const DUTY_NAMES: readonly string[] = [
  ...new Set(
    globSync('libs/casework/src/stages/*/*.ts', { cwd: ROOT })
      .filter((file) => !file.endsWith('.spec.ts'))
      .flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/name: '([a-z-]+)',\s*(?:key|limit):/g)].map(([, name = '']) => name)),
  ),
];

/** The data directory belongs to one profile for good: invented and real cases never meet in one place. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, ConfigError } from './config.js';

const STAMP = 'profile';

function stampOf(directory: string): string | undefined {
  try {
    return readFileSync(join(directory, STAMP), 'utf8').trim();
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes the directory (0700) and stamps it at first use.
 * @throws ConfigError when it belongs to the other profile, or holds files that nobody stamped
 */
export function claimDataDirectory({ data, profile }: Pick<Config, 'data' | 'profile'>): void {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const stamp = stampOf(data);
  if (stamp === profile) return;
  if (stamp !== undefined)
    throw new ConfigError([`TANDEM_DATA is a directory of the ${stamp} profile; this is the ${profile} profile`]);
  if (readdirSync(data).length > 0) throw new ConfigError(['TANDEM_DATA is not empty and was not made by Tandem']);
  writeFileSync(join(data, STAMP), `${profile}\n`, { flag: 'wx', mode: 0o600 });
}

/** The data directory belongs to one profile for good: invented and real cases never meet in one place. */
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
  const stamp = stampOf(data) ?? makeStamp(data, profile);
  if (stamp !== profile)
    throw new ConfigError([`TANDEM_DATA is a directory of the ${stamp} profile; this is the ${profile} profile`]);
}

/** Several services of one machine may start at once: the first one stamps. */
function makeStamp(data: string, profile: string): string {
  const isStrange = readdirSync(data).length > 0;
  const stamp = stampOf(data);
  if (stamp !== undefined) return stamp;
  if (isStrange) throw new ConfigError(['TANDEM_DATA is not empty and was not made by Tandem']);
  // Whole or not at all: written beside it, then linked, which fails where another was first.
  const draft = `${data}.${randomUUID()}.draft`;
  writeFileSync(draft, `${profile}\n`, { mode: 0o600 });
  try {
    linkSync(draft, join(data, STAMP));
    return profile;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    return stampOf(data) ?? '';
  } finally {
    rmSync(draft);
  }
}

import { setTimeout } from 'node:timers/promises';

const FIRST_MILLISECONDS = 100;
const LONGEST_MILLISECONDS = 30_000;

/** Waits longer from attempt to attempt, up to 30 s, each time between half and all of it, so that readers spread. */
export async function backOff(attempt: number, signal: AbortSignal): Promise<void> {
  const longest = Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** (attempt - 1));
  await setTimeout(longest * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
}

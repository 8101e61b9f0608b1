/** When to try again. The schedule is the one that Standard Webhooks recommends: seconds at first, then days. */
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Milliseconds before the second, third, ... attempt; after the last one a message is given up, after about 75 h. */
export const RETRY_DELAYS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** A number in [0, 1). */
export type Chance = () => number;

/**
 * Milliseconds until the next attempt after `failed` attempts, or `undefined` when there is none. Up to a fifth is
 * taken off or put on, so that a subscriber that comes back is not met by everything at one moment.
 */
export function delayAfter(failed: number, chance: Chance): number | undefined {
  const delay = RETRY_DELAYS[failed - 1];
  return delay === undefined ? undefined : Math.round(delay * (0.8 + 0.4 * chance()));
}

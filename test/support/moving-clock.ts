import type { Clock } from '#kernel';

/** A clock that stands still until it is moved. */
export function movingClock(start: string): { now: Clock; moveHours(hours: number): void } {
  let milliseconds = Date.parse(start);
  return {
    now: () => new Date(milliseconds).toISOString(),
    moveHours(hours) {
      milliseconds += hours * 60 * 60 * 1000;
    },
  };
}

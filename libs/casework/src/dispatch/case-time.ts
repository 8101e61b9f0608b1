/** The time of a case: what writes and reads of it are decided at. */
import type { Recorded } from '#kernel';

/**
 * The later of the clock and the case's last event. A clock that steps back, or another process whose clock is behind, must
 * not undo who works on the case, nor open again what was over when the last fact was recorded.
 */
export function caseTime(events: readonly Recorded[], clock: string): string {
  const last = events.at(-1)?.metadata.recordedAt ?? '';
  return last > clock ? last : clock;
}

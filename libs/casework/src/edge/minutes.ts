/**
 * Times as the outside gets them: to the minute. A moment to the millisecond is as good as a name: two organisations that
 * hold the same one hold the same case. Source: architecture.md 6 (what a partner sees cannot be joined).
 */
const MOMENT = /(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?Z/g;

/** The text with the seconds of every moment in it at zero. */
export function toTheMinute(text: string): string {
  return text.replace(MOMENT, '$1:00.000Z');
}

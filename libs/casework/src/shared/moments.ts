/** Moments as ISO 8601 in UTC sort as text. */

const inOrder = (moments: readonly (string | undefined)[]): readonly string[] => moments.filter((one) => one !== undefined).sort();

/** The first of the moments that are there. */
export const soonest = (...moments: readonly (string | undefined)[]): string | undefined => inOrder(moments)[0];

/** The last of the moments that are there. */
export const latest = (...moments: readonly (string | undefined)[]): string | undefined => inOrder(moments).at(-1);

/** The minute of a moment. Senders round to it: what happened within one may have happened in any order. */
export const minuteOf = (moment: string): string => moment.slice(0, 'YYYY-MM-DDTHH:MM'.length);

/**
 * A moment as the outside may state it: ISO 8601 with zone, from 1900 to 2199. In other years texts do not sort as time does
 * (`+010000-...` comes before `2026-...`), and a deadline that far off is a slip of the pen or an attack.
 */
export const MOMENT = /^(?:19|2[01])\d\d-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/;

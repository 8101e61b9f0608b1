/** Country policy of the United Kingdom, version UK/2026-2, as data: the document before, and the keys of format 3. */
import { ADDED_2026_2 } from './defaults-2026-2.js';
import { UNITED_KINGDOM_2026_1 } from './united-kingdom-2026-1.js';

export const UNITED_KINGDOM_2026_2 = {
  ...UNITED_KINGDOM_2026_1,
  format: 3,
  version: 'UK/2026-2',
  values: { ...UNITED_KINGDOM_2026_1.values, ...ADDED_2026_2 },
} as const;

/** Country policy of Bulgaria, version BG/2026-2, as data: the document before, and the keys of format 3. */
import { ADDED_2026_2 } from './defaults-2026-2.js';
import { BULGARIA_2026_1 } from './bulgaria-2026-1.js';

export const BULGARIA_2026_2 = {
  ...BULGARIA_2026_1,
  format: 3,
  version: 'BG/2026-2',
  values: { ...BULGARIA_2026_1.values, ...ADDED_2026_2 },
} as const;

/** Country policy of Latvia, version LV/2026-2, as data: the document before, and the keys of format 3. */
import { ADDED_2026_2 } from './defaults-2026-2.js';
import { LATVIA_2026_1 } from './latvia-2026-1.js';

export const LATVIA_2026_2 = {
  ...LATVIA_2026_1,
  format: 3,
  version: 'LV/2026-2',
  values: { ...LATVIA_2026_1.values, ...ADDED_2026_2 },
} as const;

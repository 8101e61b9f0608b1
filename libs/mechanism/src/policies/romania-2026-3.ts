/** Country policy of Romania, version RO/2026-3, as data: the document before, and the keys of format 3. */
import { ADDED_2026_2 } from './defaults-2026-2.js';
import { ROMANIA_2026_2 } from './romania-2026-2.js';

export const ROMANIA_2026_3 = {
  ...ROMANIA_2026_2,
  format: 3,
  version: 'RO/2026-3',
  values: { ...ROMANIA_2026_2.values, ...ADDED_2026_2 },
} as const;

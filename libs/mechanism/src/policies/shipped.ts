/** The policy documents that come with this build, oldest first. One is added here and never changed or taken away. */
import { BULGARIA_2026_1 } from './bulgaria-2026-1.js';
import { BULGARIA_2026_2 } from './bulgaria-2026-2.js';
import { LATVIA_2026_1 } from './latvia-2026-1.js';
import { LATVIA_2026_2 } from './latvia-2026-2.js';
import { ROMANIA_2026_1 } from './romania-2026-1.js';
import { ROMANIA_2026_2 } from './romania-2026-2.js';
import { ROMANIA_2026_3 } from './romania-2026-3.js';
import { UNITED_KINGDOM_2026_1 } from './united-kingdom-2026-1.js';
import { UNITED_KINGDOM_2026_2 } from './united-kingdom-2026-2.js';

export const SHIPPED_POLICIES = [
  ROMANIA_2026_1, ROMANIA_2026_2, LATVIA_2026_1, UNITED_KINGDOM_2026_1, BULGARIA_2026_1, ROMANIA_2026_3, LATVIA_2026_2,
  UNITED_KINGDOM_2026_2, BULGARIA_2026_2,
] as const;

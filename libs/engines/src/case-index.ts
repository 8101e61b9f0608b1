/** The index of cases, read beside the projector of another process. */
import { setTimeout } from 'node:timers/promises';
import type { ProposeCases } from '#casework/nest';
import { Rejection } from '#kernel';
import { storedPosition } from '#read-models';
import { REPORTING_PROJECTIONS, casesFor } from '#reporting';
import type { Engines } from './engines.js';

const PATIENCE_MILLISECONDS = 5_000;
const LOOK_AGAIN_MILLISECONDS = 20;

/**
 * Waits until the stored views of a projection hold a position, whichever process keeps them.
 * @throws Rejection `reading-behind` after 5 s
 */
export async function waitForStored({ store, views }: Pick<Engines, 'store' | 'views'>, projection: string, position: string): Promise<void> {
  const kept = REPORTING_PROJECTIONS.find(({ name }) => name === projection);
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  while (kept !== undefined && performance.now() < deadline) {
    const stored = await storedPosition(views.kysely, kept);
    if (stored !== undefined && store.compare(position, stored) <= 0) return;
    await setTimeout(LOOK_AGAIN_MILLISECONDS);
  }
  throw new Rejection('unavailable', 'reading-behind', 'this view has not yet read that far');
}

/** Before the projector ever ran there is nothing to propose from: that is told as being behind. */
export function caseIndexOf(engines: Pick<Engines, 'store' | 'views'>): ProposeCases {
  return async ({ atLeast, ...query }) => {
    const access = REPORTING_PROJECTIONS.find(({ name }) => name === 'access');
    const isThere = access !== undefined && (await storedPosition(engines.views.kysely, access)) !== undefined;
    if (atLeast !== undefined || !isThere) await waitForStored(engines, 'access', atLeast ?? '');
    return casesFor(engines.views.kysely, query);
  };
}

/** Refused attempts at a case go to the access streams. Source: architecture.md 6 and 8. */
import type { Refusals } from '#casework/nest';
import type { RefusalLog } from '#privacy';

/** Whatever goes wrong here must not change the answer to who tried; what was not written shows in the store's health. */
export function refusalsTo(log: Pick<RefusalLog, 'refused'>): Refusals {
  return {
    async record({ caller: { organisation, actor, roles }, purpose, caseId, because, correlationId }) {
      const attempt = { organisation, actor, role: roles[0] ?? 'NONE', attempted: purpose, because, correlationId };
      await log.refused({ ...attempt, ...(caseId === undefined ? {} : { caseId }) }).catch(() => undefined);
    },
  };
}

/** Reporting over the opened engines: who may read, and by which names cases stand on the desk. */
import { caseOfStream } from '#casework/nest';
import type { ReportingAccess } from '#reporting/nest';
import type { Engines } from './engines.js';

export function reportingOn({ views, clock, directory, aliases }: Engines): ReportingAccess {
  return {
    kysely: views.kysely,
    clock,
    calendar: 'year',
    heldRoles: ({ caller }) => {
      const entry = directory.get(caller.organisation);
      return Promise.resolve(caller.roles.filter((role) => entry?.status === 'ACTIVE' && entry.roles.includes(role)));
    },
    aliasOf: ({ caller }, stream) => {
      const caseId = caseOfStream(stream) ?? '';
      return aliases.aliasFor(caller.organisation, 'case', caseId, caseId);
    },
  };
}

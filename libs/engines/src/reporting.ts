/** Reporting over the opened engines: who may read, and by which names cases stand on the desk. */
import { caseOfStream } from '#kernel';
import { decodePosition, mayAccess } from '#platform';
import type { ReportingAccess } from '#reporting/nest';
import type { Engines } from './engines.js';
import type { ProjectorService } from './nest/projector.service.js';

export function reportingOn(engines: Engines, projector: Pick<ProjectorService, 'waitFor'>): ReportingAccess {
  const { views, clock, directory, aliases, store, cases } = engines;
  const { keyring } = engines;
  return {
    kysely: views.kysely,
    clock,
    calendar: 'year',
    smallestPublished: (endedAt) => {
      const now = engines.reference().policy;
      // Of what ended before any policy was in force, the first that is speaks.
      return (directory.policies.inForce(now.country, endedAt) ?? now).values['report.suppression'].published;
    },
    heldRoles: ({ caller }) => {
      const entry = directory.get(caller.organisation);
      return Promise.resolve(caller.roles.filter((role) => entry?.status === 'ACTIVE' && entry.roles.includes(role)));
    },
    territoryOf: ({ caller }) => directory.get(caller.organisation) ?? { country: '', regions: [] },
    coordinates: async ({ caller }, stream) => {
      const { state: { facts }, now } = await cases.at(caseOfStream(stream) ?? '', clock());
      const { scope, roles } = mayAccess(facts, caller, directory.get(caller.organisation), 'read', now);
      return scope === 'FULL' && roles.includes('NRM_COORD');
    },
    aliasOf: ({ caller }, stream) => {
      const caseId = caseOfStream(stream) ?? '';
      return aliases.aliasFor(caller.organisation, 'case', caseId, caseId);
    },
    cursors: {
      seal: ({ caller }, place) => keyring.encryptToken(`unmet/${caller.organisation}`, place),
      open: ({ caller }, cursor) => keyring.decryptToken(`unmet/${caller.organisation}`, cursor),
    },
    asSeenBy: async ({ caller, minimumPosition }, projection) => {
      if (minimumPosition === undefined) return;
      await projector.waitFor(projection, decodePosition(keyring, caller.organisation, minimumPosition));
    },
    complete: async (projection) => projector.waitFor(projection, await store.head()),
  };
}

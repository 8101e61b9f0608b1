/** What the events of a notification change. */
import type { Engagement } from '../../shared/facts.js';
import { withAge } from '../../shared/kept.js';
import { type EventTable, unchanged } from '../../shared/world.js';
import { type IntakeSlice, THROUGH_CASE } from './case-manager.js';
import type { NotificationEvents } from './notification.js';

export const notificationEvents: EventTable<IntakeSlice, NotificationEvents> = {
  CaseNotified: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data, metadata }) {
      const { organisation, actor, role, occurredAt, recordedAt } = metadata;
      const scope = role === 'CM' && !data.statisticsOnly ? 'FULL' : 'OWN';
      const notifier = { organisation, ...(role === 'PERSON' ? { actor } : {}), role: role as Engagement['role'], through: THROUGH_CASE, scope, since: occurredAt } as const;
      const known = {
        ...facts, country: data.country, policy: metadata.reference['policy'] ?? '', notifiedBy: organisation, notifiedAt: occurredAt, recordedAt, region: data.region, ageBand: data.ageBand,
        form: data.form, statisticsOnly: data.statisticsOnly, engagements: [notifier],
      };
      if (data.statisticsOnly) return known;
      const established = { selfIdentified: data.grounds.includes('SELF_IDENTIFIED'), foreignAuthorityIdentified: data.grounds.includes('FOREIGN_AUTHORITY') };
      const { person, danger, sex, citizenship, signsOfChildhood, interpreterNeeded } = data;
      return withAge({ ...known, established, person, danger, routedTo: data.routedTo, sex, citizenship, signsOfChildhood, interpreterNeeded, identification: 'POTENTIAL' }, occurredAt);
    },
  },
  CaseOpened: {
    schema: 1,
    sensitivity: 1,
    evolve: unchanged,
    promote: (facts) => ({ ...facts, assistance: 'OPEN_INTAKE' }),
  },
  NotificationOpened: {
    schema: 1,
    sensitivity: 1,
    evolve: unchanged,
    promote: (facts, { metadata }) => ({ ...facts, openedBy: metadata.organisation }),
  },
  NotificationEscalated: {
    schema: 1,
    sensitivity: 1,
    evolve: unchanged,
    promote: (facts, { metadata }) => ({ ...facts, dangerEscalatedAt: metadata.recordedAt }),
  },
};

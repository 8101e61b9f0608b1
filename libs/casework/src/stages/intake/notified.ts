/** What the events of a notification change. */
import type { CaseFacts, Engagement } from '../../shared/facts.js';
import { type EventTable, unchanged } from '../../shared/world.js';
import type { NotificationEvents } from './notification.js';

/** Engagements of the case itself, not of a referral or a return. */
const THROUGH = 'case';

/** Whoever leads, however it came to lead: by notifying, by assignment, by the handover of a return, by reopening. */
function leads(e: Engagement): boolean {
  return e.role === 'CM' && e.scope === 'FULL' && e.until === undefined;
}

/** The case manager of before leads no longer; who also notified keeps its own notification. */
function handOver(facts: CaseFacts, manager: string, since: string): readonly Engagement[] {
  const notifier = facts.engagements.find((e) => leads(e) && e.organisation === facts.notifiedBy);
  return [
    ...facts.engagements.map((e) => (leads(e) ? { ...e, until: since } : e)),
    ...(notifier === undefined ? [] : [{ ...notifier, scope: 'OWN' as const, since }]),
    { organisation: manager, role: 'CM', through: THROUGH, scope: 'FULL', since },
  ];
}

function leadsAlready(facts: CaseFacts, manager: string): boolean {
  return facts.engagements.some((e) => leads(e) && e.organisation === manager);
}

export const notificationEvents: EventTable<null, NotificationEvents> = {
  CaseNotified: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data, metadata }) {
      const { organisation, role, occurredAt } = metadata;
      const scope = role === 'CM' && !data.statisticsOnly ? 'FULL' : 'OWN';
      const notifier = { organisation, role: role as Engagement['role'], through: THROUGH, scope, since: occurredAt } as const;
      const known = {
        ...facts, country: data.country, policy: metadata.reference['policy'] ?? '', notifiedBy: organisation, notifiedAt: occurredAt, region: data.region, ageBand: data.ageBand,
        form: data.form, statisticsOnly: data.statisticsOnly, engagements: [notifier],
      };
      if (data.statisticsOnly) return known;
      const { person, danger, sex, citizenship, signsOfChildhood, interpreterNeeded } = data;
      return { ...known, person, danger, routedTo: data.routedTo, sex, citizenship, signsOfChildhood, interpreterNeeded, identification: 'POTENTIAL' };
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
  CaseManagerAssigned: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data, metadata }) {
      const assistance = facts.assistance === 'OPEN_INTAKE' ? 'ACTIVE' : facts.assistance;
      if (leadsAlready(facts, data.manager)) return { ...facts, assistance };
      return { ...facts, assistance, engagements: handOver(facts, data.manager, metadata.occurredAt) };
    },
  },
};

/**
 * Which organisation may find which case in its list. A list is only a proposal: each row is decided again on the newest
 * revision before it is shown (architecture.md 6), so a row too many costs one decision, while a row too few would hide a
 * case. Gone when the person is erased. Source: domain.md 8.3, INV-10, R-14.
 */
import type { Recorded } from '#kernel';
import type { AgeBand, Role } from '#mechanism';
import type { RowsOf } from '#read-models';
import { forget, projection } from '#read-models';
import type { CaseEventsNamed } from '../../case-events.js';

/** What a role with cases of its own accord sees: NRM_COORD all of them, CP_AUTH those under minor rules (INV-9). */
export type Listed = { notifiedAt: string; signsOfChildhood: number; minorRules: number };
/** One organisation's ground; the key says what it rests on. */
export type Ground = { organisation: string; role: Role; scope: 'OWN' | 'OFFER' | 'FULL'; notifiedAt: string };

type Tables = { listed: Listed; ground: Ground };
type Events = CaseEventsNamed<
  | 'CaseNotified'
  | 'AgeRecorded'
  | 'MajorityReached'
  | 'CaseManagerAssigned'
  | 'CaseReopened'
  | 'GuardianAppointed'
  | 'GuardianReplaced'
  | 'FormalIdentificationRequested'
  | 'ReferralRequested'
  | 'ReferralAccepted'
  | 'ReferralDeclined'
  | 'ReferralExpired'
  | 'ReferralCancelled'
  | 'ServiceEnded'
  | 'SendingRiskAssessed'
  | 'ReceivingRequestSent'
  | 'ReceivingRequestAcknowledged'
  | 'HandoverAccepted'
  | 'ErasureOrdered'
  | 'IdentityErased'
>;

/** Adds a ground to a case that is listed; a forgotten case stays forgotten. */
function grant({ listed, ground }: RowsOf<Tables>, through: string, given: Omit<Ground, 'notifiedAt'>): void {
  const known = listed.get();
  if (known !== undefined) ground.put({ ...given, notifiedAt: known.notifiedAt }, through);
}

const isMinor = (band: AgeBand, doubt: boolean) => band === '0-13' || band === '14-17' || (band === 'UNKNOWN' && doubt);
const settled = ({ data }: Recorded<string, { readonly referralId: string }>, { ground }: RowsOf<Tables>): void => {
  ground.delete(data.referralId);
};
const leads = (rows: RowsOf<Tables>, organisation: string): void => {
  grant(rows, 'lead', { organisation, role: 'CM', scope: 'FULL' });
};

export const access = projection<Tables, Events>({
  name: 'access',
  version: 1,
  tables: {
    listed: {
      columns: { notifiedAt: 'text', signsOfChildhood: 'integer', minorRules: 'integer' },
      indexes: [['notifiedAt']],
    },
    ground: {
      columns: { organisation: 'text', role: 'text', scope: 'text', notifiedAt: 'text' },
      indexes: [['organisation', 'notifiedAt']],
    },
  },
  on: {
    CaseNotified({ data, metadata }, rows) {
      const doubt = !data.statisticsOnly && data.signsOfChildhood;
      const minorRules = Number(isMinor(data.ageBand, doubt));
      rows.listed.put({ notifiedAt: metadata.occurredAt, signsOfChildhood: Number(doubt), minorRules });
      const { organisation, role } = metadata;
      grant(rows, 'notified', { organisation, role: role as Role, scope: 'OWN' });
      if (role === 'CM') leads(rows, organisation);
    },
    AgeRecorded({ data }, { listed }) {
      const doubt = listed.get()?.signsOfChildhood === 1;
      const minorRules = data.ageStatus === 'DISPUTED' || isMinor(data.ageBand, doubt);
      listed.change({ minorRules: Number(minorRules) });
    },
    MajorityReached: (_event, { listed }) => {
      listed.change({ minorRules: 0 });
    },
    CaseManagerAssigned: ({ data }, rows) => {
      leads(rows, data.manager);
    },
    CaseReopened: ({ metadata }, rows) => {
      leads(rows, metadata.organisation);
    },
    GuardianAppointed: ({ data }, rows) => {
      const { organisation, guardianId } = data;
      if (organisation !== undefined) grant(rows, guardianId, { organisation, role: 'GUARD', scope: 'FULL' });
    },
    GuardianReplaced: ({ data }, rows) => {
      rows.ground.delete(data.replaces);
      const { organisation, guardianId } = data;
      if (organisation !== undefined) grant(rows, guardianId, { organisation, role: 'GUARD', scope: 'FULL' });
    },
    FormalIdentificationRequested: ({ data }, rows) => {
      grant(rows, data.requestId, { organisation: data.authority, role: data.deciderRole, scope: 'OFFER' });
    },
    ReferralRequested: ({ data }, rows) => {
      grant(rows, data.referralId, { organisation: data.recipient, role: 'SP', scope: 'OFFER' });
    },
    ReferralAccepted: ({ data }, rows) => {
      grant(rows, data.referralId, { organisation: data.recipient, role: 'SP', scope: 'FULL' });
    },
    ReferralDeclined: settled,
    ReferralExpired: settled,
    ReferralCancelled: settled,
    ServiceEnded: (event, rows) => {
      if (event.data.last) settled(event, rows);
    },
    SendingRiskAssessed: ({ data }, rows) => {
      grant(rows, `${data.returnId}/operator`, { organisation: data.operator, role: 'RET_ORG', scope: 'FULL' });
    },
    ReceivingRequestSent: ({ data }, rows) => {
      grant(rows, `${data.returnId}/receiver`, { organisation: data.receiver, role: 'SP', scope: 'OFFER' });
    },
    ReceivingRequestAcknowledged: ({ data }, rows) => {
      grant(rows, `${data.returnId}/receiver`, { organisation: data.receiver, role: 'SP', scope: 'FULL' });
    },
    HandoverAccepted: ({ data }, rows) => {
      rows.ground.delete(`${data.returnId}/operator`);
      leads(rows, data.receiver);
    },
    ErasureOrdered: forget,
    IdentityErased: forget,
  },
});

/**
 * The coordinator's desk: what was notified, what nobody has opened yet, who leads, and what is owed next.
 * Operational: one row a case, codes and times, no personal data. Gone when the person is erased.
 */
import type { IdentificationStatus } from '#casework';
import type { AgeBand, Region, RiskLevel } from '#mechanism';
import { forget, projection } from '#read-models';
import type { Recorded } from '#kernel';
import type { RowsOf } from '#read-models';
import type { AgeGroup } from '../../age-group.js';
import { ageGroupOf } from '../../age-group.js';
import type { CaseEventsNamed } from '../../case-events.js';

export type DeskCase = {
  country: string;
  notifiedAt: string;
  danger: number;
  /** When someone other than the notifier looked; null means "not opened yet". */
  openedAt: string | null;
  status: IdentificationStatus;
  ageGroup: AgeGroup;
  region: Region;
  manager: string | null;
  closed: number;
  risk: RiskLevel | null;
  riskValidUntil: string | null;
};
/** A request that a provider has not answered. */
export type DeskOwed = { name: 'referral-reply'; owedBy: string; dueAt: string };

type Tables = { desk: DeskCase; owed: DeskOwed };
type Events = CaseEventsNamed<
  | 'CaseNotified'
  | 'NotificationOpened'
  | 'CaseManagerAssigned'
  | 'HandoverAccepted'
  | 'AgeRecorded'
  | 'VictimPresumed'
  | 'ScreenedOut'
  | 'FormalIdentificationRequested'
  | 'FormalIdentificationDeclined'
  | 'VictimFormallyIdentified'
  | 'FormalIdentificationRefused'
  | 'ReconsiderationRequested'
  | 'RiskAssessed'
  | 'RiskLoweredByProtectiveFactors'
  | 'ReferralRequested'
  | 'ReferralAccepted'
  | 'ReferralQueued'
  | 'ReferralDeclined'
  | 'ReferralExpired'
  | 'ReferralCancelled'
  | 'CaseClosed'
  | 'CaseReopened'
  | 'ErasureOrdered'
  | 'IdentityErased'
>;

const status =
  (to: IdentificationStatus) =>
  (_event: Recorded, { desk }: RowsOf<Tables>): void => {
    desk.change({ status: to });
  };
const settled = ({ data }: Recorded<string, { readonly referralId: string }>, { owed }: RowsOf<Tables>): void => {
  owed.delete(data.referralId);
};
const aged = (band: AgeBand) => ({ ageGroup: ageGroupOf(band) });

export const desk = projection<Tables, Events>({
  name: 'desk',
  version: 2,
  tables: {
    desk: {
      columns: {
        country: 'text',
        notifiedAt: 'text',
        danger: 'integer',
        openedAt: 'text?',
        status: 'text',
        ageGroup: 'text',
        region: 'text',
        manager: 'text?',
        closed: 'integer',
        risk: 'text?',
        riskValidUntil: 'text?',
      },
      indexes: [['closed', 'danger', 'notifiedAt']],
    },
    owed: { columns: { name: 'text', owedBy: 'text', dueAt: 'text' } },
  },
  on: {
    CaseNotified({ data, metadata }, { desk }) {
      if (data.statisticsOnly) return; // Nothing may be added to it: there is nothing to do.
      const { country, danger, ageBand, region } = data;
      const nothingYet = { openedAt: null, manager: null, closed: 0, risk: null, riskValidUntil: null };
      desk.put({
        country,
        notifiedAt: metadata.occurredAt,
        danger: Number(danger),
        region,
        status: 'POTENTIAL',
        ...aged(ageBand),
        ...nothingYet,
      });
    },
    NotificationOpened: ({ metadata }, { desk }) => {
      desk.change({ openedAt: metadata.occurredAt });
    },
    CaseManagerAssigned: ({ data }, { desk }) => {
      desk.change({ manager: data.manager });
    },
    HandoverAccepted: ({ data }, { desk }) => {
      desk.change({ manager: data.receiver });
    },
    AgeRecorded: ({ data }, { desk }) => {
      desk.change(aged(data.ageBand));
    },
    VictimPresumed: status('PRESUMED'),
    ScreenedOut: status('NOT_PRESUMED'),
    FormalIdentificationRequested: status('PRESUMED'),
    FormalIdentificationDeclined: status('PRESUMED_DECLINED'),
    VictimFormallyIdentified: status('IDENTIFIED'),
    FormalIdentificationRefused: status('NOT_IDENTIFIED'),
    ReconsiderationRequested: status('RECONSIDERATION'),
    RiskAssessed: ({ data }, { desk }) => {
      desk.change({ risk: data.overall, riskValidUntil: data.validUntil });
    },
    RiskLoweredByProtectiveFactors: ({ data }, { desk }) => {
      desk.change({ risk: data.overall });
    },
    ReferralRequested: ({ data }, { desk, owed }) => {
      if (desk.get() === undefined) return;
      owed.put({ name: 'referral-reply', owedBy: data.recipient, dueAt: data.replyBy }, data.referralId);
    },
    ReferralAccepted: settled,
    ReferralQueued: settled,
    ReferralDeclined: settled,
    ReferralExpired: settled,
    ReferralCancelled: settled,
    CaseClosed: (_event, { desk }) => {
      desk.change({ closed: 1 });
    },
    CaseReopened: ({ metadata }, { desk }) => {
      desk.change({ closed: 0, manager: metadata.organisation });
    },
    ErasureOrdered: forget,
    IdentityErased: forget,
  },
});

/**
 * Which service a case asked for and did not get: no provider had a place, none answered in time, or nobody could be
 * asked at all. Source: domain.md 5.2, 10.6 (unmet need), appendix C, 3. Clear facts only; stays at erasure.
 */
import type { Recorded } from '#kernel';
import type { Region, ServiceCode } from '#mechanism';
import type { RowsOf } from '#read-models';
import { projection } from '#read-models';
import type { CaseEventsNamed } from '../../case-events.js';

export type Gap = {
  service: ServiceCode;
  region: Region;
  recordedAt: string;
  reason: string;
  /** The organisation that asked, and the provider that it asked; null where there was nobody to ask. Both know of this gap (docs/adr/0023). */
  askedBy: string;
  asked: string | null;
};
/** An asked provider, until the question is settled; services as JSON. */
export type Asked = { services: string; region: Region; askedBy: string; asked: string };
/** What later events of the case do not repeat. */
export type Place = { region: Region };

type Tables = { gap: Gap; asked: Asked; place: Place };
type Events = CaseEventsNamed<
  | 'CaseNotified'
  | 'ReferralRequested'
  | 'ReferralAccepted'
  | 'ReferralDeclined'
  | 'ReferralExpired'
  | 'ReferralCancelled'
  | 'ReferralImpossible'
>;

const servicesOf = ({ services }: Asked) => JSON.parse(services) as ServiceCode[];

/** What was asked came to nothing: a gap for each service. */
function unmet({ data: { referralId }, metadata: { recordedAt } }: Recorded<string, { readonly referralId: string }>, { gap, asked }: RowsOf<Tables>, reason: string): void {
  const request = asked.get(referralId);
  asked.delete(referralId);
  if (request === undefined) return;
  const { services: _each, ...about } = request;
  for (const service of servicesOf(request)) gap.put({ service, ...about, recordedAt, reason }, `${referralId}/${service}`);
}

export const serviceGap = projection<Tables, Events>({
  name: 'service-gap',
  version: 2,
  tables: {
    gap: {
      columns: { service: 'text', region: 'text', recordedAt: 'text', reason: 'text', askedBy: 'text', asked: 'text?' },
      indexes: [['recordedAt']],
    },
    asked: { columns: { services: 'text', region: 'text', askedBy: 'text', asked: 'text' } },
    place: { columns: { region: 'text' } },
  },
  on: {
    CaseNotified: ({ data }, { place }) => {
      place.put({ region: data.region });
    },
    ReferralRequested: ({ data, metadata }, { asked, place }) => {
      const region = data.region ?? place.get()?.region ?? 'UNKNOWN';
      const parties = { askedBy: metadata.organisation, asked: data.recipient };
      asked.put({ services: JSON.stringify(data.services), region, ...parties }, data.referralId);
    },
    ReferralAccepted: ({ data }, { asked }) => {
      asked.delete(data.referralId);
    },
    ReferralCancelled: ({ data }, { asked }) => {
      asked.delete(data.referralId);
    },
    ReferralDeclined(event, rows) {
      // Another reason to decline is a matter between the two organisations, not a lack of places.
      if (event.data.reason === 'NO_CAPACITY') unmet(event, rows, event.data.reason);
      else rows.asked.delete(event.data.referralId);
    },
    ReferralExpired(event, rows) {
      unmet(event, rows, 'EXPIRED');
    },
    ReferralImpossible({ id, data, metadata }, { gap, place }) {
      if (data.reason === 'PERSON_REFUSED') return; // Her choice is no gap in the mechanism.
      const region = data.region ?? place.get()?.region ?? 'UNKNOWN';
      const found = { region, recordedAt: metadata.recordedAt, reason: data.reason, askedBy: metadata.organisation, asked: null };
      for (const service of data.services) gap.put({ service, ...found }, `${id}/${service}`);
    },
  },
});

/**
 * Which service a case asked for and did not get: no provider had a place, none answered in time, or nobody could be
 * asked at all. Source: domain.md 5.2, 10.6 (unmet need), appendix C, 3. Clear facts only; stays at erasure.
 */
import type { Region, ServiceCode } from '#mechanism';
import { projection } from '#read-models';
import type { CaseEventsNamed } from '../../case-events.js';

export type Gap = { service: ServiceCode; region: Region; recordedAt: string; reason: string };
/** An asked provider, until the question is settled; services as JSON. */
export type Asked = { services: string; region: Region };
/** What later events of the case do not repeat. */
export type Place = { region: Region };

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

export const serviceGap = projection<{ gap: Gap; asked: Asked; place: Place }, Events>({
  name: 'service-gap',
  version: 1,
  tables: {
    gap: {
      columns: { service: 'text', region: 'text', recordedAt: 'text', reason: 'text' },
      indexes: [['recordedAt']],
    },
    asked: { columns: { services: 'text', region: 'text' } },
    place: { columns: { region: 'text' } },
  },
  on: {
    CaseNotified: ({ data }, { place }) => {
      place.put({ region: data.region });
    },
    ReferralRequested: ({ data }, { asked, place }) => {
      const region = data.region ?? place.get()?.region ?? 'UNKNOWN';
      asked.put({ services: JSON.stringify(data.services), region }, data.referralId);
    },
    ReferralAccepted: ({ data }, { asked }) => {
      asked.delete(data.referralId);
    },
    ReferralCancelled: ({ data }, { asked }) => {
      asked.delete(data.referralId);
    },
    ReferralDeclined({ data, metadata }, { gap, asked }) {
      const request = asked.get(data.referralId);
      asked.delete(data.referralId);
      // Another reason to decline is a matter between the two organisations, not a lack of places.
      if (request === undefined || data.reason !== 'NO_CAPACITY') return;
      const found = { region: request.region, recordedAt: metadata.recordedAt, reason: data.reason };
      for (const service of servicesOf(request)) gap.put({ service, ...found }, `${data.referralId}/${service}`);
    },
    ReferralExpired({ data, metadata }, { gap, asked }) {
      const request = asked.get(data.referralId);
      asked.delete(data.referralId);
      if (request === undefined) return;
      const found = { region: request.region, recordedAt: metadata.recordedAt, reason: 'EXPIRED' };
      for (const service of servicesOf(request)) gap.put({ service, ...found }, `${data.referralId}/${service}`);
    },
    ReferralImpossible({ id, data, metadata }, { gap, place }) {
      if (data.reason === 'PERSON_REFUSED') return; // Her choice is no gap in the mechanism.
      const region = data.region ?? place.get()?.region ?? 'UNKNOWN';
      const found = { region, recordedAt: metadata.recordedAt, reason: data.reason };
      for (const service of data.services) gap.put({ service, ...found }, `${id}/${service}`);
    },
  },
});

/**
 * Every case as it was known from one moment of recording to the next, so a period can be counted as it stood at its
 * end, today and in ten years alike (INV-11, INV-17); and who was assisted in it, beside, for the two are counted together.
 * Holds only what the log says in clear, and stays at erasure: the person is gone, the count is not (domain.md appendix C, 12).
 */
import type { IdentificationStatus } from '#casework';
import type { Recorded } from '#kernel';
import type { CitizenshipGroup, FormGroup, Region, Sex } from '#mechanism';
import type { RowsOf } from '#read-models';
import { projection } from '#read-models';
import type { AgeGroup } from '../../age-group.js';
import { ageGroupOf } from '../../age-group.js';
import type { CaseEventsNamed } from '../../case-events.js';

export type Situation = {
  /** From when this was known; the key is the revision of the event that made it known. */
  recordedAt: string;
  /** Until when; null while it is the newest. */
  until: string | null;
  notifiedAt: string;
  /** Since when the person is a registered victim: presumed or identified. Null while not. */
  registeredAt: string | null;
  statisticsOnly: number;
  /** Organisations that know of this case because they notified it or decided on it, as a JSON list in order: docs/adr/0023. */
  knownTo: string;
  region: Region;
  sex: Sex;
  ageGroup: AgeGroup;
  citizenship: CitizenshipGroup;
  form: FormGroup;
  status: IdentificationStatus;
};

/**
 * That a provider delivered something to the person herself in a quarter, for a programme; once, however often. Nothing of her
 * identification: help does not depend on it (INV-6, appendix C, 8).
 */
export type Assisted = {
  /** Of the first such session of the quarter. Reports run on the time of recording. */
  recordedAt: string;
  /** Funding programme; empty where the session was counted for none. */
  programme: string;
  provider: string;
};

type Tables = { situation: Situation; assisted: Assisted };
type Events = CaseEventsNamed<
  | 'CaseNotified'
  | 'AgeRecorded'
  | 'VictimPresumed'
  | 'ScreenedOut'
  | 'FormalIdentificationRequested'
  | 'FormalIdentificationDeclined'
  | 'VictimFormallyIdentified'
  | 'FormalIdentificationRefused'
  | 'ReconsiderationRequested'
  | 'ServiceSessionDelivered'
>;

/** Who counts as a registered victim for Eurostat: identified and presumed, also who declined. domain.md 9.1, scenario 8 */
export const REGISTERED: readonly IdentificationStatus[] = ['PRESUMED', 'IDENTIFIED', 'PRESUMED_DECLINED'];

/** The programme of a session that was counted for none. */
export const NO_PROGRAMME = '';

const quarterOf = (moment: string): string => `${moment.slice(0, 4)}-Q${String(Math.ceil(Number(moment.slice(5, 7)) / 3))}`;

const keyOf = ({ revision }: Recorded) => String(revision).padStart(9, '0');

/** Those who knew before, who recorded the event, and whoever decided. The clock is nobody who reads. */
function knowing(before: string, { data, metadata: { organisation, role } }: Recorded): string {
  const { authority } = data as { readonly authority?: string };
  const added = [role === 'CLOCK' ? undefined : organisation, authority].filter((one) => one !== undefined && !before.includes(`"${one}"`));
  // Most events come from who is known already: the list is read only where it grows.
  return added.length === 0 ? before : JSON.stringify([...new Set([...(JSON.parse(before) as string[]), ...added])].sort());
}

/** Ends the newest situation and begins the next; says nothing when nothing has changed. */
function become(event: Recorded, { situation }: RowsOf<Tables>, changed: Partial<Situation>): void {
  const [key, newest] = situation.all().find(([, row]) => row.until === null) ?? [];
  if (newest === undefined) return;
  const change = { ...changed, knownTo: knowing(newest.knownTo, event) };
  const next = { ...newest, ...change };
  if (Object.entries(change).every(([column, value]) => newest[column as keyof Situation] === value)) return;
  const { recordedAt } = event.metadata;
  situation.put({ ...newest, until: recordedAt }, key);
  situation.put({ ...next, recordedAt }, keyOf(event));
}

const status =
  (to: IdentificationStatus) =>
  (event: Recorded, rows: RowsOf<Tables>): void => {
    const newest = rows.situation.all().find(([, row]) => row.until === null)?.[1];
    const since = newest?.registeredAt ?? event.metadata.recordedAt;
    become(event, rows, { status: to, registeredAt: REGISTERED.includes(to) ? since : null });
  };

export const caseload = projection<Tables, Events>({
  name: 'caseload',
  version: 2,
  tables: {
    situation: {
      columns: {
        recordedAt: 'text',
        until: 'text?',
        notifiedAt: 'text',
        registeredAt: 'text?',
        statisticsOnly: 'integer',
        knownTo: 'text',
        region: 'text',
        sex: 'text',
        ageGroup: 'text',
        citizenship: 'text',
        form: 'text',
        status: 'text',
      },
      indexes: [['notifiedAt'], ['registeredAt']],
    },
    assisted: { columns: { recordedAt: 'text', programme: 'text', provider: 'text' }, indexes: [['recordedAt']] },
  },
  on: {
    CaseNotified(event, { situation }) {
      const { data } = event;
      const { recordedAt } = event.metadata;
      const { sex, citizenship } = data.statisticsOnly
        ? { sex: 'UNKNOWN' as const, citizenship: 'UNKNOWN' as const }
        : data;
      const known = { region: data.region, sex, citizenship, ageGroup: ageGroupOf(data.ageBand), form: data.form };
      const times = { recordedAt, until: null, notifiedAt: recordedAt, registeredAt: null };
      const identification = { status: data.statisticsOnly ? ('NONE' as const) : ('POTENTIAL' as const) };
      situation.put(
        { ...times, ...known, ...identification, knownTo: knowing('[]', event), statisticsOnly: Number(data.statisticsOnly) },
        keyOf(event),
      );
    },
    AgeRecorded: (event, rows) => {
      become(event, rows, { ageGroup: ageGroupOf(event.data.ageBand) });
    },
    VictimPresumed: status('PRESUMED'),
    ScreenedOut: status('NOT_PRESUMED'),
    FormalIdentificationRequested: status('PRESUMED'),
    FormalIdentificationDeclined: status('PRESUMED_DECLINED'),
    VictimFormallyIdentified: status('IDENTIFIED'),
    FormalIdentificationRefused: status('NOT_IDENTIFIED'),
    ReconsiderationRequested: status('RECONSIDERATION'),
    ServiceSessionDelivered({ data, metadata: { recordedAt } }, { assisted }) {
      const { beneficiary, programmes, provider } = data;
      if (beneficiary !== 'DIRECT') return; // Somebody else was helped for her sake (domain.md 10, trap d).
      for (const programme of programmes.length === 0 ? [NO_PROGRAMME] : programmes) {
        const key = `${quarterOf(recordedAt)}/${programme}/${provider}`;
        if (assisted.get(key) === undefined) assisted.put({ recordedAt, programme, provider }, key);
      }
    },
  },
});

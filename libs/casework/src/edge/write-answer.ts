/** What a submitter gets for a write: where the thing is, its version, and a receipt to hold against any later export. */
import { uuidV5 } from '#event-store';
import type { Recorded } from '#kernel';
import { encodePosition, entityTag } from '#platform';
import type { AliasRegister, Keyring } from '#privacy';
import type { CaseRecord } from '../dispatch/case-command.js';
import { recordsBlindly } from '../dispatch/standing.js';
import { type Seen, caseTag, seesAll, thingTag } from './case-tag.js';

/**
 * Revision and chain head right after the submitter's own event. Another institution can verify it without this service.
 * Who does not see the whole case gets no revision, but of what made it: from two it could count what others record.
 */
export interface Receipt {
  readonly revision?: number;
  readonly chain: string;
}

/** who notifies an immediate danger must not believe that this was a call for help. */
const NOT_AN_EMERGENCY_CHANNEL = {
  en: 'This is not an emergency channel. If somebody is in danger now, call 112.',
  ro: 'Acesta nu este un canal de urgență. Dacă cineva este acum în pericol, sunați la 112.',
} as const;

/** Answer to a write. Identifiers are the caller's aliases. */
export interface WriteAnswer {
  readonly made: boolean;
  readonly location: string | undefined;
  readonly etag: string;
  /** Opaque: a query may ask to see at least this. Absent when nothing was recorded. */
  readonly position: string | undefined;
  readonly body: {
    /** Absent once the person was erased: names are not given again. */
    readonly caseId?: string;
    /** The thing that was made, by the field that names it; absent when none was. */
    readonly [identifier: string]: unknown;
    /** Types of the events recorded, in order; empty when the wish already held. */
    readonly recorded: readonly string[];
    readonly receipt: Receipt | null;
    /** Rules this rests on that no source has confirmed. */
    readonly provisional: readonly string[];
    /** Only after a notification of immediate danger. */
    readonly emergency?: typeof NOT_AN_EMERGENCY_CHANNEL;
  };
}

/** The thing that this command made: the field and identifier under which its events name it. */
function madeBy({ events }: CaseRecord): { field: string; id: string } | undefined {
  const [first] = events;
  if (first === undefined) return undefined;
  const fresh = uuidV5(first.metadata.commandId, 'new');
  for (const { data } of events) {
    const found = Object.entries(data).find(([field, value]) => field.endsWith('Id') && value === fresh);
    if (found !== undefined) return { field: found[0], id: fresh };
  }
  return undefined;
}

function notifiesDanger({ events }: CaseRecord): boolean {
  return events.some(({ type, data }) => type === 'CaseNotified' && (data as { danger?: boolean }).danger === true);
}

/** A write, and the case as it stands before the submitter now. */
export interface Written {
  readonly record: CaseRecord;
  /** Type of the command. */
  readonly command: string;
  /** The thing that the path named, if it named one. */
  readonly addressed: string | undefined;
  readonly seen: Seen;
  /** All events of the case. */
  readonly events: readonly Recorded[];
}

const makesCase = ({ events }: CaseRecord): boolean => events[0]?.revision === 0;
const isBlind = ({ command, seen }: Written): boolean => recordsBlindly(command) || seen.access.scope === 'NONE';

function receiptOf(written: Written): Receipt | null {
  const last = written.record.events.at(-1);
  if (last === undefined) return null;
  const { revision, metadata: { chain } } = last;
  const counts = makesCase(written.record) || (!isBlind(written) && seesAll(written.seen));
  return counts ? { revision, chain } : { chain };
}

/** Of what was made, of what was addressed, of the case. Who sees nothing of it gets one that the write alone makes. */
function tagOf(written: Written, keyring: Keyring, made: string | undefined): string {
  const { record, addressed, seen, events } = written;
  const { caseId, organisation } = seen;
  const thing = made ?? addressed;
  const own = (): string => entityTag(keyring, organisation, thing ?? caseId, record.events.at(-1)?.metadata.chain ?? '');
  if (isBlind(written)) return own();
  return thing === undefined ? caseTag(keyring, seen) : (thingTag(keyring, organisation, thing, events) ?? own());
}

function caseAliasOf(aliases: AliasRegister, organisation: string, { caseId, state }: CaseRecord): Promise<string | undefined> {
  return state.facts.erasure === 'NONE' ? aliases.aliasFor(organisation, 'case', caseId, caseId) : aliases.find(organisation, 'case', caseId, caseId);
}

/** Builds the answer to a write. */
export async function writeAnswer({ aliases, keyring }: { readonly aliases: AliasRegister; readonly keyring: Keyring }, written: Written): Promise<WriteAnswer> {
  const { record, seen: { organisation } } = written;
  const caseAlias = await caseAliasOf(aliases, organisation, record);
  const made = madeBy(record);
  const madeAlias = made && (await aliases.aliasFor(organisation, 'thing', made.id, record.caseId));
  const last = record.events.at(-1);
  return {
    made: makesCase(record) || made !== undefined,
    location: makesCase(record) ? `/v1/cases/${caseAlias ?? ''}` : undefined,
    etag: tagOf(written, keyring, made?.id),
    position: last && encodePosition(keyring, organisation, last.position),
    body: {
      ...(caseAlias === undefined ? {} : { caseId: caseAlias }),
      ...(made === undefined || madeAlias === undefined ? {} : { [made.field]: madeAlias }),
      recorded: record.events.map(({ type }) => type),
      receipt: receiptOf(written),
      provisional: record.provisional,
      ...(notifiesDanger(record) ? { emergency: NOT_AN_EMERGENCY_CHANNEL } : {}),
    },
  };
}

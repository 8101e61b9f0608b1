/** What a submitter gets for a write: where the thing is, its version, and a receipt to hold against any later export. */
import { type StoredEvent, uuidV5 } from '#event-store';
import { encodePosition, entityTag } from '#platform';
import type { AliasRegister, Keyring } from '#privacy';
import type { CaseRecord } from '../dispatch/case-command.js';
import { lastTouched } from '../dispatch/touched.js';
import { caseWorkflow } from '../workflow.js';

/**
 * Revision and chain head right after the submitter's own event. Another institution can verify it without this service.
 * Whoever records without seeing the case gets no revision: from two of them it could count what followed on the first.
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

function receiptOf(last: StoredEvent, command: string): Receipt {
  const { revision, metadata: { chain } } = last;
  const when = caseWorkflow.command(command)?.rule.when;
  return when?.inContact === true || when?.uninvited === true ? { chain } : { revision, chain };
}

function caseAliasOf(aliases: AliasRegister, organisation: string, { caseId, state }: CaseRecord): Promise<string | undefined> {
  return state.facts.erasure === 'NONE' ? aliases.aliasFor(organisation, 'case', caseId, caseId) : aliases.find(organisation, 'case', caseId);
}

/** Builds the answer to a command of this type. `addressed` is the thing that the path named, if it named one. */
export async function writeAnswer(
  { aliases, keyring }: { readonly aliases: AliasRegister; readonly keyring: Keyring },
  organisation: string,
  record: CaseRecord,
  command: string,
  addressed: string | undefined,
): Promise<WriteAnswer> {
  const caseAlias = await caseAliasOf(aliases, organisation, record);
  const made = madeBy(record);
  const madeAlias = made && (await aliases.aliasFor(organisation, 'thing', made.id, record.caseId));
  const newCase = record.events[0]?.revision === 0;
  const thing = made?.id ?? addressed;
  const revision = thing === undefined ? record.state.revision : (lastTouched(record.events, thing) ?? record.state.revision);
  const last = record.events.at(-1);
  return {
    made: newCase || made !== undefined,
    location: newCase ? `/v1/cases/${caseAlias ?? ''}` : undefined,
    etag: entityTag(keyring, organisation, thing ?? record.caseId, revision),
    position: last && encodePosition(keyring, organisation, last.position),
    body: {
      ...(caseAlias === undefined ? {} : { caseId: caseAlias }),
      ...(made === undefined || madeAlias === undefined ? {} : { [made.field]: madeAlias }),
      recorded: record.events.map(({ type }) => type),
      receipt: last === undefined ? null : receiptOf(last, command),
      provisional: record.provisional,
      ...(notifiesDanger(record) ? { emergency: NOT_AN_EMERGENCY_CHANNEL } : {}),
    },
  };
}

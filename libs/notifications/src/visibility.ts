/** Sent, fetched, answered: how far each notice of a case came. Source: architecture.md 7. */
import { streamOfCase } from '#kernel';
import type { EventStore, StoredEvent } from '#event-store';
import type { DeliveryDatabase, NoticeRow } from './tables.js';

/** Times are ISO 8601 in UTC; absent where it has not happened. */
export interface NoticeProgress {
  readonly recipient: string;
  readonly thing: string;
  readonly recall: boolean;
  readonly madeAt: string;
  /** A push was acknowledged, or the feed handed it out. */
  readonly sentAt?: string;
  /** The recipient acknowledged it by its cursor, or opened what it points to. */
  readonly fetchedAt?: string;
  /** The recipient recorded something about the same thing afterwards. Read from the log, so it can not be lost. */
  readonly answeredAt?: string;
}

/** Progress of all notices of a case, oldest first. */
export async function progressOf(
  database: DeliveryDatabase,
  store: EventStore,
  caseId: string,
): Promise<readonly NoticeProgress[]> {
  const query = database.kysely.selectFrom('notices').selectAll().where('case_id', '=', caseId);
  const notices = await query.orderBy('time').orderBy('sequence').execute();
  const events = notices.length === 0 ? [] : await store.readStream(streamOfCase(caseId));
  return notices.map((notice) => progress(notice, events));
}

/** A notice that its recipient has not looked at. */
export interface UnfetchedNotice {
  readonly caseId: string;
  readonly recipient: string;
  readonly thing: string;
  readonly madeAt: string;
}

/** What was made before the instant and is not fetched: whoever watches over emergencies asks again in minutes. */
export async function unfetchedSince(
  database: DeliveryDatabase,
  madeBefore: string,
): Promise<readonly UnfetchedNotice[]> {
  const query = database.kysely
    .selectFrom('notices')
    .selectAll()
    .where('fetched_at', 'is', null)
    .where('recall', '=', 0);
  const rows = await query.where('time', '<', madeBefore).orderBy('time').execute();
  return rows.map(({ case_id, recipient, thing, time }) => ({ caseId: case_id, recipient, thing, madeAt: time }));
}

/** Notices of a thing were opened by their recipient on another way than the feed: the inbox, or the portal page. */
export async function markFetched(
  database: DeliveryDatabase,
  recipient: string,
  thing: string,
  at: string,
): Promise<void> {
  const update = database.kysely.updateTable('notices').set({ fetched_at: at });
  await update.where('recipient', '=', recipient).where('thing', '=', thing).where('fetched_at', 'is', null).execute();
}

function progress(notice: NoticeRow, events: readonly StoredEvent[]): NoticeProgress {
  const answer = events.find((event) => answers(event, notice));
  return {
    recipient: notice.recipient,
    thing: notice.thing,
    recall: notice.recall === 1,
    madeAt: notice.time,
    ...(notice.sent_at === null ? {} : { sentAt: notice.sent_at }),
    ...(notice.fetched_at === null ? {} : { fetchedAt: notice.fetched_at }),
    ...(answer === undefined ? {} : { answeredAt: answer.metadata.recordedAt }),
  };
}

function answers({ data, metadata }: StoredEvent, { recipient, thing, time }: NoticeRow): boolean {
  return metadata.organisation === recipient && metadata.recordedAt >= time && Object.values(data).includes(thing);
}

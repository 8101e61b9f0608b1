/**
 * Writes what the reader found, each event in one transaction with the checkpoint: a notice has its number, its
 * deliveries and its place in the log together or not at all.
 */
import type { Notice } from '#casework';
import { prepared, purge, sharedTransaction } from '#database';
import type { EventStore, Position } from '#event-store';
import { START, uuidV5 } from '#event-store';
import type { Transaction } from 'kysely';
import type { DeliveryDatabase, DeliveryTables, NoticeRow } from './tables.js';

export const CHECKPOINT = 'notifier';

/** Another notifier moved the checkpoint: this one must stop. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

/** A notice with its names. Without `names` (an erased case) its number is used up and nothing else is kept. */
export interface NamedNotice extends Notice {
  readonly id: string;
  readonly caseId: string;
  readonly time: string;
  readonly names?: { readonly reference: string; readonly orderingKey: string };
}

/** How far the log was read, and after which position notices are pushed too (`null`: nobody said from where). */
export interface Checkpoint {
  readonly position: Position;
  readonly pushesAfter: Position | null;
}

export type Write = Transaction<DeliveryTables>;

/** Whether an event at a position is pushed, and not only put into the feed. */
export type Pushes = (position: Position) => boolean;

export class Outbox {
  private readonly statements;
  private readonly write: (work: (write: Write) => Promise<void>) => Promise<void>;

  /**
   * @param ways channels that every recipient has besides its own webhooks, such as a broker
   */
  constructor(
    private readonly database: DeliveryDatabase,
    private readonly store: Pick<EventStore, 'compare'>,
    private readonly ways: (recipient: string) => readonly { channel: string; way: string }[],
  ) {
    this.statements = statementsOf(database.kysely);
    this.write = sharedTransaction(database, async (write, all) => {
      for (const work of all) await work(write);
      return all.map(() => undefined);
    });
  }

  async checkpoint(): Promise<Checkpoint> {
    const row = await this.database.kysely
      .selectFrom('notifier_checkpoint')
      .selectAll()
      .where('name', '=', CHECKPOINT)
      .executeTakeFirst();
    return { position: row?.position ?? START, pushesAfter: row?.pushes_after ?? null };
  }

  /**
   * Moves the checkpoint from one position to the next and does `work` in the same transaction.
   * @throws CheckpointMoved when it was not where the caller thinks; then nothing was written
   */
  async advance(from: Position, to: Position, work?: (write: Write, pushes: Pushes) => Promise<void>): Promise<void> {
    await this.write(async (write) => {
      const after = await this.move(write, from, to);
      await work?.(write, (position) => after !== null && this.store.compare(position, after) > 0);
    });
  }

  /** Numbers a notice, keeps it, takes back what a recall overtakes, and queues it on every way to its recipient. */
  async add(write: Write, notice: NamedNotice, position: Position, push: boolean): Promise<void> {
    const sequence = await this.nextSequence(write, notice.recipient);
    if (notice.names === undefined) return;
    const row = rowOf(notice, notice.names, sequence, position);
    await this.statements.keep(write, row);
    if (notice.recall) await this.overtake(write, row);
    if (push) await this.queue(write, row);
  }

  /** Removes from the files what was forgotten of a case. */
  purge(): Promise<void> {
    return purge(this.database, ['deliveries', 'notices']);
  }

  /**
   * Says from where to push. What was read past that position without pushing is queued now; what was queued before
   * is not queued again.
   */
  async pushAfter(position: Position): Promise<void> {
    await this.database.kysely.transaction().execute(async (write) => {
      await write
        .insertInto('notifier_checkpoint')
        .values({ name: CHECKPOINT, position: START, pushes_after: position })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ pushes_after: position }))
        .execute();
      const notices = await write.selectFrom('notices').selectAll().orderBy('sequence').execute();
      for (const notice of notices) {
        if (this.store.compare(notice.position, position) <= 0) continue;
        if (notice.recall) await this.overtake(write, notice);
        await this.queue(write, notice);
      }
    });
  }

  /** Answers after which position is pushed. */
  private async move(write: Write, from: Position, to: Position): Promise<Position | null> {
    await write
      .insertInto('notifier_checkpoint')
      .values({ name: CHECKPOINT, position: START, pushes_after: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const moved = await write
      .updateTable('notifier_checkpoint')
      .set({ position: to })
      .where('name', '=', CHECKPOINT)
      .where('position', '=', from)
      .returning('pushes_after')
      .executeTakeFirst();
    if (moved === undefined) throw new CheckpointMoved('another notifier has read on');
    return moved.pushes_after;
  }

  private async nextSequence(write: Write, recipient: string): Promise<number> {
    const { rows: [row] } = await this.statements.number(write, { recipient });
    if (row === undefined) throw new Error('no number was given');
    return row.last;
  }

  private async overtake(write: Write, { recipient, thing }: NoticeRow): Promise<void> {
    await write
      .updateTable('deliveries')
      .set({ state: 'withdrawn', answer: 'recalled' })
      .where('recipient', '=', recipient)
      .where('thing', '=', thing)
      .where('recall', '=', 0)
      .where('state', 'in', ['waiting', 'dead'])
      .execute();
  }

  private async queue(write: Write, notice: NoticeRow): Promise<void> {
    const { rows: own } = await this.statements.waysOf(write, notice);
    const webhooks = own.map(({ id }) => ({ channel: 'webhook', way: id }));
    for (const { channel, way } of [...webhooks, ...this.ways(notice.recipient)]) {
      const { recipient, case_id, thing, ordering_key, sequence, recall, time } = notice;
      const id = uuidV5(notice.id, `${channel}/${way}`);
      const queued = { id, notice: notice.id, channel, way, recipient, case_id, thing, ordering_key, sequence, recall };
      await write
        .insertInto('deliveries')
        .values({ ...queued, state: 'waiting', attempts: 0, due_at: time, answer: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  }
}

/** What each notice takes, built once. */
function statementsOf(kysely: DeliveryDatabase['kysely']) {
  return {
    number: prepared(({ recipient }: { recipient: string }) =>
      kysely
        .insertInto('notice_sequences')
        .values({ recipient, last: 1 })
        .onConflict((conflict) =>
          conflict.column('recipient').doUpdateSet((row) => ({ last: row('notice_sequences.last', '+', 1) })),
        )
        .returning('last'),
    ),
    keep: prepared(
      ({ id, recipient, sequence, case_id, thing, reference, ordering_key, recall, reply_by, time, position, sent_at, fetched_at }: NoticeRow) =>
        kysely.insertInto('notices').values({
          id, recipient, sequence, case_id, thing, reference, ordering_key, recall, reply_by, time, position, sent_at, fetched_at,
        }),
    ),
    waysOf: prepared(({ recipient }: Pick<NoticeRow, 'recipient'>) =>
      kysely.selectFrom('subscriptions').select('id').where('organisation', '=', recipient),
    ),
  };
}

function rowOf(
  notice: NamedNotice,
  names: NonNullable<NamedNotice['names']>,
  sequence: number,
  position: Position,
): NoticeRow {
  return {
    id: notice.id,
    recipient: notice.recipient,
    sequence,
    case_id: notice.caseId,
    thing: notice.thing,
    reference: names.reference,
    ordering_key: names.orderingKey,
    recall: Number(notice.recall),
    reply_by: notice.replyBy ?? null,
    time: notice.time,
    position,
    sent_at: null,
    fetched_at: null,
  };
}

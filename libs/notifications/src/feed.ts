/**
 * The feed: every notice to an organisation, pulled by it with a cursor. What push may not say (that something was
 * recalled) stands here, since whoever reads has proved who it is. Source: architecture.md 7, domain.md 8.4.
 */
import type { Clock } from '#kernel';
import type { Keyring } from '#privacy';
import type { CaseFacts } from '#casework';
import type { Cases, MayReceive } from './cases.js';
import { messageOf, type PartnerMessage } from './message.js';
import type { DeliveryDatabase, NoticeRow } from './tables.js';
import { Bell, later, type WaitUntil } from './timer.js';

/** Notices a page. */
export const FEED_PAGE = 100;
/** Notices may be written by another process, which rings no bell here. */
const LOOK_AGAIN_MILLISECONDS = 1_000;

export interface FeedItem {
  /** The same message as by push, byte for byte. */
  readonly notice: PartnerMessage;
  /** What the recipient holds of this reference must be deleted. */
  readonly recall: boolean;
  /** Acknowledges everything up to and with this item, when it comes back as `after`. */
  readonly cursor: string;
}

export interface FeedPage {
  readonly items: readonly FeedItem[];
  /** To be sent as `after` next time. Opaque, and valid for this organisation only. */
  readonly next: string;
}

/** The cursor was not made here for this organisation. */
export class UnknownCursor extends Error {
  override readonly name = 'UnknownCursor';
}

export interface FeedParts {
  readonly database: DeliveryDatabase;
  readonly cases: Pick<Cases<unknown>, 'newest'>;
  readonly mayReceive: MayReceive;
  readonly keyring: Pick<Keyring, 'encryptToken' | 'decryptToken'>;
  readonly clock: Clock;
  readonly wait: WaitUntil;
  readonly portal: string;
}

export class Feed {
  private readonly bell = new Bell();

  constructor(private readonly parts: FeedParts) {}

  /** There may be something new to fetch. */
  wake(): void {
    this.bell.ring();
  }

  /**
   * The page after a cursor, from the beginning without one. Access is decided for each notice now: one that the
   * organisation may not have any more is passed over, and its number with it. What is handed out counts as sent.
   * @throws UnknownCursor
   */
  async read(organisation: string, after?: string): Promise<FeedPage> {
    const from = this.sequenceOf(organisation, after);
    const rows = await this.rowsAfter(organisation, from);
    const allowed = await this.allowed(rows);
    await this.handOut(allowed);
    const items = allowed.map((row) => this.item(row));
    return { items, next: this.cursor(organisation, rows.at(-1)?.sequence ?? from) };
  }

  /** As `read`, but an empty page waits for something until the instant or until `signal` aborts. */
  async readOrWait(
    organisation: string,
    after: string | undefined,
    until: string,
    signal: AbortSignal,
  ): Promise<FeedPage> {
    let page = await this.read(organisation, after);
    while (page.items.length === 0 && !signal.aborted && this.parts.clock() < until) {
      const look = later(this.parts.clock(), LOOK_AGAIN_MILLISECONDS);
      await this.bell.wait(look < until ? look : until, this.parts.wait, signal);
      page = await this.read(organisation, page.next);
    }
    return page;
  }

  /** The organisation has what was handed out up to and with this cursor: that is fetched. @throws UnknownCursor */
  async acknowledge(organisation: string, cursor: string): Promise<void> {
    const fetched = this.parts.database.kysely.updateTable('notices').set({ fetched_at: this.parts.clock() });
    await fetched
      .where('recipient', '=', organisation)
      .where('sequence', '<=', this.sequenceOf(organisation, cursor))
      .where('fetched_at', 'is', null)
      .where('sent_at', 'is not', null)
      .execute();
  }

  private async rowsAfter(organisation: string, sequence: number): Promise<NoticeRow[]> {
    const all = this.parts.database.kysely.selectFrom('notices').selectAll().where('recipient', '=', organisation);
    return all.where('sequence', '>', sequence).orderBy('sequence').limit(FEED_PAGE).execute();
  }

  private async allowed(rows: readonly NoticeRow[]): Promise<NoticeRow[]> {
    const cases = new Map<string, CaseFacts>();
    const allowed: NoticeRow[] = [];
    for (const row of rows) {
      const facts = cases.get(row.case_id) ?? (await this.parts.cases.newest(row.case_id));
      cases.set(row.case_id, facts);
      const may =
        row.recall === 1 || (await this.parts.mayReceive(row.recipient, facts, row.thing, this.parts.clock()));
      if (may) allowed.push(row);
    }
    return allowed;
  }

  private async handOut(rows: readonly NoticeRow[]): Promise<void> {
    const ids = rows.filter(({ sent_at }) => sent_at === null).map(({ id }) => id);
    if (ids.length === 0) return;
    const sent = this.parts.database.kysely.updateTable('notices').set({ sent_at: this.parts.clock() });
    await sent.where('id', 'in', ids).where('sent_at', 'is', null).execute();
  }

  private item(row: NoticeRow): FeedItem {
    return {
      notice: messageOf({ ...row, replyBy: row.reply_by }, this.parts.portal),
      recall: row.recall === 1,
      cursor: this.cursor(row.recipient, row.sequence),
    };
  }

  private cursor(organisation: string, sequence: number): string {
    return this.parts.keyring.encryptToken(`feed/${organisation}`, String(sequence));
  }

  private sequenceOf(organisation: string, cursor: string | undefined): number {
    if (cursor === undefined) return 0;
    const text = this.parts.keyring.decryptToken(`feed/${organisation}`, cursor);
    if (text === undefined) throw new UnknownCursor('this cursor was not given to this organisation');
    return Number(text);
  }
}

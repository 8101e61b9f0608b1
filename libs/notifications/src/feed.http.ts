/** `GET /v1/feed`: what an organisation was told, pulled by it. */
import { Readable } from 'node:stream';
import { Controller, Get, Headers, Inject, type OnModuleDestroy, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Rejection } from '#kernel';
import type { CaseRequest } from '#platform';
import { CurrentRequest, DocumentedRead, limitOf } from '#platform/nest';
import { FEED_PAGE } from './answers.http.js';
import type { Feed, FeedPage } from './feed.js';
import { HeldReads, MOST_HELD } from './held-reads.js';
import { NOTIFICATIONS, type Notifications } from './nest/notifications.js';
import { later } from './timer.js';

const LONGEST_WAIT_SECONDS = 30;
const HEARTBEAT_MILLISECONDS = 15_000;
/** A stream ends then, so that whoever reads on shows a token that is valid then. */
const STREAM_MILLISECONDS = 15 * 60_000;

@Controller('v1/feed')
export class FeedController implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private readonly held = new HeldReads();

  constructor(@Inject(NOTIFICATIONS) private readonly notifications: Notifications) {}

  /**
   * A page, a page that is waited for (`wait`, in seconds), or with `Accept: text/event-stream` a stream of notices
   * whose ids are cursors. `after`, or `Last-Event-ID`, acknowledges what was handed out up to it.
   */
  @Get()
  @DocumentedRead({
    summary: 'What the organisation was told: a page, or with `Accept: text/event-stream` a stream.',
    description: `A client holds ${MOST_HELD} streams and waiting reads open at once; one more is refused as \`too-many-requests\`.`,
    tag: 'partners',
    operationId: 'readFeed',
    answer: FEED_PAGE,
    query: {
      after: 'Cursor; acknowledges what was handed out up to it.',
      wait: `Seconds to wait for something new, up to ${LONGEST_WAIT_SECONDS}.`,
    },
    problems: ['position-invalid'],
  })
  async read(
    @CurrentRequest() { caller, query }: CaseRequest,
    @Headers('accept') accept: string | undefined,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FeedPage | StreamableFile> {
    const { feed, clock } = this.notifications;
    const after = query['after'] ?? lastEventId;
    const wait = secondsOf(query['wait']);
    if (after !== undefined) await this.acknowledge(caller.organisation, after);
    const signal = AbortSignal.any([this.stopping.signal, closed(reply)]);
    const streams = accept?.includes('text/event-stream') === true;
    if (streams || wait > 0) this.held.hold(limitOf(caller), signal);
    if (!streams) {
      return feed.readOrWait(caller.organisation, after, later(clock(), wait * 1_000), signal);
    }
    const events = eventsOf(this.notifications, caller.organisation, after, signal);
    return new StreamableFile(Readable.from(events), { type: 'text/event-stream; charset=utf-8' });
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async acknowledge(organisation: string, cursor: string): Promise<void> {
    try {
      await this.notifications.feed.acknowledge(organisation, cursor);
    } catch (error) {
      if ((error as Error).name !== 'UnknownCursor') throw error;
      throw new Rejection('invalid', 'position-invalid', 'the cursor was not given to this organisation');
    }
  }
}

async function* eventsOf(
  { feed, clock }: { readonly feed: Feed; readonly clock: () => string },
  organisation: string,
  after: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const end = later(clock(), STREAM_MILLISECONDS);
  yield ': open\n\n';
  for (let cursor = after; !signal.aborted && clock() < end;) {
    const page = await feed.readOrWait(organisation, cursor, later(clock(), HEARTBEAT_MILLISECONDS), signal);
    for (const item of page.items) yield `id: ${item.cursor}\nevent: notice\ndata: ${JSON.stringify(item)}\n\n`;
    if (page.items.length === 0) yield ': waiting\n\n';
    cursor = page.next;
  }
}

function secondsOf(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d{1,2}$/.test(text) && Number(text) <= LONGEST_WAIT_SECONDS) return Number(text);
  throw new Rejection('invalid', 'query-invalid', `wait is a number of seconds up to ${LONGEST_WAIT_SECONDS}`);
}

/** Aborts when the connection closes, or the answer is complete. */
function closed(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  if (reply.raw.closed) controller.abort();
  reply.raw.once('close', () => {
    controller.abort();
  });
  return controller.signal;
}

/**
 * What a partner is told by push: that something with this reference waits behind the link, and by when to answer.
 * Nothing else leaves the house, so an operator of a broker or of a mailbox on the way learns nothing.
 * Source: domain.md 8.4, architecture.md 7. CloudEvents 1.0, JSON format.
 */
import { uuidV5 } from '#event-store';

/** One constant for every message and every recipient: where it comes from would tell who works on what. */
export const MESSAGE_SOURCE = '/notices';
export const MESSAGE_TYPE = 'notice.v1';
/** What the bytes are, on every channel. */
export const CONTENT_TYPE = 'application/cloudevents+json; charset=utf-8';

/**
 * The whole content of a push.
 *
 * An absent `replyBy` says: look, and nothing is owed by a moment. A recall is one of these and is not told apart here:
 * that something was taken back is a fact about the person, and shows only where the reader has proved who it is (the
 * feed's `recall`, and the page behind the link).
 */
export interface NoticeData {
  /** The recipient's own random name of the referral, return or consent. */
  readonly reference: string;
  /** ISO 8601 in UTC, to the minute, rounded down: never later than what is owed. */
  readonly replyBy?: string;
  /** The portal page of that same reference. */
  readonly link: string;
  /** Position among all notices to this recipient, from 1. Of one reference only the highest number matters. */
  readonly sequence: number;
}

/** A CloudEvent, structured mode. Its members and their order are a contract (contracts/notice.v1.schema.json). */
export interface PartnerMessage {
  readonly specversion: '1.0';
  /** The same at every attempt, on every channel and after a restart: what a consumer forgets doubles by. */
  readonly id: string;
  readonly source: typeof MESSAGE_SOURCE;
  readonly type: typeof MESSAGE_TYPE;
  /** When the fact was recorded, to the minute. */
  readonly time: string;
  readonly data: NoticeData;
}

/** What a message is built from. */
export interface MessageParts {
  readonly id: string;
  readonly time: string;
  readonly reference: string;
  readonly replyBy?: string | null;
  readonly sequence: number;
}

/** Rounds an ISO instant down to the minute: finer times would let two recipients find their common case. */
export function toTheMinute(instant: string): string {
  const minute = new Date(instant).setUTCSeconds(0, 0);
  return `${new Date(minute).toISOString().slice(0, 19)}Z`;
}

/**
 * The id of the message that an event makes for a recipient: uuid v5 of event id and recipient.
 * @param index which one, where one event makes several for the same recipient
 */
export function messageId(eventId: string, recipient: string, index: number): string {
  return uuidV5(eventId, index === 0 ? recipient : `${recipient}/${String(index)}`);
}

/** Builds a message; the same parts give the same bytes. `portal` is the address below which references are opened. */
export function messageOf({ id, time, reference, replyBy, sequence }: MessageParts, portal: string): PartnerMessage {
  return {
    specversion: '1.0',
    id,
    source: MESSAGE_SOURCE,
    type: MESSAGE_TYPE,
    time: toTheMinute(time),
    data: {
      reference,
      ...(replyBy ? { replyBy: toTheMinute(replyBy) } : {}),
      link: `${portal.replace(/\/$/, '')}/${reference}`,
      sequence,
    },
  };
}

/** The bytes that are sent and signed. */
export function bytesOf(message: PartnerMessage): string {
  return JSON.stringify(message);
}

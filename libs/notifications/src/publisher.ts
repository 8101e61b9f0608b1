/** The port to partners by push. Adapters: webhook, and a broker. Source: architecture.md 7. */
import type { PartnerMessage } from './message.js';

/** Where a message goes. */
export interface Address {
  readonly organisation: string;
  /** Which way to that organisation: the id of its subscription, or of a topic. Opaque to everyone but the adapter. */
  readonly way: string;
}

/** The other side has the message. */
export interface Acknowledgement {
  /** What it answered: a status code, a partition and offset. For the operator; holds nothing of the message. */
  readonly answer: string;
}

/** The other side will never take this message, however often it is sent: it is dead at once. */
export class PublishRefused extends Error {
  override readonly name = 'PublishRefused';
}

/**
 * One attempt. Whoever calls keeps order, repeats, parks and gives up; an adapter does none of that.
 * - Resolves only when the other side acknowledged. A message may arrive although the attempt failed: at least once.
 * - Sent again, the message has the same id and the same bytes.
 * - Messages with the same `orderingKey`, published one after the other, arrive in that order.
 * - Ends by itself in bounded time.
 */
export interface Publisher {
  /**
   * @throws PublishRefused when no further attempt can succeed; any other error means: try again later
   */
  publish(recipient: Address, orderingKey: string, message: PartnerMessage): Promise<Acknowledgement>;
  close(): Promise<void>;
}

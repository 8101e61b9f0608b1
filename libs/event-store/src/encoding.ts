/** The stored form of events, one for all adapters, and the size limit that goes with it. */
import { APPEND_LIMIT_BYTES, AppendTooLarge, type EventToAppend } from './port.js';

/** An event with its data and metadata as the JSON text that is stored. */
export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

/**
 * Turns the events of one append into what is stored.
 * @throws AppendTooLarge when all data and metadata together are above `APPEND_LIMIT_BYTES`
 */
export function encode(events: readonly EventToAppend[]): readonly EncodedEvent[] {
  let bytes = 0;
  const encoded = events.map(({ id, type, ...event }) => {
    const data = JSON.stringify(event.data);
    const metadata = JSON.stringify(event.metadata);
    bytes += Buffer.byteLength(data) + Buffer.byteLength(metadata);
    return { id, type, data, metadata };
  });
  if (bytes > APPEND_LIMIT_BYTES) throw new AppendTooLarge(bytes);
  return encoded;
}

/** What a message is on a topic. CloudEvents 1.0, Kafka protocol binding, structured content mode. */
import { bytesOf, CONTENT_TYPE, type PartnerMessage, toTheMinute } from '../../message.js';

export interface KafkaRecord {
  /** Random, one a case and recipient, used nowhere else: it keeps order and says nothing. */
  readonly key: string;
  /** The bytes that a webhook would post. */
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds since 1970-01-01, as kafkajs wants it: text. */
  readonly timestamp: string;
}

/**
 * Builds the record of a message. The event is whole in the value; the binding lets its attributes stand in the headers
 * too, so that a consumer can drop a double without reading the value. The record's time is when it was sent, cut to the
 * minute like every time that leaves: not the time of the fact, since a broker removes records by it.
 */
export function recordOf(orderingKey: string, message: PartnerMessage, now: string): KafkaRecord {
  return {
    key: orderingKey,
    value: bytesOf(message),
    headers: {
      'content-type': CONTENT_TYPE,
      ce_specversion: message.specversion,
      ce_id: message.id,
      ce_source: message.source,
      ce_type: message.type,
      ce_time: message.time,
    },
    timestamp: String(Date.parse(toTheMinute(now))),
  };
}

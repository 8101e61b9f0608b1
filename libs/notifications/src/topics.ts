/** Where a partner is told on a broker. Source: architecture.md 7, docs/kafka.md. */
import type { Keyring } from '#privacy';

/** Name of the channel in delivery state. */
export const KAFKA_CHANNEL = 'kafka';

/**
 * The topic of an organisation: the same for ever, derived from the keyring, so that whoever lists the topics of a broker
 * learns neither who is told nor can try names until one fits.
 */
export function topicOf(keyring: Pick<Keyring, 'authenticate'>, organisation: string): string {
  return `notices-${keyring.authenticate('derived-secret', `kafka/${organisation}`).slice(0, 32)}`;
}

/** The one way to each recipient on a broker, as `Outbox` asks for it. */
export function kafkaWays(keyring: Pick<Keyring, 'authenticate'>) {
  return (recipient: string): readonly { channel: string; way: string }[] => [
    { channel: KAFKA_CHANNEL, way: topicOf(keyring, recipient) },
  ];
}

/** For the module that chooses an adapter: the publisher that needs a broker. */
import { readFile } from 'node:fs/promises';
import type { Clock } from '#kernel';
import type { KafkaSettings } from '#platform';
import type { Publisher } from '../publisher.js';

/**
 * Opens the publisher to a broker. kafkajs is loaded here and not before; it connects at the first message.
 * @throws what reading a file throws, so that a wrong path is seen at boot
 */
export async function openKafkaPublisher(settings: KafkaSettings, clock: Clock): Promise<Publisher> {
  const { brokers, caFile, username, passwordFile } = settings;
  const { kafkaPublisher } = await import('../adapters/kafka/kafka.js');
  const password = passwordFile === undefined ? undefined : (await readFile(passwordFile, 'utf8')).trimEnd();
  return kafkaPublisher({
    brokers,
    clock,
    ...(caFile === undefined ? {} : { ca: await readFile(caFile, 'utf8') }),
    ...(username === undefined || password === undefined ? {} : { credentials: { username, password } }),
  });
}

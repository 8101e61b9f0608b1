/** Push to a Kafka broker, one topic a recipient. Source: architecture.md 7, docs/kafka.md. */
import type { Clock } from '#kernel';
import { Kafka, type KafkaConfig, logLevel, Partitioners } from 'kafkajs';
import type { Publisher } from '../../publisher.js';
import { Producers } from './producers.js';
import { recordOf } from './record.js';

export interface KafkaParts {
  /** `host:port` of brokers to begin with; they name the others. */
  readonly brokers: readonly string[];
  /** PEM of the authority that vouches for the brokers; without it nothing is encrypted. */
  readonly ca?: string;
  /** SASL, SCRAM-SHA-512. */
  readonly credentials?: { readonly username: string; readonly password: string };
  readonly clock: Clock;
  readonly timeoutMilliseconds?: number;
}

const TIMEOUT_MILLISECONDS = 15_000;
const CONNECT_MILLISECONDS = 3_000;
const REQUEST_MILLISECONDS = 5_000;
/** Enough for a leader that moves; whoever calls tries again for days. */
const RETRY = { retries: 3, initialRetryTime: 100, maxRetryTime: 1_000 };

/** kafkajs's own words name brokers and topics: none is written. What failed is kept with the delivery, as a code. */
const silence = () => () => undefined;

/** How the brokers are reached. */
export function connectionOf({ brokers, ca, credentials }: KafkaParts): KafkaConfig {
  return {
    // The broker's operator sees it.
    clientId: 'notices',
    brokers: [...brokers],
    ...(ca === undefined ? {} : { ssl: { ca: [ca] } }),
    ...(credentials === undefined ? {} : { sasl: { mechanism: 'scram-sha-512' as const, ...credentials } }),
    connectionTimeout: CONNECT_MILLISECONDS,
    authenticationTimeout: CONNECT_MILLISECONDS,
    requestTimeout: REQUEST_MILLISECONDS,
    retry: RETRY,
    logLevel: logLevel.NOTHING,
    logCreator: silence,
  };
}

/** Connects at the first message. Topics are the operator's to make: none is made by a message. */
export function kafkaPublisher(parts: KafkaParts): Publisher {
  const kafka = new Kafka(connectionOf(parts));
  const producers = new Producers({
    create: () =>
      kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner: Partitioners.DefaultPartitioner,
        retry: RETRY,
      }),
    timeoutMilliseconds: parts.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS,
  });
  return {
    async publish({ way: topic }, orderingKey, message) {
      const { partition, baseOffset } = await producers.send(topic, recordOf(orderingKey, message, parts.clock()));
      return { answer: `${String(partition)}/${baseOffset ?? ''}` };
    },
    close: () => producers.close(),
  };
}

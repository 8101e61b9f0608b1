/** Settings of the broker to partners. */
import type { Reader } from './config.js';

export interface KafkaSettings {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  /** File of the authority (PEM) that vouches for the brokers; without it nothing is encrypted. */
  readonly caFile?: string;
  readonly username?: string;
  /** File that holds the password alone. */
  readonly passwordFile?: string;
}

const HOST_AND_PORT = /^[A-Za-z0-9.:[\]-]+:\d{1,5}$/;

/** `undefined` where no broker is named. A password never goes over a wire that others can read. */
export function readKafka(reader: Reader): KafkaSettings | undefined {
  const named = reader.text('KAFKA_BROKERS');
  const parts = {
    caFile: reader.text('KAFKA_TLS_CA_FILE'),
    username: reader.text('KAFKA_USERNAME'),
    passwordFile: reader.text('KAFKA_PASSWORD_FILE'),
  };
  if (named === undefined && Object.values(parts).some((value) => value !== undefined))
    reader.wrong('KAFKA_BROKERS', 'is needed where another setting of Kafka is', undefined);
  if ((parts.username === undefined) !== (parts.passwordFile === undefined))
    reader.wrong('KAFKA_USERNAME', 'and KAFKA_PASSWORD_FILE go together', undefined);
  else if (parts.username !== undefined && parts.caFile === undefined)
    reader.wrong('KAFKA_TLS_CA_FILE', 'is needed where KAFKA_USERNAME is: no password goes unencrypted', undefined);
  return named === undefined ? undefined : { brokers: brokersOf(reader, named), ...given(parts) };
}

function brokersOf(reader: Reader, named: string): readonly string[] {
  const brokers = named.split(',').map((broker) => broker.trim());
  return brokers.every((broker) => HOST_AND_PORT.test(broker))
    ? brokers
    : reader.wrong('KAFKA_BROKERS', 'must be a list of host:port, parted by commas', []);
}

const given = (parts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined));

/** As they may be shown: paths, no contents. */
export function describeKafka(kafka: KafkaSettings | undefined): Readonly<Record<string, string>> {
  if (kafka === undefined) return {};
  return given({
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_TLS_CA_FILE: kafka.caFile,
    KAFKA_USERNAME: kafka.username,
    KAFKA_PASSWORD_FILE: kafka.passwordFile,
  });
}

/**
 * A real broker for a test file: the one at `KAFKA_BROKERS`, or a container of the image in docker-compose.yml where a
 * Docker engine answers.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { STARTED_WITHIN_MILLISECONDS } from './eventstoredb-node.js';
import { freePort } from './free-port.js';

const PORT = 9092;

export interface KafkaForTests {
  readonly brokers: readonly string[];
  stop(): Promise<void>;
}

/** @returns undefined when there is no broker to be had */
export async function startKafka(): Promise<KafkaForTests | undefined> {
  const { KAFKA_BROKERS: given } = process.env;
  return given === undefined ? startContainer() : { brokers: given.split(','), stop: () => Promise.resolve() };
}

async function startContainer(): Promise<KafkaForTests | undefined> {
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const runtime = await getContainerRuntimeClient().catch(() => undefined);
  if (runtime === undefined) return undefined;
  const { image, environment } = await composedService();
  // A port of ours: a broker tells its clients where it is, so it must know before it starts.
  const port = await freePort();
  const broker = `${runtime.info.containerRuntime.host}:${String(port)}`;
  const container = await new GenericContainer(image)
    // The other listener, by which the composed services reach it, is here for the broker itself.
    .withEnvironment({ ...environment, KAFKA_ADVERTISED_LISTENERS: `PLAINTEXT://${broker},INSIDE://localhost:9094` })
    .withExposedPorts({ container: PORT, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Kafka Server started/))
    .withStartupTimeout(STARTED_WITHIN_MILLISECONDS)
    .start();
  const stop = async () => {
    await container.stop();
  };
  return { brokers: [broker], stop };
}

async function composedService(): Promise<{ image: string; environment: Record<string, string> }> {
  const text = await readFile(join(import.meta.dirname, '../../docker-compose.yml'), 'utf8');
  return (parse(text) as { services: { kafka: { image: string; environment: Record<string, string> } } }).services
    .kafka;
}

/**
 * A real EventStoreDB for a test file: the one at `EVENTSTORE_URL`, the program at `EVENTSTORE_SERVER`, or a container
 * of the image in docker-compose.yml where a Docker engine answers.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { STARTED_WITHIN_MILLISECONDS, startNode } from './eventstoredb-node.js';
import { freePort } from './free-port.js';

const PORT = 2113;

export interface EventStoreDbForTests {
  readonly address: string;
  /** Ends the server with SIGKILL and starts it again on the same log. Absent for a server that is not ours. */
  readonly killAndRestart?: () => Promise<void>;
  stop(): Promise<void>;
}

/** @returns undefined when there is no server to be had */
export async function startEventStoreDb(): Promise<EventStoreDbForTests | undefined> {
  const { EVENTSTORE_URL: given, EVENTSTORE_SERVER: program } = process.env;
  if (given !== undefined) return { address: given, stop: () => Promise.resolve() };
  return program === undefined ? startContainer() : startProgram(program);
}

async function startProgram(program: string): Promise<EventStoreDbForTests> {
  const node = await startNode(program);
  return { ...node, address: addressOf('127.0.0.1', node.port) };
}

async function startContainer(): Promise<EventStoreDbForTests | undefined> {
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const runtime = await getContainerRuntimeClient().catch(() => undefined);
  if (runtime === undefined) return undefined;
  const { image, environment: settings } = await composedService();
  // A port of ours, since a container that is started again would get another one.
  const port = await freePort();
  const container = await new GenericContainer(image)
    .withEnvironment(settings)
    .withExposedPorts({ container: PORT, host: port })
    .withWaitStrategy(Wait.forHttp('/health/live', PORT).forStatusCode(204))
    .withStartupTimeout(STARTED_WITHIN_MILLISECONDS)
    .start();
  const engine = runtime.container.getById(container.getId());
  return {
    address: addressOf(container.getHost(), port),
    killAndRestart: async () => {
      await engine.kill();
      await engine.start();
    },
    stop: async () => {
      await container.stop();
    },
  };
}

async function composedService(): Promise<{ image: string; environment: Record<string, string> }> {
  const text = await readFile(join(import.meta.dirname, '../../docker-compose.yml'), 'utf8');
  return (parse(text) as { services: { eventstore: { image: string; environment: Record<string, string> } } }).services
    .eventstore;
}

const addressOf = (host: string, port: number): string => `esdb://${host}:${port}?tls=false`;

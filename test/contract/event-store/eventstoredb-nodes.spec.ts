/** What only a server of one's own can show: TLS, credentials, and a cluster that loses its leader. */
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { EventStore } from '#event-store';
import { openEventStoreDb } from '#event-store/nest';
import { type NodeForTests, startCluster, startSecureNode } from '../../support/eventstoredb-node.js';
import { appendOne, first, firstBreak, newStream, readAll, receive } from './events.js';
import { reached, untilAnswered, write } from './persistent-writer.js';

jest.setTimeout(120_000);

const { EVENTSTORE_SERVER: program = '', REQUIRE_SERVERS: required } = process.env;
const whenProgram = program === '' ? describe.skip : describe;
if (program === '') {
  const unproven = 'NOT PROVEN: EventStoreDB over TLS, with credentials, and as a cluster (no EVENTSTORE_SERVER)';
  process.stderr.write(`${unproven}\n`);
  if (required === '1') {
    it('has an EventStoreDB of its own to start', () => {
      throw new Error(unproven);
    });
  }
}

whenProgram('EventStoreDB over TLS', () => {
  const opened: EventStore[] = [];
  let server: Awaited<ReturnType<typeof startSecureNode>>;
  beforeAll(async () => {
    server = await startSecureNode(program);
    const store = await open('admin:changeit@');
    // A node that has just started refuses everybody: it has no accounts yet.
    while (
      !(await store.head().then(
        () => true,
        () => false,
      ))
    )
      continue;
  });
  afterAll(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await server.stop();
  });

  const open = async (credentials: string, options = `tls=true&tlsCAFile=${server.authorityFile}`, scheme = 'esdb') => {
    const store = await openEventStoreDb(`${scheme}://${credentials}localhost:${server.port}?${options}`);
    opened.push(store);
    return store;
  };

  it.each(['esdb', 'kurrentdb'])('writes, reads and follows at an address %s://', async (scheme) => {
    const store = await open('admin:changeit@', undefined, scheme);
    const received = receive(store, await untilAnswered(() => store.head()), 2);
    const stream = newStream();
    const events = [await appendOne(store, stream), await appendOne(store, newStream())];
    expect(await received).toEqual(events);
    expect(await store.readStream(stream)).toEqual(events.slice(0, 1));
  });

  it.each([
    ['a wrong password', 'admin:wrong@'],
    ['no credentials', ''],
  ])('is refused, not lost, with %s', async (_, credentials) => {
    const store = await open(credentials);
    await expect(store.append(newStream(), first('case-1', 1), 'no-stream')).rejects.toMatchObject({
      type: 'access-denied',
    });
    await expect(store.readStream(newStream())).rejects.toMatchObject({ type: 'access-denied' });
  });

  it('stops at an event of another application each time, and goes on answering', async () => {
    const [store, stream] = [await open('admin:changeit@'), newStream()];
    const before = await store.head();
    const address = `esdb://admin:changeit@localhost:${server.port}?tls=true&tlsCAFile=${server.authorityFile}`;
    const other = EventStoreDBClient.connectionString(address);
    await other.appendToStream(newStream(), [jsonEvent({ type: 'Foreign', data: {} })]);
    await other.dispose();
    const own = await appendOne(store, stream);
    for (let reads = 0; reads < 2; reads++) await expect(readAll(store, before)).rejects.toThrow('another application');
    expect(await store.readStream(stream)).toEqual([own]);
  });

  it('trusts no server that an unknown authority vouches for', async () => {
    const store = await open('admin:changeit@', 'tls=true');
    await expect(store.head()).rejects.toMatchObject({ type: 'unavailable' });
  });
});

whenProgram('EventStoreDB as a cluster of three', () => {
  let cluster: Awaited<ReturnType<typeof startCluster>>;
  beforeAll(async () => {
    cluster = await startCluster(program);
  });
  afterAll(() => Promise.all(cluster.nodes.map((node) => node.stop())));

  it('loses no acknowledged event and no reader when the leader is killed', async () => {
    const leader: NodeForTests = await cluster.leader();
    const hosts = cluster.nodes.map(({ port }) => `127.0.0.1:${port}`).join();
    const store = await openEventStoreDb(`esdb://${hosts}?tls=false`);
    const before = await store.head();
    const streams = Array.from({ length: 16 }, newStream);
    const received = receive(store, before, 16 * 40);
    const writing = streams.map((stream) => write(store, stream, 40, () => undefined));
    await reached(store, before, streams[0]!, 10);
    await leader.kill();
    await Promise.all(writing);
    for (const stream of streams) {
      const events = await store.readStream(stream);
      expect(events).toHaveLength(40);
      expect(firstBreak(events)).toBe(-1);
    }
    expect(await received).toEqual(await readAll(store, before));
    expect(await cluster.leader().then(({ port }) => port)).not.toBe(leader.port);
    await store.close();
  });
});

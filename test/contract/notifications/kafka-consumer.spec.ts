/** The consumer that partners may copy, over the wire: what comes twice, or to another of its members, is done once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Consumer, Kafka, logLevel } from 'kafkajs';
import { World } from '../../../libs/notifications/src/contract/world.js';
import { messageOf, type PartnerMessage } from '../../../libs/notifications/src/message.js';
import { startKafka } from '../../support/kafka.js';
import { type KafkaFixture, openKafkaFixture } from '../../support/kafka-topics.js';
import { onRecord, openInbox } from '../../support/reference-consumer.js';

jest.setTimeout(120_000);

const server = await startKafka();
afterAll(() => server?.stop());
const CLINIC = 'clinica-aurora';
const CASES = 4;
const NOTICES_A_CASE = 10;

/** Writes down each time that a notice had an effect. */
const COUNTED = `
  create table worked (reference text not null, sequence integer not null);
  create trigger first after insert on things begin insert into worked values (new.reference, new.sequence); end;
  create trigger newer after update of sequence on things begin insert into worked values (new.reference, new.sequence); end`;

(server === undefined ? describe.skip : describe)('the consumer that partners may copy, on a topic', () => {
  const brokers = server?.brokers ?? [];
  const group = `clinic-${randomUUID()}`;
  let world: World;
  let fixture: KafkaFixture;
  let topic: string;
  let folder: string;
  let inbox: DatabaseSync;
  const members: Consumer[] = [];
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    world = await World.open();
    fixture = await openKafkaFixture(brokers)(world);
    ({ way: topic } = await fixture.reach(CLINIC));
    folder = await mkdtemp(join(tmpdir(), 'tandem-consumer-'));
    inbox = openInbox(join(folder, 'inbox.db'));
    inbox.exec(COUNTED);
  });
  afterEach(async () => {
    for (const member of members.splice(0)) await member.disconnect();
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await fixture.close();
    await world.close();
    inbox.close();
    await rm(folder, { recursive: true });
  });

  /** All notices of several cases, each of which comes twice. */
  async function publishTwice(): Promise<readonly PartnerMessage[]> {
    const cases = Array.from({ length: CASES }, async () => {
      const [key, reference] = [randomUUID(), randomUUID()];
      const sent: PartnerMessage[] = [];
      for (let sequence = 1; sequence <= NOTICES_A_CASE; sequence++) {
        const facts = { id: randomUUID(), time: world.time.clock(), reference, sequence };
        const message = messageOf(facts, 'https://portal.example');
        for (let copy = 0; copy < 2; copy++)
          await fixture.publisher.publish({ organisation: CLINIC, way: topic }, key, message);
        sent.push(message);
      }
      return sent;
    });
    return (await Promise.all(cases)).flat();
  }

  const effects = () => inbox.prepare('select reference, sequence from worked order by reference, sequence').all();
  const told = (sent: readonly PartnerMessage[]) =>
    sent
      .map(({ data: { reference, sequence } }) => ({ reference, sequence }))
      .sort((a, b) => (a.reference === b.reference ? a.sequence - b.sequence : a.reference < b.reference ? -1 : 1));

  /** A member of the group; `taken` hears of each record. */
  async function member(taken: () => void): Promise<Consumer> {
    const kafka = new Kafka({ clientId: 'partner', brokers: [...brokers], logLevel: logLevel.NOTHING });
    const consumer = kafka.consumer({
      groupId: group,
      sessionTimeout: 6_000,
      heartbeatInterval: 500,
      maxWaitTimeInMs: 100,
    });
    members.push(consumer);
    const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
    const take = onRecord(inbox);
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: async (record) => {
        await take(record);
        taken();
      },
    });
    await joined;
    return consumer;
  }

  it('does once what comes twice, while members of its group come and go', async () => {
    const record = { taken: 0, enough: Promise.withResolvers<undefined>() };
    const all = 4 * CASES * NOTICES_A_CASE;
    const taken = () => {
      if (++record.taken >= all) record.enough.resolve(undefined);
    };
    const first = await member(taken);
    const before = await publishTwice();
    const meanwhile = publishTwice();
    await member(taken);
    await first.disconnect();
    const sent = [...before, ...(await meanwhile)];
    await record.enough.promise;
    expect(effects()).toEqual(told(sent));
  });

  it('does once what it had done when it was killed, and is brought again', async () => {
    const sent = await publishTwice();
    // Fewer than one partition has, and kafkajs commits after all it fetched of one: nothing is acknowledged.
    const killed = start('15');
    const [, signal] = (await once(killed, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    expect(effects().length).toBeGreaterThan(0);
    let brought = 0;
    for await (const _record of createInterface({ input: start().stdout })) if (++brought === 2 * sent.length) break;
    expect(effects()).toEqual(told(sent));
  });

  function start(...dieAfter: string[]) {
    const here = import.meta.dirname;
    const code = ['--import', join(here, '../event-store/typescript.mjs'), join(here, 'kafka-consumer.child.ts')];
    const args = [brokers.join(','), topic, `killed-${group}`, join(folder, 'inbox.db'), ...dieAfter];
    const child = spawn(process.execPath, [...code, ...args], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  }
});

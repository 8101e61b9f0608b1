/** What partners find on their topics: a consumer each, and the publisher that fills them. */
import { type Admin, type Consumer, type EachMessagePayload, Kafka, logLevel } from 'kafkajs';
import { kafkaPublisher } from '../../libs/notifications/src/adapters/kafka/kafka.js';
import type { PublisherFixture } from '../../libs/notifications/src/contract/publisher.contract.js';
import type { World } from '../../libs/notifications/src/contract/world.js';
import type { PartnerMessage } from '../../libs/notifications/src/message.js';
import { KAFKA_CHANNEL, topicOf } from '../../libs/notifications/src/topics.js';

type Record = EachMessagePayload['message'];

export interface KafkaFixture extends PublisherFixture {
  /** Everything on the topic of an organisation, in order of arrival. */
  records(organisation: string): Promise<readonly Record[]>;
}

interface Topic {
  readonly name: string;
  readonly consumer: Consumer;
  readonly received: Record[];
  /** Resolves when one more has come. */
  more: PromiseWithResolvers<undefined>;
}

/** More than one, so that it is the key that keeps the order. */
const PARTITIONS = 3;

export function openKafkaFixture(brokers: readonly string[]): (world: World) => Promise<KafkaFixture> {
  return async ({ keyring, time }) => {
    const kafka = new Kafka({ clientId: 'partner', brokers: [...brokers], logLevel: logLevel.NOTHING });
    const admin = kafka.admin();
    await admin.connect();
    const topics = new Map<string, Topic>();
    const publisher = kafkaPublisher({ brokers, clock: time.clock });
    const records = (organisation: string) => allOf(admin, topics.get(organisation));
    return {
      publisher,
      channel: KAFKA_CHANNEL,
      records,
      async reach(organisation) {
        const name = topicOf(keyring, organisation);
        await makeTopic(admin, name);
        topics.set(organisation, await follow(kafka, name));
        return { way: name, subscribed: false };
      },
      arrived: async (organisation) =>
        (await records(organisation)).map(({ value }) => JSON.parse(String(value)) as PartnerMessage),
      async close() {
        await Promise.all(topics.values().map(({ consumer }) => consumer.disconnect()));
        await publisher.close();
        await admin.disconnect();
      },
    };
  };
}

async function makeTopic(admin: Admin, topic: string): Promise<void> {
  await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }], waitForLeaders: true });
}

async function follow(kafka: Kafka, name: string): Promise<Topic> {
  const consumer = kafka.consumer({ groupId: `reader-of-${name}`, maxWaitTimeInMs: 100 });
  const topic: Topic = { name, consumer, received: [], more: Promise.withResolvers() };
  await consumer.connect();
  await consumer.subscribe({ topics: [name], fromBeginning: true });
  await consumer.run({
    eachMessage: ({ message }) => {
      topic.received.push(message);
      topic.more.resolve(undefined);
      topic.more = Promise.withResolvers();
      return Promise.resolve();
    },
  });
  return topic;
}

/** The broker says how much there is, so that nothing is waited for that never comes, and nothing missed. */
async function allOf(admin: Admin, topic: Topic | undefined): Promise<readonly Record[]> {
  if (topic === undefined) throw new Error('this organisation was not reached');
  const offsets = await admin.fetchTopicOffsets(topic.name);
  const count = offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  while (topic.received.length < count) await topic.more.promise;
  return [...topic.received];
}

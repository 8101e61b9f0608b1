import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { publisherPromises } from '../../../libs/notifications/src/contract/publisher.contract.js';
import { World } from '../../../libs/notifications/src/contract/world.js';
import { bytesOf, messageOf } from '../../../libs/notifications/src/message.js';
import { type KafkaForTests, startKafka } from '../../support/kafka.js';
import { openKafkaFixture } from '../../support/kafka-topics.js';

jest.setTimeout(120_000);

const server = await startKafka();
afterAll(() => server?.stop());

if (server === undefined) withoutServer();
else withServer(server);

/** One loud line, or a failure where servers are required. */
function withoutServer(): void {
  const unproven = 'NOT PROVEN: push to partners on Kafka (no KAFKA_BROKERS, no Docker engine)';
  if (process.env['REQUIRE_SERVERS'] === '1') {
    it('has a Kafka broker to run on', () => {
      throw new Error(unproven);
    });
  } else {
    process.stderr.write(`${unproven}\n`);
    it.skip('publisher: Kafka', () => undefined);
  }
}

function withServer({ brokers }: KafkaForTests): void {
  publisherPromises('Kafka', openKafkaFixture(brokers));

  describe('records on a topic', () => {
    const one = (sequence: number) =>
      messageOf(
        { id: randomUUID(), time: '2026-11-24T10:15:07.000Z', reference: randomUUID(), sequence },
        'https://portal.example',
      );
    const opened: { close(): Promise<void> }[] = [];
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.close();
    });
    const open = async () => {
      const world = await World.open();
      const fixture = await openKafkaFixture(brokers)(world);
      const organisation = 'casa-lumina';
      const { way } = await fixture.reach(organisation);
      opened.push(fixture, world);
      return { ...fixture, organisation, way };
    };

    it('arrive with key, bytes and headers as they were made', async () => {
      const { publisher, organisation, way, records } = await open();
      const message = one(1);
      const { answer } = await publisher.publish({ organisation, way }, 'a-random-key', message);
      expect(answer).toMatch(/^\d+\/0$/);
      const [record] = await records(organisation);
      expect([String(record?.key), String(record?.value)]).toEqual(['a-random-key', bytesOf(message)]);
      const headers = Object.entries(record?.headers ?? {}).map(([name, value]) => [name, String(value)]);
      expect(Object.fromEntries(headers)).toMatchObject({
        ce_id: message.id,
        ce_type: 'notice.v1',
        ce_specversion: '1.0',
      });
    });

    it('all arrive, in the order of each key, when many are sent at once', async () => {
      const { publisher, organisation, way, records } = await open();
      const keys = Array.from({ length: 4 }, () => randomUUID());
      const sent = keys.map(async (key) => {
        for (let sequence = 1; sequence <= 25; sequence++)
          await publisher.publish({ organisation, way }, key, one(sequence));
      });
      await Promise.all(sent);
      const all = await records(organisation);
      for (const key of keys) {
        const own = all.filter((record) => String(record.key) === key);
        const sequences = own.map(({ value }) => (JSON.parse(String(value)) as ReturnType<typeof one>).data.sequence);
        expect(sequences).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
      }
    });

    it('are tried again where the topic is missing: none is made by a message', async () => {
      const { publisher, organisation } = await open();
      const missing = { organisation, way: `notices-${randomUUID()}` };
      await expect(publisher.publish(missing, 'a-random-key', one(1))).rejects.toMatchObject({
        name: 'NotProduced',
        code: 'UNKNOWN_TOPIC_OR_PARTITION',
      });
    });
  });
}

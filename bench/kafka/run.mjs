// KAFKA_BROKERS=host:port node bench/kafka/run.mjs [--rounds 3]
// From the notifier's queue to the broker's acknowledgement, beside a bare idempotent producer of the same driver, both
// on the broker at KAFKA_BROKERS and in turn. The notifier decides access, keeps order and writes down each delivery,
// synced; the bare producer keeps nothing. Writes bench/results/kafka.json. Without a broker nothing is measured, and it
// says so.
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { KAFKA_BROKERS: named } = process.env;
if (named === undefined) {
  console.log('NOT MEASURED: the notifier to Kafka. Set KAFKA_BROKERS.');
  process.exit(0);
}

const { openDatabase } = await import('../../dist/libs/database/src/index.js');
const { bytesOf, createDeliveryTables, messageOf, Sender } = await import('../../dist/libs/notifications/src/index.js');
const { openKafkaPublisher } = await import('../../dist/libs/notifications/src/nest.js');
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } });
const brokers = named.split(',');
const RECIPIENTS = 8;
const CASES = 25;
const NOTICES = 2_000;
const PORTAL = 'https://portal.example';
const clock = () => new Date().toISOString();

const topics = Array.from({ length: RECIPIENTS }, () => `notices-${randomUUID().replaceAll('-', '')}`);
const kafka = new Kafka({ clientId: 'bench', brokers, logLevel: logLevel.NOTHING });
const admin = kafka.admin();
await admin.connect();
await admin.createTopics({ topics: topics.map((topic) => ({ topic, numPartitions: 3 })), waitForLeaders: true });
const bare = kafka.producer({
  idempotent: true,
  maxInFlightRequests: 1,
  createPartitioner: Partitioners.DefaultPartitioner,
});
await bare.connect();
const publisher = await openKafkaPublisher({ brokers }, clock);

const notice = (number) => ({
  id: randomUUID(),
  recipient: topics[number % RECIPIENTS],
  sequence: Math.floor(number / RECIPIENTS) + 1,
  case_id: randomUUID(),
  thing: randomUUID(),
  reference: randomUUID(),
  ordering_key: `key-${number % RECIPIENTS}-${Math.floor(number / RECIPIENTS) % CASES}`,
  recall: 0,
  reply_by: null,
  time: clock(),
  position: String(number),
  sent_at: null,
  fetched_at: null,
});
const notices = () => Array.from({ length: NOTICES }, (_, number) => notice(number));

/** Notices a second from the queue to the acknowledgement that is written down. */
async function ours() {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-kafka-'));
  const database = openDatabase(`sqlite:${join(folder, 'operations.db')}`);
  await createDeliveryTables(database.kysely);
  await database.kysely.transaction().execute(async (write) => {
    for (const row of notices()) {
      await write.insertInto('notices').values(row).execute();
      const { id, recipient, case_id, thing, ordering_key, sequence, recall, time } = row;
      const delivery = { id: randomUUID(), notice: id, channel: 'kafka', way: recipient, recipient, case_id, thing };
      const state = { ordering_key, sequence, recall, state: 'waiting', attempts: 0, due_at: time, answer: null };
      await write
        .insertInto('deliveries')
        .values({ ...delivery, ...state })
        .execute();
    }
  });
  const sender = new Sender({
    ...{ database, clock, chance: Math.random, portal: PORTAL, wait: () => Promise.resolve() },
    cases: { newest: () => Promise.resolve({}) },
    mayReceive: () => Promise.resolve(true),
    lease: { require: () => Promise.resolve() },
    publishers: { kafka: publisher },
  });
  const started = performance.now();
  await Promise.all(topics.map((way) => sender.sendDue({ channel: 'kafka', way })));
  const seconds = (performance.now() - started) / 1_000;
  const sent = await database.kysely.selectFrom('deliveries').select('id').where('state', '=', 'sent').execute();
  if (sent.length !== NOTICES) throw new Error(`${sent.length} of ${NOTICES} were sent`);
  await database.close();
  rmSync(folder, { recursive: true });
  return NOTICES / seconds;
}

/** The same records, one a send, one at a time on each topic, all topics at once. */
async function besides() {
  const records = notices().map((row) => [row, bytesOf(messageOf({ ...row, replyBy: null }, PORTAL))]);
  const started = performance.now();
  const send = async (topic) => {
    for (const [row, value] of records)
      if (row.recipient === topic) await bare.send({ topic, acks: -1, messages: [{ key: row.ordering_key, value }] });
  };
  await Promise.all(topics.map(send));
  return NOTICES / ((performance.now() - started) / 1_000);
}

await besides();
await ours();
const runs = [];
for (let round = 0; round < Number(values.rounds); round++)
  runs.push({ value: Math.round(await ours()), besideValue: Math.round(await besides()) });
await publisher.close();
await bare.disconnect();
await admin.deleteTopics({ topics });
await admin.disconnect();

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const value = median(runs.map((run) => run.value));
const besideValue = median(runs.map((run) => run.besideValue));
const result = {
  measure: `notices to the broker, ${RECIPIENTS} recipients at once`,
  ...{ value, unit: 'notices/s', beside: 'kafkajs, idempotent producer that keeps nothing', besideValue },
  ...{ ratio: Math.round((value / besideValue) * 100) / 100, target: null, reached: null, runs },
};
console.log(`${result.measure}: ${value}/s, bare producer ${besideValue}/s, ratio ${result.ratio}`);
const folder = join(import.meta.dirname, '..', 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'kafka.json'), `${JSON.stringify(result, null, 2)}\n`);

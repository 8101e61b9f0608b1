/**
 * The consumer of docs/consuming.md as a process: BROKERS TOPIC GROUP INBOX [DIE_AFTER]. It says which record it took,
 * and after so many kills itself, as kill -9 does: what they did is committed, that they were read is not.
 */
import { Kafka, logLevel } from 'kafkajs';
import { onRecord, openInbox } from '../../support/reference-consumer.js';

const [brokers = '', topic = '', groupId = '', file = '', dieAfter] = process.argv.slice(2);
const take = onRecord(openInbox(file));
const kafka = new Kafka({ clientId: 'partner', brokers: brokers.split(','), logLevel: logLevel.NOTHING });
// The shortest that brokers allow: who died holds its partitions for so long.
const consumer = kafka.consumer({ groupId, sessionTimeout: 6_000, heartbeatInterval: 1_000, maxWaitTimeInMs: 100 });
let taken = 0;
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({
  eachMessage: async ({ partition, message }) => {
    await take({ message });
    process.stdout.write(`${String(partition)}/${message.offset}\n`);
    if (String(++taken) === dieAfter) process.kill(process.pid, 'SIGKILL');
  },
});

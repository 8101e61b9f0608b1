import { describe, expect, it } from '@jest/globals';
import type { ProducerRecord, RecordMetadata } from 'kafkajs';
import { Producers } from './producers.js';
import type { KafkaRecord } from './record.js';

const record = (value: string): KafkaRecord => ({ key: 'key', value, headers: { ce_id: value }, timestamp: '0' });
const kept: RecordMetadata[] = [{ topicName: 'a', partition: 0, errorCode: 0, baseOffset: '1' }];

/** What kafkajs would be told, with answers that a test gives by hand. */
function connections() {
  const told: {
    connection: number;
    topic: string;
    value: unknown;
    acks: number | undefined;
    answer: PromiseWithResolvers<RecordMetadata[]>;
  }[] = [];
  const ended: number[] = [];
  let count = 0;
  let arrivals: (() => void)[] = [];
  const create = () => {
    const connection = ++count;
    return {
      connect: () => Promise.resolve(),
      disconnect: () => Promise.resolve(void ended.push(connection)),
      send: ({ topic, acks, messages }: ProducerRecord) => {
        const answer = Promise.withResolvers<RecordMetadata[]>();
        told.push({ connection, topic, value: messages[0]?.value, acks, answer });
        for (const arrived of arrivals.splice(0)) arrived();
        return answer.promise;
      },
    };
  };
  const toldOf = async (number: number) => {
    while (told.length < number) await new Promise<void>((resolve) => (arrivals = [...arrivals, resolve]));
    return told[number - 1]!;
  };
  return { create, told, ended, toldOf };
}

const open = (timeoutMilliseconds = 10_000) => {
  const made = connections();
  return { ...made, producers: new Producers({ create: made.create, timeoutMilliseconds }) };
};

describe('sends to a broker', () => {
  it('wait for all replicas, and share a connection', async () => {
    const { producers, toldOf } = open();
    const both = [producers.send('a', record('1')), producers.send('b', record('2'))];
    for (const number of [1, 2]) (await toldOf(number)).answer.resolve(kept);
    expect(await Promise.all(both)).toEqual([kept[0], kept[0]]);
    expect(await toldOf(1)).toMatchObject({ connection: 1, acks: -1 });
    expect(await toldOf(2)).toMatchObject({ connection: 1 });
  });

  it('are one at a time on a topic, so that no two take the same sequence', async () => {
    const { producers, told, toldOf } = open();
    const first = producers.send('a', record('1'));
    const second = producers.send('a', record('2'));
    const other = producers.send('b', record('3'));
    await toldOf(2);
    expect(told.map(({ value }) => value)).toEqual(['1', '3']);
    told[0]!.answer.resolve(kept);
    await first;
    (await toldOf(3)).answer.resolve(kept);
    expect(told.map(({ value }) => value)).toEqual(['1', '3', '2']);
    told[1]!.answer.resolve(kept);
    await Promise.all([second, other]);
  });

  it('never follow a failure on the same producer, whose sequence the broker may know', async () => {
    const { producers, told, ended, toldOf } = open();
    const failed = producers.send('a', record('1'));
    const waiting = producers.send('a', record('2'));
    const other = producers.send('b', record('3'));
    (await toldOf(2), told[0]!).answer.reject(new Error('reply lost'));
    await expect(failed).rejects.toMatchObject({ name: 'NotProduced' });
    expect(await toldOf(3)).toMatchObject({ connection: 2, value: '2' });
    expect(ended).toEqual([]);
    told[1]!.answer.resolve(kept);
    await other;
    expect(ended).toEqual([1]);
    told[2]!.answer.resolve(kept);
    await waiting;
  });

  it('end by themselves when nothing is answered', async () => {
    const { producers, ended, toldOf } = open(20);
    await expect(producers.send('a', record('1'))).rejects.toMatchObject({ code: 'no-answer-in-time' });
    expect(ended).toEqual([1]);
    const next = producers.send('a', record('1'));
    (await toldOf(2)).answer.resolve(kept);
    expect(await next).toEqual(kept[0]);
  });

  it('are ended before the connection is, and none begins afterwards', async () => {
    const { producers, ended, toldOf } = open();
    const sent = producers.send('a', record('1'));
    const told = await toldOf(1);
    const closed = producers.close();
    expect(ended).toEqual([]);
    told.answer.resolve(kept);
    await Promise.all([sent, closed]);
    expect(ended).toEqual([1]);
    await expect(producers.send('a', record('2'))).rejects.toMatchObject({ code: 'closed' });
  });
});

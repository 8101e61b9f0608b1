/**
 * Sends on idempotent producers of kafkajs, around two of its faults.
 *
 * - It counts a sequence back when a send fails, also when the broker has written the record. The next record on that
 *   partition then bears a number that the broker knows, is taken for a double and **acknowledged without being kept**.
 *   So a producer that failed once is used no more: its successor has another id at the broker, and counts anew.
 * - It tries again by itself, while another send on that partition may take the same number. So one send a topic at a
 *   time; numbers of other topics are apart.
 */
import type { Producer, RecordMetadata } from 'kafkajs';
import { failureOf, NotProduced } from './failure.js';
import type { KafkaRecord } from './record.js';

/** What is used of a producer. */
export type ProducerConnection = Pick<Producer, 'connect' | 'send' | 'disconnect'>;

export interface ProducersOptions {
  readonly create: () => ProducerConnection;
  /** For connecting and sending together; afterwards the outcome is unknown. */
  readonly timeoutMilliseconds: number;
}

interface Opened {
  readonly producer: ProducerConnection;
  readonly connected: Promise<void>;
  users: number;
}

export class Producers {
  private current: Opened | undefined;
  private readonly turns = new Map<string, Promise<void>>();
  private disconnected: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: ProducersOptions) {}

  /**
   * Sends one record, when those before it on its topic have ended. Connects when it must.
   * @throws PublishRefused, NotProduced
   */
  send(topic: string, record: KafkaRecord): Promise<RecordMetadata> {
    const sent = (this.turns.get(topic) ?? Promise.resolve()).then(() => this.attempt(topic, record));
    const ended = sent.then(
      () => undefined,
      () => undefined,
    );
    this.turns.set(topic, ended);
    void ended.then(() => {
      if (this.turns.get(topic) === ended) this.turns.delete(topic);
    });
    return sent;
  }

  /** Lets sends end, takes no other, and disconnects. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all(this.turns.values());
    if (this.current !== undefined) this.retire(this.current);
    await this.disconnected;
  }

  private async attempt(topic: string, record: KafkaRecord): Promise<RecordMetadata> {
    if (this.isClosed) throw new NotProduced('closed');
    const opened = (this.current ??= this.open());
    opened.users += 1;
    try {
      return await this.inTime(produce(opened, topic, record));
    } catch (error) {
      if (this.current === opened) this.current = undefined;
      throw failureOf(error);
    } finally {
      opened.users -= 1;
      if (this.current !== opened && opened.users === 0) this.retire(opened);
    }
  }

  private open(): Opened {
    const producer = this.options.create();
    return { producer, connected: producer.connect(), users: 0 };
  }

  private retire(opened: Opened): void {
    if (this.current === opened) this.current = undefined;
    this.disconnected = Promise.allSettled([this.disconnected, this.inTime(opened.producer.disconnect())]);
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new NotProduced('no-answer-in-time'));
    }, this.options.timeoutMilliseconds);
    try {
      return await Promise.race([work, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
}

const ALL_REPLICAS = -1;

async function produce({ producer, connected }: Opened, topic: string, record: KafkaRecord): Promise<RecordMetadata> {
  await connected;
  const [kept] = await producer.send({
    topic,
    acks: ALL_REPLICAS,
    messages: [{ ...record, headers: { ...record.headers } }],
  });
  if (kept === undefined) throw new NotProduced('no-acknowledgement');
  return kept;
}

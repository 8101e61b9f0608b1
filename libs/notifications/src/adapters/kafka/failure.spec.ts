import { describe, expect, it } from '@jest/globals';
import {
  KafkaJSConnectionError,
  KafkaJSNonRetriableError,
  KafkaJSNumberOfRetriesExceeded,
  KafkaJSProtocolError,
  KafkaJSSASLAuthenticationError,
} from 'kafkajs';
import { failureOf } from './failure.js';

const of = (type: string) =>
  new KafkaJSProtocolError(Object.assign(new Error('on topic s3cret'), { type, code: 1, retriable: true }));
const gaveUp = (cause: Error) => new KafkaJSNumberOfRetriesExceeded(cause, { retryCount: 3, retryTime: 1 });
/** The types of kafkajs leave its second parameter out. */
const bailedOut = (cause: Error) => Reflect.construct(KafkaJSNonRetriableError, [cause, { cause }]) as Error;

describe('what a failed send means', () => {
  it.each(['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE', 'INVALID_RECORD', 'INVALID_TOPIC_EXCEPTION'])(
    '%s: the broker will never take this message',
    (type) => {
      expect(failureOf(of(type)).name).toBe('PublishRefused');
      expect(failureOf(bailedOut(of(type))).name).toBe('PublishRefused');
    },
  );

  it.each([
    [of('NOT_ENOUGH_REPLICAS'), 'NOT_ENOUGH_REPLICAS'],
    [of('OUT_OF_ORDER_SEQUENCE_NUMBER'), 'OUT_OF_ORDER_SEQUENCE_NUMBER'],
    [of('TOPIC_AUTHORIZATION_FAILED'), 'TOPIC_AUTHORIZATION_FAILED'],
    [gaveUp(of('UNKNOWN_TOPIC_OR_PARTITION')), 'UNKNOWN_TOPIC_OR_PARTITION'],
    [gaveUp(gaveUp(of('REQUEST_TIMED_OUT'))), 'REQUEST_TIMED_OUT'],
    [
      gaveUp(new KafkaJSConnectionError('s3cret:9092', { broker: 's3cret:9092', code: 'ECONNREFUSED' })),
      'ECONNREFUSED',
    ],
    [Reflect.construct(KafkaJSSASLAuthenticationError, ['s3cret']) as Error, 'KafkaJSSASLAuthenticationError'],
    [new TypeError('s3cret'), 'TypeError'],
    [undefined, 'failed'],
  ])('%s: try again, with a code and no words of the broker', (error, code) => {
    const failure = failureOf(error);
    expect(failure).toMatchObject({ name: 'NotProduced', code });
    expect(JSON.stringify([failure.message, failure.cause ?? null])).not.toContain('s3cret');
  });
});

import { describe, expect, it } from '@jest/globals';
import { Rejection, type RejectionKind } from '#kernel';
import { Problem } from './problem.js';
import { languageOf, toProblem } from './to-problem.js';

const answer = (error: unknown) => toProblem(error, 'r-1', 'en');
const named = (name: string) => Object.assign(new Error('secret'), { name });

describe('the answer', () => {
  it.each<[RejectionKind, number]>([
    ['invalid', 400],
    ['not-allowed', 403],
    ['unknown', 404],
    ['wrong-state', 409],
    ['precondition', 412],
    ['rule-broken', 422],
    ['unavailable', 503],
  ] as [RejectionKind, number][])('to a rejection of kind %s is %i', (kind, status) => {
    expect(answer(new Rejection(kind, 'busy', 'm')).status).toBe(status);
  });

  it('tells in one text what is not there and what is not yours to know', () => {
    const detail = (why: string) => toProblem(new Rejection('unknown', 'not-found', why), 'r', 'en').body.detail;
    expect(detail('there is no such case')).toBe(detail('there is no such referral'));
  });

  it('follows RFC 9457 and carries details as they are', () => {
    const { body, headers } = answer(
      new Rejection('rule-broken', 'body-invalid', 'why', { needs: 'X', errors: ['/a b is-in'] }),
    );
    expect(body).toEqual({
      type: 'urn:tandem:problem:body-invalid',
      title: 'Body has a wrong shape',
      status: 422,
      code: 'body-invalid',
      detail: 'why',
      requestId: 'r-1',
      errors: [{ pointer: '/a b', code: 'is-in' }],
      details: { needs: 'X' },
    });
    expect(headers).toEqual({ 'content-language': 'en' });
  });

  it('keeps the headers of a problem, and says when to come back', () => {
    expect(answer(new Problem('token-missing', 'm', {}, { 'www-authenticate': 'Bearer' })).headers).toMatchObject({
      'www-authenticate': 'Bearer',
    });
    expect(answer(new Problem('busy', 'm')).headers).toMatchObject({ 'retry-after': '1' });
  });

  it.each([
    [named('WrongExpectedRevision'), 503, 'busy'],
    [named('StreamBusy'), 503, 'busy'],
    [named('AppendOutcomeUnknown'), 503, 'busy'],
    [named('UnknownEvent'), 503, 'newer-events'],
    [named('AppendTooLarge'), 413, 'body-too-large'],
    [{ status: 404 }, 404, 'route-unknown'],
    [{ statusCode: 414 }, 400, 'broken-request'],
    [{ statusCode: 400, cause: { code: 'FST_ERR_CTP_BODY_TOO_LARGE' } }, 413, 'body-too-large'],
  ])('to %p is known by name, code or status', (error, status, code) => {
    const { body } = answer(error);
    expect(body).toMatchObject({ status, code });
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each([
    [new Error('secret')],
    [new RangeError('secret')],
    ['secret'],
    [undefined],
    [null],
    [{ status: 500, message: 'secret' }],
    [{ status: 200 }],
  ])('to %p is `internal` and says nothing', (error) => {
    const { body } = answer(error);
    expect(body).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});

describe('the language', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ro', 'ro'],
    ['ro-MD', 'ro'],
    ['RO', 'ro'],
    ['en, ro', 'en'],
    ['en;q=0.8, ro;q=0.9', 'ro'],
    ['ro;q=0', 'en'],
    ['de, ro;q=0.1', 'ro'],
    ['roa', 'en'],
    ['ro;q=x', 'en'],
    ['*', 'en'],
  ] as const)('asked for with %j is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

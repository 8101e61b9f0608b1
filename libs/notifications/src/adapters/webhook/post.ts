/** One POST, bounded in time and in what it reads. Redirects are answers like any other: they are not followed. */
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps, type RequestOptions } from 'node:https';

/** Of an answer's body nothing is kept; this much is read, so that a polite subscriber's connection ends well. */
const ANSWER_BYTES = 1_024;
const ANSWER_MILLISECONDS = 1_000;

/** The subscriber did not answer in time. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly code = 'no-answer-in-time';
}

export interface PostOptions extends Pick<RequestOptions, 'lookup' | 'ca'> {
  /** From the start of the look-up to the answer's status. */
  readonly timeoutMilliseconds: number;
}

/** Posts a body and answers with the status. @throws NoAnswer, or what the connection met */
export function post(url: URL, headers: Record<string, string>, body: string, options: PostOptions): Promise<number> {
  const { timeoutMilliseconds, ...connection } = options;
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  // A connection of its own for each attempt: what was judged is what is connected to.
  const settings = {
    ...connection,
    method: 'POST',
    agent: false as const,
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
  };
  return new Promise((resolve, reject) => {
    const request = send(url, settings, (answer) => {
      drop(answer);
      clearTimeout(timeout);
      resolve(answer.statusCode ?? 0);
    });
    const timeout = setTimeout(() => request.destroy(new NoAnswer('no answer in time')), timeoutMilliseconds);
    request.on('error', (error) => {
      clearTimeout(timeout);
      reject(error);
    });
    request.end(body);
  });
}

function drop(answer: IncomingMessage): void {
  let read = 0;
  answer.on('error', () => undefined);
  answer.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > ANSWER_BYTES) answer.destroy();
  });
  // A body that comes in drops must not hold the connection either.
  const end = setTimeout(() => answer.destroy(), ANSWER_MILLISECONDS);
  answer.on('close', () => {
    clearTimeout(end);
  });
}

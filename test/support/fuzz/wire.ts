/** Requests as they go over the wire, however wrong: what `fetch` would tidy up goes out as it is. */
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';

export interface WireRequest {
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: OutgoingHttpHeaders;
  readonly text?: string;
}
export interface WireAnswer {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** Sends to one address over kept connections. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 });
  private readonly port: number;

  constructor(address: string) {
    this.port = Number(new URL(address).port);
  }

  /** @throws Error when the connection broke before an answer came, twice */
  async send(wanted: WireRequest): Promise<WireAnswer> {
    try {
      return await this.once(wanted);
    } catch {
      // The server may close a kept connection at the moment it is used, and does after a body that is too large.
      return this.once(wanted);
    }
  }

  close(): void {
    this.agent.destroy();
  }

  private once({ method, target, headers, text }: WireRequest): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      // Node sends a body with DELETE only when its length is stated.
      const length = text === undefined ? {} : { 'content-length': Buffer.byteLength(text) };
      const sent = request({ host: '127.0.0.1', port: this.port, method, path: target, headers: { ...headers, ...length }, agent: this.agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const type = (answer.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
          resolve({ status: answer.statusCode ?? 0, type, headers: answer.headers, body: parsed(Buffer.concat(chunks).toString(), type) });
        });
      });
      sent.on('error', reject);
      sent.end(text);
    });
  }
}

function parsed(text: string, type: string): unknown {
  return text !== '' && /[/+]json$/.test(type) ? JSON.parse(text) : text;
}

/** A partner's own server, on loopback: keeps what it got and answers as told. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PartnerMessage } from '../message.js';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly message: PartnerMessage;
}

/** What to answer: a status, or never. */
export type Answer = number | 'never';

export class Receiver {
  readonly received: Received[] = [];
  /** Decides each answer; 204 when absent. */
  headers: Record<string, string> = {};
  answer: (received: Received) => Answer = () => 204;
  private arrivals: (() => void)[] = [];

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        const received = { headers: request.headers, body, message: JSON.parse(body) as PartnerMessage };
        receiver.received.push(received);
        const answer = receiver.answer(received);
        if (answer !== 'never') response.writeHead(answer, receiver.headers).end();
        for (const arrived of receiver.arrivals.splice(0)) arrived();
      });
    });
    const receiver = new Receiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/hooks`;
  }

  /** Resolves when so many requests have come. */
  async until(count: number): Promise<void> {
    while (this.received.length < count) await new Promise<void>((resolve) => this.arrivals.push(resolve));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The company that hosts a partner's webhook: an outsider that keeps every byte it is sent. */
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export class WebhookHost {
  readonly bodies: string[] = [];
  private readonly seen = new Set<string>();
  private waiting: { readonly count: number; readonly done: () => void } | undefined;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<WebhookHost> {
    const server = createServer();
    const host = new WebhookHost(server);
    server.on('request', (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => (body += part)).on('end', () => {
        response.writeHead(204).end();
        host.keep(body, String(request.headers['webhook-id']));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/hook`;
  }

  /** Resolves when so many messages have come in all. */
  async has(count: number): Promise<void> {
    if (this.bodies.length >= count) return;
    await new Promise<void>((done) => (this.waiting = { count, done }));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A message may come twice, as after a crash: its identifier tells. */
  private keep(body: string, id: string): void {
    if (this.seen.has(id)) return;
    this.seen.add(id);
    this.bodies.push(body);
    if (this.waiting !== undefined && this.bodies.length >= this.waiting.count) this.waiting.done();
  }
}

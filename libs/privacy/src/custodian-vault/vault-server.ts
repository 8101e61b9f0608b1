/**
 * A custodian's own vault as a server: an organisation that runs it keeps its data and its keys in its own house, and
 * the house of the mechanism asks for them one operation at a time. Source: architecture.md 5, ADR 18.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { KeyPurpose } from '../ports.js';
import { KeyNotGranted } from '../ports.js';
import type { KeptVault } from './wire.js';
import { BODY_BYTES, Message, NotUnderstood, OPERATIONS, REFUSALS, VaultShut } from './wire.js';

/** Certificates as PEM: those who may ask are told by `authority`, this house by `certificate` and `key`. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

export interface VaultServerOptions extends KeptVault {
  readonly certificates: Certificates;
  /** Organisations whose data may lie here; rows of any other are refused. */
  readonly custodians: readonly string[];
  /** What each peer may do, by the SHA-256 fingerprint of its certificate (`AB:CD:...`). No other peer may do anything. */
  readonly peers: Readonly<Record<string, readonly KeyPurpose[]>>;
  /** Told of what went wrong in here; never of a value. */
  readonly failed: (error: unknown) => void;
}

/**
 * The server, not listening yet. It starts shut: it seals and opens nothing until a peer with the purpose `erase` says
 * `caught-up`, so a vault restored from a backup never shows whom the log has erased since.
 */
export function vaultServer(options: VaultServerOptions): Server {
  const { certificates, failed } = options;
  const door = new Door(options);
  const server = createServer(
    {
      ca: certificates.authority,
      cert: certificates.certificate,
      key: certificates.key,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.3',
    },
    (request, response) => {
      door.answer(request).then(
        (value) => {
          send(response, 200, { value: value ?? null });
        },
        (error: unknown) => {
          refuse(response, error, failed);
        },
      );
    },
  );
  server.requestTimeout = 30_000;
  return server;
}

class Door {
  private isShut = true;

  constructor(private readonly options: VaultServerOptions) {}

  async answer(request: IncomingMessage): Promise<unknown> {
    const name = (request.url ?? '').slice(1);
    const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
    if (operation === undefined || request.method !== 'POST') throw new NotUnderstood('no such operation');
    const message = new Message(await textOf(request));
    if (!this.purposesOf(request).includes(operation.needs(message)))
      throw new KeyNotGranted('not granted to this peer');
    if (this.isShut && operation.whileShut === undefined) throw new VaultShut('the erasures of the log come first');
    if (name === 'put') this.checkCustodians(message);
    const value = await operation.answer(this.options, message);
    if (name === 'caught-up') this.isShut = false;
    return value;
  }

  private purposesOf(request: IncomingMessage): readonly KeyPurpose[] {
    const { fingerprint256 } = (request.socket as TLSSocket).getPeerCertificate();
    return Object.hasOwn(this.options.peers, fingerprint256) ? (this.options.peers[fingerprint256] ?? []) : [];
  }

  private checkCustodians(message: Message): void {
    const foreign = message.rows().find(({ custodian }) => !this.options.custodians.includes(custodian));
    if (foreign !== undefined) throw new KeyNotGranted('no custodian of this vault');
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES) throw new NotUnderstood('too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The text of an error stays in here: it may name what it was about. */
function refuse(response: ServerResponse, error: unknown, failed: (error: unknown) => void): void {
  const known = REFUSALS.find((each) => error instanceof each.error);
  if (known !== undefined) {
    send(response, known.status, { code: known.code });
    return;
  }
  if (error instanceof NotUnderstood) {
    send(response, 400, { code: 'not-understood' });
    return;
  }
  failed(error);
  send(response, 500, { code: 'failed' });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

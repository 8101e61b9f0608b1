/** The house as the fuzzer sees it: every request is counted, judged by the document, and remembered. */
import type { OutgoingHttpHeaders } from 'node:http';
import type { As, Reply, Tandem, TestClient } from '../tandem.js';
import type { Coverage } from './coverage.js';
import type { Judge, Operation } from './document.js';
import type { Chance } from './random.js';
import { pointerFault } from './pointers.js';
import { Wire, type WireAnswer } from './wire.js';

/** A request that succeeded once, to be sent again, changed or not. */
export interface Sent {
  readonly who: As;
  readonly operation: Operation;
  readonly target: string;
  readonly body: object | undefined;
  readonly key: string;
}

export interface Sending {
  readonly who?: As | undefined;
  readonly method?: string;
  readonly target: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly text?: string;
  /** The answer may come from elsewhere than the operation: its path or method was spoilt. */
  readonly elsewhere?: boolean;
}

const IDENTIFIER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function fits(template: string, path: string): boolean {
  const [parts, given] = [template.split('/'), path.split('/')];
  return parts.length === given.length && parts.every((part, at) => part.startsWith('{') || part === given[at]);
}

export class House {
  requests = 0;
  readonly faults: string[] = [];
  readonly corpus: Sent[] = [];
  /** Names that an organisation was given, by field; and everything that it ever saw that looks like a name. */
  private readonly names = new Map<string, Map<string, string[]>>();
  private readonly tokens = new Map<string, Promise<string>>();
  private expired: Promise<string> | undefined;
  private readonly wire: Wire;

  constructor(
    readonly tandem: Tandem,
    readonly operations: readonly Operation[],
    private readonly parts: { readonly judge: Judge; readonly coverage: Coverage; readonly chance: Chance },
  ) {
    this.wire = new Wire(tandem.address);
  }

  close(): void {
    this.wire.close();
  }

  operationAt(method: string, target: string): Operation {
    const path = target.split('?', 1)[0] ?? '';
    // A path that is written out wins over one with a name in it.
    const found = this.operations.filter((one) => one.method === method && fits(one.path, path)).sort((a, b) => a.path.split('{').length - b.path.split('{').length);
    if (found[0] === undefined) throw new Error(`no operation for ${method} ${target}`);
    return found[0];
  }

  /** A token that was good an hour ago. */
  expiredToken(): Promise<string> {
    this.expired ??= this.tandem.issuer.issue({ organisation: 'casa-lumina', roles: ['CM'], actor: 'late', human: true, ttl: -3600 });
    return this.expired;
  }

  namesOf(organisation: string, field: string): readonly string[] {
    return this.names.get(organisation)?.get(field) ?? [];
  }

  knows(organisation: string, name: string): boolean {
    return [...(this.names.get(organisation)?.values() ?? [])].some((names) => names.includes(name));
  }

  /** Sends, counts, judges, and learns the names that come back. */
  async send(operation: Operation, sending: Sending): Promise<WireAnswer> {
    const { who, target, headers = {}, text, elsewhere = false, method = operation.method.toUpperCase() } = sending;
    const token = who === undefined ? {} : { authorization: `Bearer ${await this.tokenOf(who)}` };
    this.requests += 1;
    const answer = await this.wire.send({ method, target, headers: { ...token, ...headers }, ...(text === undefined ? {} : { text }) });
    const fault = elsewhere ? (answer.status >= 500 ? `status ${String(answer.status)}` : undefined) : (this.parts.judge(operation, answer.status, answer.type, answer.body) ?? pointerFault(answer.body, text));
    if (fault !== undefined) this.faults.push(`${method} ${target} by ${who?.organisation ?? 'nobody'}: ${fault}\n  ${JSON.stringify(headers)} ${text?.slice(0, 400) ?? ''}`);
    if (!elsewhere) this.parts.coverage.note(operation, answer.status, (answer.body as { code?: string } | undefined)?.code);
    if (who !== undefined && answer.status < 300) this.learn(who.organisation, answer.body, '');
    return answer;
  }

  /** Tells a story through this house: `before` each step, and `after` each that succeeded, something may be tried. */
  telling(after: (sent: Sent) => Promise<void>, before: (sent: Sent) => Promise<void> = () => Promise.resolve()): Tandem {
    return { ...this.tandem, as: (who) => this.client(typeof who === 'string' ? { organisation: who } : who, after, before) };
  }

  private client(who: As, after: (sent: Sent) => Promise<void>, before: (sent: Sent) => Promise<void>): TestClient {
    const send = async (method: string, target: string, body: object | undefined, more: Readonly<Record<string, string>>): Promise<Reply> => {
      const operation = this.operationAt(method, target);
      const key = more['idempotency-key'] ?? this.parts.chance.uuid();
      const headers = { ...(method === 'get' ? {} : { 'content-type': 'application/json', 'idempotency-key': key }), ...more };
      const sent = { who, operation, target, body, key };
      await before(sent);
      const { status, body: came } = await this.send(operation, { who, target, headers, ...(body === undefined ? {} : { text: JSON.stringify(body) }) });
      if (status < 300) this.corpus.push(sent);
      if (status < 300) await after(sent);
      return { status, headers: new Headers(), body: came };
    };
    return { get: (path, headers = {}) => send('get', path, undefined, headers), post: (path, body = {}, headers = {}) => send('post', path, body, headers) };
  }

  /** One token a caller: signing takes longer than most requests. */
  private tokenOf(who: As): Promise<string> {
    const key = JSON.stringify(who);
    const { organisation, actor = `${organisation}-worker`, human = true, mandate } = who;
    const roles = who.roles ?? this.tandem.engines.directory.get(organisation)?.roles ?? [];
    const token = this.tokens.get(key) ?? this.tandem.issuer.issue({ organisation, roles, actor, human, ...(mandate === undefined ? {} : { mandate }) });
    this.tokens.set(key, token);
    return token;
  }

  private learn(organisation: string, value: unknown, field: string): void {
    if (Array.isArray(value)) for (const part of value) this.learn(organisation, part, field);
    else if (typeof value === 'object' && value !== null) for (const [name, part] of Object.entries(value)) this.learn(organisation, part, name);
    else if (typeof value === 'string' && (IDENTIFIER.test(value) || field === 'next' || field === 'cursor')) this.keep(organisation, field, value);
  }

  private keep(organisation: string, field: string, name: string): void {
    const fields = this.names.get(organisation) ?? new Map<string, string[]>();
    this.names.set(organisation, fields);
    const names = fields.get(field) ?? [];
    if (!names.includes(name)) fields.set(field, [...names, name].slice(-400));
  }
}

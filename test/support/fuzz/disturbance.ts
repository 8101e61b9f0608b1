/** Sends what nobody should, by chance: old requests again, spoilt bodies, names of others, odd headers and paths. */
import { DAY, HOUR, MINUTE } from '../tandem.js';
import { type Attempts, headersOf } from './attempts.js';
import type { ApiDocument } from './document.js';
import type { House, Sent } from './house.js';
import { writeHeaders } from './provoke.js';
import type { Chance } from './random.js';
import { ODD_NAMES, fitting, spoilt } from './values.js';

const ORGANISATION_FIELDS = ['recipient', 'authority', 'manager', 'sender', 'receiver', 'operator', 'organisation', 'auditor'];
/** Said once, when the time has come: what is forgotten answers nothing more, and what is held is never forgotten. */
const FORGETTING = /\/(erasure|legal-hold)$/;

export class Disturbance {
  constructor(
    private readonly house: House,
    private readonly document: ApiDocument,
    private readonly attempts: Attempts,
    private readonly chance: Chance,
  ) {}

  async one(): Promise<void> {
    const sent = this.chance.one(this.house.corpus);
    const ways = [
      () => this.again(sent), () => this.again(sent), () => this.spoiltBody(sent), () => this.spoiltBody(sent), () => this.made(), () => this.made(), () => this.made(),
      () => this.oddHeaders(sent), () => this.oddPath(sent), () => this.oddQuery(), () => this.foreign(sent), () => this.time(),
    ];
    await this.chance.one(ways)();
  }

  private async again({ who, operation, target, body }: Sent): Promise<void> {
    if (FORGETTING.test(operation.path)) return;
    await this.attempts.write(who, operation, target, body);
  }

  private async spoiltBody({ who, operation, target, body }: Sent): Promise<void> {
    if (body === undefined || FORGETTING.test(operation.path)) return;
    await this.house.send(operation, { who, target, headers: writeHeaders(this.chance.uuid()), text: spoilt(this.chance, body) });
  }

  /** A request made from the document alone, with names that the organisation was given. */
  private async made(): Promise<void> {
    const { who } = this.chance.one(this.house.corpus);
    const operation = this.chance.one(this.house.operations.filter(({ path, method }) => !FORGETTING.test(path) && method !== 'delete'));
    const known = (field: string): readonly string[] =>
      ORGANISATION_FIELDS.includes(field) ? [...this.house.tandem.engines.directory.all()].map(({ id }) => id) : this.house.namesOf(who.organisation, field);
    const maker = { document: this.document, chance: this.chance, known };
    const target = operation.path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => (known(name).length > 0 ? this.chance.one(known(name)) : this.chance.uuid()));
    await this.attempts.write(who, operation, target, operation.body === undefined ? undefined : (fitting(maker, operation.body) as object));
  }

  private async oddHeaders({ who, operation, target, body, key }: Sent): Promise<void> {
    const { chance } = this;
    if (FORGETTING.test(operation.path)) return;
    const other = chance.one(this.house.corpus);
    const odd = chance.one<Record<string, string | string[]>>([
      { 'if-match': chance.one(['*', '"', 'W/"x"', '""', 'x', '"a", "b"', ',', ' ']) }, { 'idempotency-key': chance.one([key, other.key, key.toUpperCase(), '', 'x', `${key}0`]) },
      { 'idempotency-key': [key, other.key] }, { 'tandem-minimum-position': chance.one(['x', '', 'AAAA', ...this.house.namesOf(other.who.organisation, 'next')]) },
      { 'content-type': chance.one(['application/json; charset=x', 'APPLICATION/JSON', 'application/merge-patch+json', 'multipart/form-data', '']) },
      { accept: chance.one(['text/html', 'application/xml', '*/*;q=0', 'text/csv']) }, { 'accept-language': chance.one(['ro', 'xx', '*;q=x', ','.repeat(500)]) },
      { authorization: chance.one(['Bearer', 'Basic x', 'Bearer a.b.c', 'bearer ']) }, { 'content-encoding': 'gzip' }, { range: 'bytes=0-1' }, { 'x-http-method-override': 'DELETE' },
    ]);
    const headers = { ...(operation.method === 'get' ? {} : writeHeaders(chance.uuid())), ...odd };
    await this.house.send(operation, { who, target, headers, ...(operation.method === 'get' || body === undefined ? {} : { text: JSON.stringify(body) }) });
  }

  private async oddPath({ who, operation, target, body }: Sent): Promise<void> {
    const { chance } = this;
    const parts = (target.split('?', 1)[0] ?? '').split('/');
    parts[1 + chance.below(parts.length - 1)] = chance.one(ODD_NAMES);
    const spoiltTarget = chance.one([parts.join('/'), `${target}/`, target.replace('/v1/', '/v1//'), target.toUpperCase(), `${target}%2F`]);
    const method = chance.one(['GET', 'POST', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']);
    await this.house.send(operation, { who, method, target: spoiltTarget, headers: writeHeaders(chance.uuid()), ...(method === 'POST' && body !== undefined ? { text: JSON.stringify(body) } : {}), elsewhere: true });
  }

  private async oddQuery(): Promise<void> {
    const { chance } = this;
    const { who, operation, target } = chance.one(this.house.corpus.filter(({ operation: { method } }) => method === 'get'));
    const other = chance.one(this.house.corpus).who.organisation;
    const values = ['', 'x', '0', '-1', '99', '1e9', '9'.repeat(30), '2026', '2025-Q1', 'csv', 'CARE', 'caseload', '__proto__', '%00', '%F0%9F%99%82', '2099-01-01T00:00:00Z', '%2B012345-01-01T00:00:00Z', '2026-03-02T08:00:00Z', ...this.house.namesOf(other, 'next'), ...this.house.namesOf(other, 'cursor')];
    const names = [...operation.query, 'unknown', '__proto__', 'a%5Bb%5D'];
    const query = Array.from({ length: 1 + chance.below(3) }, () => `${chance.one(names)}=${chance.one(values)}`).join('&');
    await this.house.send(operation, { who, target: `${target.split('?', 1)[0] ?? ''}?${query}` });
  }

  /** A name that was given to another organisation is no name here. */
  private async foreign({ operation, target, body, who }: Sent): Promise<void> {
    const stranger = this.chance.one(['rifugio-ponte', 'inspectia-exemplu', 'parchetul-exemplu']);
    const names = target.split(/[/?]/).filter((part) => part.length === 36);
    if (names.length === 0 || stranger === who.organisation || names.some((name) => this.house.knows(stranger, name))) return;
    const text = operation.method === 'get' || body === undefined ? {} : { text: JSON.stringify(body) };
    const { status } = await this.house.send(operation, { who: { organisation: stranger }, target, headers: headersOf(operation, this.chance.uuid()), ...text });
    const isOfCase = /\{(caseId|\w+Id)\}/.test(operation.path) && !/\/(deliveries|subscriptions)\//.test(operation.path);
    // Whoever breaks glass may have been told any name of the case: test/e2e/break-glass.spec.ts.
    if (isOfCase && operation.name !== 'breakGlass' && status !== 404) this.house.faults.push(`${operation.method} ${target} of ${who.organisation} answered ${String(status)} to ${stranger}`);
  }

  private async time(): Promise<void> {
    if (this.chance.yes(0.15)) await this.house.tandem.pass(this.chance.one([MINUTE, HOUR, HOUR, 12 * HOUR, 3 * DAY]));
  }
}

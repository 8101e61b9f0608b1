/** Tells stories, and between and after them sends what nobody should: seeded, and judged by the API document alone. */
import { Canaries, personalFields } from '../canaries.js';
import { DAY, HOUR, MINUTE, type Tandem, startTandem } from '../tandem.js';
import { SHAPES, Storyteller, aChildsCase, anAdultsCase } from '../whole-story.js';
import { closedEarly } from './closed-early.js';
import { Coverage } from './coverage.js';
import { type ApiDocument, type Operation, documentOf, judgeOf, operationsOf } from './document.js';
import { House, type Sent } from './house.js';
import { lookedAt, manyTurns, othersToo } from './more-stories.js';
import { refusedEverywhere } from './refused-stories.js';
import { newPolicy } from './policy-stories.js';
import { provocations, writeHeaders } from './provoke.js';
import { type Chance, chanceOf } from './random.js';
import { ODD_NAMES, fitting, spoilt } from './values.js';

export interface FuzzResult {
  readonly requests: number;
  readonly faults: readonly string[];
  readonly coverage: Coverage;
  readonly operations: readonly Operation[];
}

const ORGANISATION_FIELDS = ['recipient', 'authority', 'manager', 'sender', 'receiver', 'operator', 'organisation', 'auditor'];
const OPERATORS = ['readiness', 'health'];
/** Requests of one house; then another, so that stories always find theirs in front of them. */
const EACH_HOUSE = 2_500;
const BROKEN = 25;
const WRONG_STATE = 'wrong-state';
const BEFORE_THE_STEP = ['human-required', 'before-its-ground'];
/** Would change what the story goes on with. */
const LAST_STEPS = /\/(erasure|reopening|closure.*)$/;
/** Said once, when the time has come: what is forgotten answers nothing more, and what is held is never forgotten. */
const FORGETTING = /\/(erasure|legal-hold)$/;
/** Refused only by what comes after them; repeating them until then does no harm. */
const UNTIL_LATER = ['overrideReturnRisk', 'recordTransit', 'recordFormalDecision'];

/** Sends at least so many requests. Stops early when much is broken. */
export async function fuzz(seed: number, requests: number): Promise<FuzzResult> {
  const coverage = new Coverage();
  const chance = chanceOf(seed);
  const faults: string[] = [];
  let sent = 0;
  let operations: readonly Operation[] = [];
  while (sent < requests && faults.length < BROKEN) {
    const round = await aRound(chance, coverage, Math.min(EACH_HOUSE, requests - sent));
    operations = round.operations;
    sent += round.requests;
    faults.push(...round.faults);
  }
  return { requests: sent, faults, coverage, operations };
}

async function aRound(chance: Chance, coverage: Coverage, requests: number): Promise<Pick<FuzzResult, 'requests' | 'faults' | 'operations'>> {
  const tandem = await startTandem();
  const document = await documentOf(tandem.address);
  const operations = operationsOf(document).filter(({ name }) => !OPERATORS.includes(name));
  const house = new House(tandem, operations, { judge: judgeOf(document), coverage, chance });
  const fuzzer = new Fuzzer(house, document, coverage, chance);
  try {
    await fuzzer.tellStories();
    await fuzzer.disturb(requests);
    return { requests: house.requests, faults: house.faults, operations };
  } finally {
    house.close();
    await tandem.stop();
  }
}

function headersOf({ method }: Operation, key: string): Record<string, string> {
  if (method === 'get') return {};
  return method === 'delete' ? { 'idempotency-key': key } : writeHeaders(key);
}

class Fuzzer {
  private readonly statisticsCases = new Map<string, string>();
  private closedCases: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(
    private readonly house: House,
    private readonly document: ApiDocument,
    private readonly coverage: Coverage,
    private readonly chance: Chance,
  ) {}

  async tellStories(): Promise<void> {
    const tandem = this.house.telling((sent) => this.provoke(sent), (sent) => this.forestall(sent));
    await this.countOnly(tandem);
    this.closedCases = await closedEarly(this.house.tandem);
    await refusedEverywhere(tandem);
    await othersToo(tandem);
    await newPolicy(tandem);
    await tandem.pass(MINUTE);
    const path = await manyTurns(tandem, () => this.repeatTooLate());
    await lookedAt(tandem, path);
    await tandem.pass(MINUTE);
    const teller = new Storyteller(this.house.telling((sent) => this.provoke(sent), (sent) => this.forestall(sent)), new Canaries(await personalFields(), SHAPES));
    await aChildsCase(teller);
    await tandem.pass(MINUTE);
    await anAdultsCase(teller);
    await this.deliverAgain();
    await this.endSubscriptions();
    await this.repeatTooLate(this.house.operations.map(({ name }) => name).filter((name) => !['orderErasure', 'placeLegalHold'].includes(name)));
  }

  /** A case for statistics only in each house: nothing may be added to it. */
  private async countOnly(tandem: Tandem): Promise<void> {
    const notification = { month: '2026-02', region: 'RO11', ageBand: '26-40', signsOfChildhood: false, form: 'LABOUR' };
    for (const { id } of tandem.engines.directory.all()) {
      const { status, body } = await tandem.as(id).post('/v1/statistics-notifications', notification);
      if (status === 201) this.statisticsCases.set(id, (body as { caseId: string }).caseId);
    }
  }

  /** Random requests up to this number in all; at about two thirds, everybody is forgotten, so that nothing may be added any more. */
  async disturb(requests: number): Promise<void> {
    const forgetting = Math.floor((this.house.requests + requests * 2) / 3);
    let forgotten = false;
    while ((this.house.requests < requests || !forgotten) && this.house.faults.length < BROKEN) {
      if (!forgotten && this.house.requests >= forgetting) {
        forgotten = true;
        await this.forgetAll();
      }
      await this.one();
    }
  }

  /** After a step that worked: one try for each refusal that the operation has not shown yet. */
  private async provoke(sent: Sent): Promise<void> {
    const { organisation } = sent.who;
    const held = this.house.tandem.engines.directory.get(organisation)?.roles ?? [];
    for (const { code } of this.coverage.missingOf(sent.operation)) {
      const means = { chance: this.chance, held, expiredToken: await this.house.expiredToken(), statisticsCase: this.statisticsCases.get(organisation), closedCases: this.closedCases.get(organisation) ?? [] };
      for (const sending of provocations(sent, code, means)) {
        if (!this.coverage.has(sent.operation, code)) await this.house.send(sent.operation, sending);
      }
    }
    if (sent.operation.method === 'post') await this.repeatTooLate(UNTIL_LATER);
  }

  /** What is refused of a step that can be taken once only has to be tried before it is taken. */
  private async forestall(sent: Sent): Promise<void> {
    const wanted = this.coverage.missingOf(sent.operation).filter(({ code }) => BEFORE_THE_STEP.includes(code));
    if (wanted.length === 0) return;
    const held = this.house.tandem.engines.directory.get(sent.who.organisation)?.roles ?? [];
    const means = { chance: this.chance, held, expiredToken: '', statisticsCase: undefined, closedCases: [] };
    for (const { code } of wanted) for (const sending of provocations(sent, code, means)) await this.house.send(sent.operation, sending);
  }

  /** What was allowed once, where it is not any more: for every operation that has not said so yet. */
  private async repeatTooLate(names?: readonly string[]): Promise<void> {
    const late = this.house.corpus.filter(({ operation }) => operation.statuses.includes(409) && (names?.includes(operation.name) ?? !LAST_STEPS.test(operation.path)));
    for (const { operation, who, target, body } of late.slice(-400)) {
      const wanted = this.coverage.documentedOf(operation).some(({ code }) => code === WRONG_STATE) ? this.coverage.has(operation, WRONG_STATE) : this.coverage.hasStatus(operation, 409);
      if (wanted) continue;
      await this.house.send(operation, { who, target, headers: writeHeaders(this.chance.uuid()), text: JSON.stringify(body) });
    }
  }

  private async one(): Promise<void> {
    const sent = this.chance.one(this.house.corpus);
    const ways = [
      () => this.again(sent), () => this.again(sent), () => this.spoiltBody(sent), () => this.spoiltBody(sent), () => this.made(), () => this.made(), () => this.made(),
      () => this.oddHeaders(sent), () => this.oddPath(sent), () => this.oddQuery(), () => this.foreign(sent), () => this.time(),
    ];
    await this.chance.one(ways)();
  }

  private async again({ who, operation, target, body }: Sent): Promise<void> {
    if (FORGETTING.test(operation.path)) return;
    await this.write(who, operation, target, body);
  }

  private async write(who: Sent['who'], operation: Operation, target: string, body: object | undefined): Promise<void> {
    const sent = { who, operation, target, body, key: this.chance.uuid() };
    const text = operation.method === 'get' || body === undefined ? {} : { text: JSON.stringify(body) };
    const { status } = await this.house.send(operation, { who, target, headers: headersOf(operation, sent.key), ...text });
    if (status < 300 && this.chance.yes(0.2)) this.house.corpus.push(sent);
    if (status < 300) await this.provoke(sent);
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
    await this.write(who, operation, target, operation.body === undefined ? undefined : (fitting(maker, operation.body) as object));
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

  /** A delivery that was given up after days. */
  private async deliverAgain(): Promise<void> {
    const { operations: database } = this.house.tandem.engines;
    const notice = await database.kysely.selectFrom('notices').selectAll().where('recipient', '=', 'clinica-aurora').executeTakeFirstOrThrow();
    const row = { id: this.chance.uuid(), notice: notice.id, channel: 'webhook', way: this.chance.uuid(), recipient: notice.recipient, case_id: notice.case_id, thing: notice.thing } as const;
    const more = { ordering_key: notice.ordering_key, sequence: notice.sequence, recall: 0, state: 'dead', attempts: 9, due_at: this.house.tandem.now(), answer: '500' } as const;
    await database.kysely.insertInto('deliveries').values({ ...row, ...more }).execute();
    const partner = this.house.telling((sent) => this.provoke(sent)).as('clinica-aurora');
    await partner.get('/v1/deliveries');
    await partner.post(`/v1/deliveries/${row.id}/redelivery`);
  }

  private async endSubscriptions(): Promise<void> {
    const who = { organisation: 'clinica-aurora' };
    const operation = this.house.operationAt('delete', '/v1/subscriptions/x');
    for (const id of this.house.namesOf(who.organisation, 'id')) await this.write(who, operation, `/v1/subscriptions/${id}`, undefined);
    const made = this.house.corpus.find(({ operation: { name } }) => name === 'subscribe');
    if (made === undefined) return;
    await this.house.send(made.operation, { who, target: made.target, headers: writeHeaders(made.key), text: JSON.stringify(made.body) });
  }

  /** Who was told of the erased says nothing: the officer asks too early, and then often enough. */
  private async chaseInVain(): Promise<void> {
    const who = { organisation: 'casa-lumina', actor: 'the-officer', roles: ['DPO'] as const };
    const board = this.house.operationAt('get', '/v1/deadlines');
    for (const days of [0, 3]) {
      await this.house.tandem.pass(days * DAY);
      const { body } = await this.house.send(board, { who, target: '/v1/deadlines' });
      const { deadlines } = body as { deadlines: { deadline: string; caseId: string; thingId: string }[] };
      const row = deadlines.find(({ deadline }) => deadline === 'deletion-chase');
      if (row === undefined) continue;
      const target = `/v1/cases/${row.caseId}/referrals/${row.thingId}/deletion-chase-end`;
      const [operation, reason] = [this.house.operationAt('post', target), { reason: 'NO_ANSWER' }];
      await this.provoke({ who, operation, target, body: reason, key: this.chance.uuid() });
      await this.write(who, operation, target, reason);
    }
  }

  private async forgetAll(): Promise<void> {
    for (const organisation of ['casa-lumina', 'protectia-copilului', 'asociatia-punte']) {
      const who = { organisation, actor: 'the-officer', roles: ['DPO'] as const };
      for (const caseId of this.house.namesOf(organisation, 'caseId')) {
        const target = `/v1/cases/${caseId}/erasure`;
        const [operation, body] = [this.house.operationAt('post', target), { reason: 'PERSON_REQUEST' }];
        await this.provoke({ who, operation, target, body, key: this.chance.uuid() });
        await this.write(who, operation, target, body);
      }
    }
    await this.house.tandem.settled();
    await this.repeatTooLate(['placeLegalHold']);
    await this.chaseInVain();
  }
}

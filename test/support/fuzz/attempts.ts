/** What is tried around a step: before it what it forbids afterwards, after it every refusal that it has not shown yet. */
import type { Coverage } from './coverage.js';
import { type Operation } from './document.js';
import type { House, Sent } from './house.js';
import { provocations, writeHeaders } from './provoke.js';
import type { Chance } from './random.js';

const WRONG_STATE = 'wrong-state';
const BEFORE_THE_STEP = ['human-required', 'before-its-ground'];
/** Would change what the story goes on with. */
const LAST_STEPS = /\/(erasure|reopening|closure.*)$/;
/** Refused only by what comes after them; repeating them until then does no harm. */
const UNTIL_LATER = ['overrideReturnRisk', 'recordTransit', 'recordFormalDecision'];

/** Headers of a request by its method. */
export function headersOf({ method }: Operation, key: string): Record<string, string> {
  if (method === 'get') return {};
  return method === 'delete' ? { 'idempotency-key': key } : writeHeaders(key);
}

export class Attempts {
  /** Names of cases that are good for one refusal only, by who knows them. */
  private readonly statisticsCases = new Map<string, string>();
  private closedCases: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(
    private readonly house: House,
    private readonly coverage: Coverage,
    private readonly chance: Chance,
  ) {}

  /** A case for statistics only: nothing may be added to it. */
  knowStatisticsCase(organisation: string, caseId: string): void {
    this.statisticsCases.set(organisation, caseId);
  }

  /** Cases that were closed early. */
  knowClosedCases(cases: ReadonlyMap<string, readonly string[]>): void {
    this.closedCases = cases;
  }

  async write(who: Sent['who'], operation: Operation, target: string, body: object | undefined): Promise<void> {
    const sent = { who, operation, target, body, key: this.chance.uuid() };
    const text = operation.method === 'get' || body === undefined ? {} : { text: JSON.stringify(body) };
    const { status } = await this.house.send(operation, { who, target, headers: headersOf(operation, sent.key), ...text });
    if (status < 300 && this.chance.yes(0.2)) this.house.corpus.push(sent);
    if (status < 300) await this.provoke(sent);
  }

  /** After a step that worked: one try for each refusal that the operation has not shown yet. */
  async provoke(sent: Sent): Promise<void> {
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
  async forestall(sent: Sent): Promise<void> {
    const wanted = this.coverage.missingOf(sent.operation).filter(({ code }) => BEFORE_THE_STEP.includes(code));
    if (wanted.length === 0) return;
    const held = this.house.tandem.engines.directory.get(sent.who.organisation)?.roles ?? [];
    const means = { chance: this.chance, held, expiredToken: '', statisticsCase: undefined, closedCases: [] };
    for (const { code } of wanted) for (const sending of provocations(sent, code, means)) await this.house.send(sent.operation, sending);
  }

  /** What was allowed once, where it is not any more: for every operation that has not said so yet. */
  async repeatTooLate(names?: readonly string[]): Promise<void> {
    const late = this.house.corpus.filter(({ operation }) => operation.statuses.includes(409) && (names?.includes(operation.name) ?? !LAST_STEPS.test(operation.path)));
    for (const { operation, who, target, body } of late.slice(-400)) {
      const wanted = this.coverage.documentedOf(operation).some(({ code }) => code === WRONG_STATE) ? this.coverage.has(operation, WRONG_STATE) : this.coverage.hasStatus(operation, 409);
      if (wanted) continue;
      await this.house.send(operation, { who, target, headers: writeHeaders(this.chance.uuid()), text: JSON.stringify(body) });
    }
  }
}

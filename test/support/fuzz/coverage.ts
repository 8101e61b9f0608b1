/** What a fuzz run met, and what it should have met and did not. */
import type { Operation } from './document.js';

/** Statuses that can not be provoked from outside, or that have tests of their own, with the reason. */
export const NOT_PROVOKED: Readonly<Record<number, string>> = {
  408: 'needs a request that arrives for half a minute: libs/platform/src/http has its test',
  429: 'the limit is lifted here: libs/platform/src/http/rate-limit.spec.ts',
  431: 'refused by the HTTP parser before any route: libs/platform/src/http/paths.spec.ts',
  503: 'means that a store, an issuer or the process itself fails',
};

/** An answer that the document promises: a refusal by its code, or success. */
export interface Documented {
  readonly status: number;
  readonly code: string;
}

const SUCCESS = 'success';

export class Coverage {
  private readonly seen = new Map<string, Set<string>>();
  private readonly seenStatuses = new Map<string, Set<number>>();
  /** Answers by status. */
  readonly statuses = new Map<number, number>();

  note({ name }: Operation, status: number, code = SUCCESS): void {
    const met = this.seen.get(name) ?? new Set<string>();
    const metStatuses = this.seenStatuses.get(name) ?? new Set<number>();
    this.seen.set(name, met.add(code));
    this.seenStatuses.set(name, metStatuses.add(status));
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  has({ name }: Operation, code: string): boolean {
    return this.seen.get(name)?.has(code) ?? false;
  }

  hasStatus({ name }: Operation, status: number): boolean {
    return this.seenStatuses.get(name)?.has(status) ?? false;
  }

  /** Everything that the document promises of an operation and that can be provoked. */
  documentedOf({ codes }: Operation): readonly Documented[] {
    const refusals = [...codes].filter(([status]) => NOT_PROVOKED[status] === undefined).flatMap(([status, known]) => known.map((code) => ({ status, code })));
    return [{ status: 200, code: SUCCESS }, ...refusals];
  }

  missingOf(operation: Operation): readonly Documented[] {
    return this.documentedOf(operation).filter(({ code }) => !this.has(operation, code));
  }

  /** `operation code` for all that is missing. */
  missing(operations: readonly Operation[]): readonly string[] {
    return operations.flatMap((operation) => this.missingOf(operation).map(({ code }) => `${operation.name} ${code}`));
  }
}

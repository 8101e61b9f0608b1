/** What a fuzz run met, and what it should have met and did not. */
import type { Operation } from './document.js';

/** Statuses that can not be provoked from outside, or that have tests of their own, with the reason. */
export const NOT_PROVOKED: Readonly<Record<number, string>> = {
  408: 'needs a request that arrives for half a minute: libs/platform/src/http has its test',
  429: 'the limit is lifted here: libs/platform/src/http/rate-limit.spec.ts',
  431: 'refused by the HTTP parser before any route: libs/platform/src/http/edge.spec.ts',
  503: 'means that a store, an issuer or the process itself fails',
};

export interface Exempt {
  readonly operation: string;
  readonly status: number;
  readonly because: string;
}

export class Coverage {
  private readonly seen = new Map<string, Set<number>>();
  /** Answers by status. */
  readonly statuses = new Map<number, number>();

  note({ name }: Operation, status: number): void {
    const met = this.seen.get(name) ?? new Set<number>();
    this.seen.set(name, met.add(status));
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }

  has({ name }: Operation, status: number): boolean {
    const met = this.seen.get(name);
    return met !== undefined && (status < 300 ? [...met].some((one) => one < 300) : met.has(status));
  }

  /** Documented statuses of an operation that it has not answered with yet; its successes count as one. */
  missingOf(operation: Operation): readonly number[] {
    const wanted = operation.statuses.filter((status) => NOT_PROVOKED[status] === undefined);
    return wanted.filter((status) => !this.has(operation, status));
  }

  /** `operation status` for all that is missing and not exempt. */
  missing(operations: readonly Operation[], exempt: readonly Exempt[]): readonly string[] {
    const isExempt = (name: string, status: number): boolean => exempt.some((one) => one.operation === name && one.status === status);
    return operations.flatMap((operation) => this.missingOf(operation).filter((s) => !isExempt(operation.name, s)).map((s) => `${operation.name} ${String(s)}`));
  }
}

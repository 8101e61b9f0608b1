/** Names that stand in the register, of the cases asked for last: a case at work is asked for with every request. */
import type { PrivacyTables } from './vault/tables.js';

export type Alias = PrivacyTables['alias'];

/**
 * Holds committed names alone. For a register that one process keeps: another could forget a case, and this would not hear of
 * it. What is read while a case is being forgotten is not kept: whoever reads takes a `ticket` before it looks.
 */
export class KeptNames {
  private readonly cases = new Map<string, Alias[]>();
  private readonly names = new Map<string, Alias>();
  private forgotten = 0;

  /** @param limit cases */
  constructor(private readonly limit = 4_096) {}

  get ticket(): number {
    return this.forgotten;
  }

  find(organisation: string, kind: Alias['kind'], thing: string, caseId: string): string | undefined {
    return this.cases.get(caseId)?.find((name) => name.organisation === organisation && name.kind === kind && name.thing === thing)?.alias;
  }

  /** What a name stands for to this organisation. */
  resolve(organisation: string, alias: string): Alias | undefined {
    const name = this.names.get(alias);
    return name?.organisation === organisation ? name : undefined;
  }

  keep(name: Alias, ticket: number): void {
    if (ticket !== this.forgotten || this.names.has(name.alias)) return;
    const names = this.cases.get(name.case_id) ?? [];
    // Last in the order in which cases go.
    this.cases.delete(name.case_id);
    this.cases.set(name.case_id, [...names, name]);
    this.names.set(name.alias, name);
    const [oldest] = this.cases.keys();
    if (this.cases.size > this.limit && oldest !== undefined) this.drop(oldest);
  }

  forget(caseId: string): void {
    this.forgotten++;
    this.drop(caseId);
  }

  private drop(caseId: string): void {
    for (const { alias } of this.cases.get(caseId) ?? []) this.names.delete(alias);
    this.cases.delete(caseId);
  }
}

/** Who may publish a policy and put it in force, or publish the rules that policies name: a person of a country's coordinator. Source: domain.md 1.1, 11. */
import type { EventStore } from '#event-store';
import { type Clock, MOMENT, Rejection } from '#kernel';
import type { Directory } from '../organisations/directory.js';
import { InvalidDocument } from '../document.js';
import { POLICY_FORMAT } from '../policy.js';
import type { CountryPolicy } from '../reference.js';
import type { Role } from '../vocabulary.js';
import type { RuleKind } from '../rules/rule-events.js';
import { activatePolicy, publishPolicy, publishRule } from './publishing.js';

/** Who asks, as the token says. */
export interface PolicyCaller {
  readonly actor: string;
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly human: boolean;
}

export class PolicyDesk {
  constructor(
    private readonly store: EventStore,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  now(): string {
    return this.clock();
  }

  /** @throws Rejection `role-not-allowed`, `human-required`, `policy-invalid` naming the key, `policy-version-taken` */
  async publish(caller: PolicyCaller, country: string, document: object): Promise<CountryPolicy> {
    this.check(caller, country);
    if ((document as { country?: unknown }).country !== country) throw invalid('policy-invalid', '/country', 'is not the country of the path');
    if ((document as { format?: unknown }).format !== POLICY_FORMAT) throw invalid('policy-invalid', '/format', `must be ${String(POLICY_FORMAT)}`);
    try {
      return await publishPolicy(this.store, document, caller, this.clock, this.directory.rules);
    } catch (error) {
      throw error instanceof InvalidDocument ? invalid('policy-invalid', error.path, error.reason) : error;
    } finally {
      await this.directory.catchUp();
    }
  }

  /**
   * Publishes a catalogue or an instrument, for all countries.
   * @throws Rejection `role-not-allowed`, `human-required`, `rules-invalid` naming the key, `rules-version-taken`
   */
  async publishRule(caller: PolicyCaller, kind: RuleKind, document: object): Promise<{ readonly version: string; readonly hash: string }> {
    this.check(caller, this.directory.get(caller.organisation)?.country ?? '');
    try {
      return await publishRule(this.store, kind, document, caller, this.clock);
    } catch (error) {
      throw error instanceof InvalidDocument ? invalid('rules-invalid', error.path, error.reason) : error;
    } finally {
      await this.directory.catchUp();
    }
  }

  /**
   * Puts a version in force for new cases: at once, or from a later moment.
   * @throws Rejection `role-not-allowed`, `human-required`, `body-invalid`, `policy-unknown`, `policy-start-past`, `second-person-required`
   */
  async activate(caller: PolicyCaller, country: string, version: string, from: string = this.clock()): Promise<void> {
    this.check(caller, country);
    if (!MOMENT.test(from) || Number.isNaN(Date.parse(from))) {
      throw new Rejection('invalid', 'body-invalid', 'from must be an ISO 8601 moment with zone', { errors: ['/from moment'] });
    }
    await activatePolicy(this.store, { country, version, from: new Date(from).toISOString() }, caller, this.clock);
    await this.directory.catchUp();
  }

  private check({ organisation, roles, human }: PolicyCaller, country: string): void {
    const entry = this.directory.get(organisation);
    const coordinates = entry?.status === 'ACTIVE' && entry.country === country && entry.roles.includes('NRM_COORD');
    if (!coordinates || !roles.includes('NRM_COORD')) {
      throw new Rejection('not-allowed', 'role-not-allowed', 'the coordinator of the country decides on its policy');
    }
    if (!human) throw new Rejection('rule-broken', 'human-required', 'this step needs a person, not a client system');
  }
}

function invalid(code: string, path: string, reason: string): Rejection {
  const pointer = path === '/' ? '/document' : `/document${path}`;
  return new Rejection('invalid', code, `${path} ${reason}`, { errors: [`${pointer} policy`], reason });
}

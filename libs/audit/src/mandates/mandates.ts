/**
 * Audit mandates: stream `mandate-<id>`. Granted by a data protection officer of a public body of the country, in person:
 * the officer monitors compliance "and the related audits" (GDPR art. 39(1)(b)) and takes no instructions in it (art. 38(3)),
 * so neither the coordinator's case work nor the auditor decides on it. Source: domain.md 12.1 R-11.
 */
import { type Draft, type EventStore, type StoredEvent, record, uuidV5 } from '#event-store';
import { type Clock, Rejection } from '#kernel';
import type { Organisation } from '#mechanism';
import type { AuditMandate, Caller } from '#platform';

/** What a mandate says. Scope: cases of `country` recorded from `casesFrom` until before `casesUntil`. ISO 8601 in UTC. */
export type MandateTerms = Omit<AuditMandate, 'mandate' | 'organisation'> & { readonly auditor: string };

/** An auditor may replay and verify the cases in scope until it expires. Not: that it may open personal data. */
export type MandateGranted = MandateTerms;
/** The auditor may look at nothing under it any more. Not: that what it saw is forgotten. */
export interface MandateRevoked {
  readonly reason: RevocationReason;
}

export const REVOCATION_REASONS = ['CONFLICT_OF_INTEREST', 'BREACH_OF_TERMS', 'AUDIT_ENDED', 'GRANTED_IN_ERROR'] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/** Who grants or revokes, under which command. */
export interface MandateWish {
  readonly caller: Caller;
  readonly entry: Organisation | undefined;
  readonly commandId: string;
  readonly correlationId: string;
}

/** No mandate stands longer: after a year somebody looks again whether it is still needed. [D] */
export const LONGEST_MANDATE_DAYS = 366;
const DAY_MILLISECONDS = 86_400_000;

const MANDATE = 'mandate-';
export const mandateStream = (mandate: string): string => `${MANDATE}${mandate}`;
export const isMandateStream = (stream: string): boolean => stream.startsWith(MANDATE);

/** an auditor coordinates and reports on nothing that it audits. */
export function mayAudit(entry: Organisation | undefined): boolean {
  return entry?.status === 'ACTIVE' && entry.roles.includes('AUDIT') && !entry.roles.includes('NRM_COORD') && !entry.roles.includes('RAPP');
}

function checkTerms({ casesFrom, casesUntil, validFrom, expiresAt }: MandateTerms): void {
  const longest = Date.parse(validFrom) + LONGEST_MANDATE_DAYS * DAY_MILLISECONDS;
  if (casesFrom < casesUntil && validFrom < expiresAt && Date.parse(expiresAt) <= longest) return;
  throw new Rejection('rule-broken', 'mandate-period-wrong', 'scope and validity begin before they end, and validity is a year at most');
}

/** @throws Rejection unless a data protection officer of an active public body does this in person */
function checkGrantor({ caller, entry }: MandateWish): void {
  const officer = entry?.status === 'ACTIVE' && entry.kind === 'PUBLIC' && entry.roles.includes('DPO') && caller.roles.includes('DPO');
  if (!officer) throw new Rejection('not-allowed', 'role-not-allowed', 'a data protection officer of a public body decides on mandates', { roles: ['DPO'] });
  if (!caller.human) throw new Rejection('rule-broken', 'human-required', 'a person decides on mandates');
}

/** @throws Rejection `role-not-allowed` where the officer's public body is one of another country */
function checkCountry({ entry }: MandateWish, country: string): void {
  if (entry?.country !== country) throw new Rejection('not-allowed', 'role-not-allowed', 'a public body decides on mandates over the cases of its own country');
}

/** The mandate that these events of its stream tell; `undefined` when there are none. A revoked one expired at that moment. */
export function mandateTold(events: readonly StoredEvent[]): AuditMandate | undefined {
  const [granted, ...later] = events;
  if (granted === undefined) return undefined;
  const mandate = granted.stream.slice(MANDATE.length);
  const { auditor, ...terms } = granted.data as MandateGranted;
  const revoked = later.find(({ type }) => type === 'MandateRevoked')?.metadata.recordedAt;
  const expiresAt = revoked !== undefined && revoked < terms.expiresAt ? revoked : terms.expiresAt;
  return { ...terms, mandate, organisation: auditor, expiresAt };
}

function draft(type: string, data: object, { caller, commandId, correlationId }: MandateWish, occurredAt: string): Draft {
  return {
    type, data, schema: 1, occurredAt, actor: caller.actor, organisation: caller.organisation, role: 'DPO', commandId, correlationId,
    causationId: commandId, reference: {}, legalBasis: 'GDPR-39-1-b', sensitivity: 1,
  };
}

export class Mandates {
  constructor(
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Grants a mandate; its identifier derives from the command, so the same command grants one.
   * @param auditor directory entry of the organisation that is to audit
   * @throws Rejection `role-not-allowed`, `human-required`, `auditor-not-eligible`, `mandate-period-wrong`
   */
  async grant(wish: MandateWish, terms: MandateTerms, auditor: Organisation | undefined): Promise<AuditMandate> {
    checkGrantor(wish);
    checkCountry(wish, terms.country);
    if (!mayAudit(auditor) || terms.auditor === wish.caller.organisation) {
      throw new Rejection('rule-broken', 'auditor-not-eligible', 'the organisation is no auditor of the directory, or coordinates or reports itself (R-11)');
    }
    checkTerms(terms);
    return this.granted(wish, terms);
  }

  /** @throws Rejection `not-found` when there is no such mandate, and as `grant` for who may not */
  async revoke(wish: MandateWish, mandate: string, reason: RevocationReason): Promise<AuditMandate> {
    checkGrantor(wish);
    checkCountry(wish, (await this.known(mandate)).country);
    const data: MandateRevoked = { reason };
    await record(this.store, mandateStream(mandate), wish.commandId, (events) => {
      return events.some(({ type }) => type === 'MandateRevoked') ? [] : [draft('MandateRevoked', data, wish, this.clock())];
    }, this.clock);
    return this.known(mandate);
  }

  /** The mandate as it is in force: a revoked one expired at that moment. `undefined` when it was never granted. */
  async find(mandate: string): Promise<AuditMandate | undefined> {
    return mandateTold(await this.store.readStream(mandateStream(mandate)));
  }

  /** Records a mandate whose terms were checked, or by the setup of a demonstration. */
  async granted(wish: MandateWish, terms: MandateTerms): Promise<AuditMandate> {
    const mandate = uuidV5(wish.commandId, 'mandate');
    await record(this.store, mandateStream(mandate), wish.commandId, () => [draft('MandateGranted', terms, wish, this.clock())], this.clock);
    return this.known(mandate);
  }

  private async known(mandate: string): Promise<AuditMandate> {
    const found = await this.find(mandate);
    if (found === undefined) throw new Rejection('unknown', 'not-found', 'there is no such mandate');
    return found;
  }
}

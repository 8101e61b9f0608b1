/** A mandate for the invented auditor of a demonstration, so that history and export can be tried at once. */
import { type EventStore, uuidV5 } from '#event-store';
import type { Clock } from '#kernel';
import type { AuditMandate } from '#platform';
import { LONGEST_MANDATE_DAYS, Mandates } from './mandates.js';

const NAMESPACE = '2d1f3a0c-95b4-5a6e-8f52-60a7be0c4d11';
const AUDITOR = 'garda-audit';
const OFFICER = { organisation: 'centrul-coordonare', actor: 'setup', roles: ['DPO'], human: true, client: 'setup' } as const;

/**
 * Grants `garda-audit` all cases of Romania for a year. Called again in the same year it answers with the same mandate,
 * whose identifier goes into the auditor's token as the claim `mandate`.
 */
export async function grantDemonstrationMandate(store: EventStore, clock: Clock): Promise<AuditMandate> {
  const now = clock();
  const year = Number(now.slice(0, 4));
  const commandId = uuidV5(NAMESPACE, String(year));
  const validFrom = `${String(year)}-01-01T00:00:00.000Z`;
  const expiresAt = new Date(Date.parse(validFrom) + LONGEST_MANDATE_DAYS * 86_400_000).toISOString();
  const terms = { auditor: AUDITOR, legalBasis: 'GDPR-6-1-e', country: 'RO', casesFrom: '2000-01-01T00:00:00.000Z', casesUntil: '2100-01-01T00:00:00.000Z', validFrom, expiresAt };
  return new Mandates(store, clock).granted({ caller: OFFICER, entry: undefined, commandId, correlationId: commandId }, terms);
}

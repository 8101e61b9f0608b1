/** A Tandem with an auditor under a mandate, and a case with a story to audit. */
import { grantDemonstrationMandate } from '#audit/nest';
import type { AuditMandate } from '#platform';
import { HOUR, type Tandem, type TestClient, startTandem } from '../../support/tandem.js';

/** A case as its notifier tells it. */
export const NOTIFICATION = {
  channel: 'OUTREACH', grounds: ['OBSERVED_SIGNS'], ageBand: '26-40', signsOfChildhood: false, sex: 'FEMALE', region: 'RO11', citizenship: 'THIS_COUNTRY',
  form: 'LABOUR', danger: false, interpreterNeeded: false, county: 'RO113', account: 'She said that she may not leave the farm.',
};
const RIGHTS = { sheetVersion: '2026-1', media: ['ORAL', 'WRITTEN'], acknowledgement: 'SIGNED', language: 'ron' };
const CONSENT = { purpose: 'REFERRAL', recipient: 'clinica-aurora', giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' };

/** What the shelter holds of the case after its writes. */
export interface AuditedCase {
  readonly path: string;
  readonly alias: string;
  readonly consentId: string;
  readonly receipts: readonly { readonly revision: number; readonly chain: string }[];
  /** Right after the consent, before its withdrawal an hour later. */
  readonly consented: string;
}

export interface Audited {
  readonly tandem: Tandem;
  readonly mandate: AuditMandate;
  readonly shelter: TestClient;
  readonly auditor: TestClient;
  /** Notified, informed, consented; an hour later the consent is withdrawn. */
  aCase(): Promise<AuditedCase>;
  /** How the auditor knows a case. */
  pathOf(known: AuditedCase): Promise<string>;
  /** What the auditor gets at a path, byte for byte. */
  bytes(path: string): Promise<Buffer>;
}

export async function startAudited(): Promise<Audited> {
  const tandem = await startTandem();
  const mandate = await grantDemonstrationMandate(tandem.engines.store, tandem.engines.clock);
  const shelter = tandem.as('casa-lumina');
  const auditor = tandem.as({ organisation: 'garda-audit', mandate: mandate.mandate });
  const aCase = async (): Promise<AuditedCase> => {
    const made = await shelter.post('/v1/cases', NOTIFICATION);
    const path = `/v1/cases/${made.body.caseId}`;
    const informed = await shelter.post(`${path}/rights-information`, RIGHTS);
    const consent = await shelter.post(`${path}/consents`, CONSENT);
    const consented = tandem.now();
    await tandem.pass(HOUR);
    const withdrawn = await shelter.post(`${path}/consents/${consent.body.consentId}/withdrawal`, { by: 'PERSON' });
    const receipts = [made, informed, consent, withdrawn].map(({ body }) => body.receipt);
    return { path, alias: made.body.caseId, consentId: consent.body.consentId, receipts, consented };
  };
  const pathOf = async ({ alias }: AuditedCase): Promise<string> => {
    const caseId = (await tandem.engines.aliases.resolve('casa-lumina', alias))!.thing;
    return `/v1/cases/${await tandem.engines.aliases.aliasFor('garda-audit', 'case', caseId, caseId)}`;
  };
  const bytes = async (path: string): Promise<Buffer> => {
    const token = await tandem.issuer.issue({ organisation: 'garda-audit', roles: ['AUDIT'], actor: 'auditor', human: true, mandate: mandate.mandate });
    const answer = await fetch(`${tandem.address}${path}`, { headers: { authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(`answered ${String(answer.status)}`);
    return Buffer.from(await answer.arrayBuffer());
  };
  return { tandem, mandate, shelter, auditor, aCase, pathOf, bytes };
}

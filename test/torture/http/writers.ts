/** Clients that record what a shelter and a clinic record: found, rights, needs, consent, referral, acceptance, withdrawal. */
import { NOTIFICATION, RIGHTS, acceptance, consentTo, fullRisk, referralTo } from '../../support/story.js';
import { type Answer, type Ledger, NoAnswer } from './ledger.js';

export const MANAGER = 'casa-lumina';
export const PROVIDER = 'clinica-aurora';
const NEEDS = { met: ['FOOD'], refused: ['CLOTHING'] };
const ACCOUNT = 'She came with nothing and asked for her sister.';

interface Pace {
  /** Between 0 and 1; seeded, so that a run can be repeated as far as a crash can. */
  readonly random: () => number;
  readonly stopped: () => boolean;
}

/** Writes case after case until the instance dies or `stopped`. */
export async function writeCases(address: string, ledger: Ledger, pace: Pace): Promise<void> {
  try {
    while (!pace.stopped()) await writeCase(address, ledger, pace);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
}

async function writeCase(address: string, ledger: Ledger, { random, stopped }: Pace): Promise<void> {
  const manager = (path: string, body: object): Promise<Answer> => ledger.write(address, MANAGER, path, body);
  const found = await manager('/v1/cases', { ...NOTIFICATION, account: ACCOUNT });
  if (found.body.caseId === undefined) return;
  const path = `/v1/cases/${found.body.caseId}`;
  await manager(`${path}/rights-information`, RIGHTS);
  if (random() < 0.5) await manager(`${path}/basic-needs`, NEEDS);
  await manager(`${path}/risk-assessments`, fullRisk('INITIAL', 1));
  const consent = await manager(`${path}/consents`, consentTo('REFERRAL', PROVIDER));
  if (stopped()) return;
  const referral = await manager(`${path}/referrals`, referralTo(PROVIDER, ['MED.GEN']));
  if (random() < 0.6) await acceptOne(address, ledger);
  if (random() < 0.3) await manager(`${path}/consents/${String(consent.body['consentId'])}/withdrawal`, { by: 'PERSON' });
  if (referral.status < 300 && random() < 0.3) await manager(`${path}/basic-needs`, { met: ['SAFE_PLACE'], refused: [] });
}

/** The provider takes what its inbox shows first; another writer may have been faster. */
async function acceptOne(address: string, ledger: Ledger): Promise<void> {
  const { body } = await ledger.read(address, PROVIDER, '/v1/inbox');
  const items = (body['items'] ?? []) as readonly { readonly waitsFor: string; readonly thingId: string }[];
  const waiting = items.filter(({ waitsFor }) => waitsFor === 'referral-reply').at(-1);
  if (waiting === undefined) return;
  await ledger.write(address, PROVIDER, `/v1/referrals/${waiting.thingId}/acceptance`, acceptance(new Date().toISOString()));
}

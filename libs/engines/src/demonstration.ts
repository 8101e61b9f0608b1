/** What a demonstration needs before anybody can try anything: invented organisations, a mandate, and who issues tokens. */
import { grantDemonstrationMandate } from '#audit/nest';
import { DEMONSTRATION_DIRECTORY, register } from '#mechanism';
import { type DemoIssuer, createDemoIssuer } from '#platform';
import type { Engines } from './engines.js';

export interface Demonstration {
  readonly issuer: DemoIssuer;
  /** Mandate of the invented auditor, for its token. */
  readonly mandate: string;
}

/** Registers the invented organisations where they are not yet; the issuer's key lies in `data`. Idempotent. */
export async function prepareDemonstration(engines: Pick<Engines, 'store' | 'clock' | 'directory'>, data: string): Promise<Demonstration> {
  const by = { actor: 'setup', organisation: 'tandem' };
  for (const entry of DEMONSTRATION_DIRECTORY) await register(engines.store, entry, by, engines.clock);
  await engines.directory.catchUp();
  const { mandate } = await grantDemonstrationMandate(engines.store, engines.clock);
  return { issuer: await createDemoIssuer(data), mandate };
}

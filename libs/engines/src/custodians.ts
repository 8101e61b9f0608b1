/** Vaults that custodians run in their own houses, as this house uses them. */
import type { CaseReader } from '#casework/nest';
import { toldAbout } from '#casework';
import type { EventStore } from '#event-store';
import { type CustodianVault, type ErasureOptions, type Vault, catchUpVault, openRemoteVault } from '#privacy';

/** The person of a case, and who outside was told of it. */
export const factsFor = (cases: CaseReader): ErasureOptions['factsOf'] => async (caseId) => {
  const { facts } = await cases.state(caseId);
  return { person: facts.person, holders: toldAbout(facts) };
};

/** Connects to each when it is first asked. One that was started anew is told first which persons the log has erased. */
export function openCustodianVaults(vaults: readonly CustodianVault[], store: EventStore, cases: CaseReader): ReadonlyMap<string, Vault> {
  return new Map(vaults.flatMap(({ custodians, url, certificates }) => {
    const vault = openRemoteVault({ url, certificates, catchUp: (remote, progress) => catchUpVault({ store, factsOf: factsFor(cases) }, remote, progress) });
    return custodians.map((custodian) => [custodian, vault] as const);
  }));
}

/** Which reference a case is decided on: its own policy version, and for a new case the one in force. Source: domain.md 2.9. */
import type { Clock } from '#kernel';
import type { Directory } from './organisations/directory.js';
import type { Organisation, Reference } from './reference.js';
import { referenceUnder, shippedPolicy, UnknownVersion } from './registry.js';

/** Of which case: the version that it is pinned to, or, for a new one, the country of who notifies it. */
export interface ReferenceWish {
  /** Empty or absent for a case that is not pinned. */
  readonly policy?: string | undefined;
  readonly country?: string | undefined;
}

/**
 * The references of a mechanism whose log is read by `directory`. A new case follows the policy in force of the country of
 * its notifier, or, where that country has none here, of `house`.
 * @returns a function that throws UnknownVersion for a version that neither the log nor this build has
 */
export function referencesOf(directory: Directory, clock: Clock, house: string): (wish?: ReferenceWish) => Reference {
  const { policies } = directory;
  let organisations: { readonly at: number; readonly entries: ReadonlyMap<string, Organisation> } | undefined;
  let known = new Map<string, Reference>();
  const entries = (): ReadonlyMap<string, Organisation> => {
    if (organisations?.at !== directory.changes) {
      organisations = { at: directory.changes, entries: new Map(directory.all().map((one) => [one.id, one])) };
      known = new Map();
    }
    return organisations.entries;
  };
  const published = (version: string) => (policies.has(version) ? policies.at(version).policy : shippedPolicy(version));
  return ({ policy: pinned, country = house } = {}) => {
    const now = clock();
    const own = pinned === undefined || pinned === '' ? undefined : published(pinned);
    const inForce = policies.inForce(own?.country ?? country, now) ?? own ?? policies.inForce(house, now);
    if (inForce === undefined) throw new UnknownVersion('policy', house);
    const policy = own ?? inForce;
    const all = entries();
    const key = `${policy.version} ${inForce.version}`;
    const reference = known.get(key) ?? referenceUnder(policy, inForce, all, directory.rules);
    known.set(key, reference);
    return reference;
  };
}

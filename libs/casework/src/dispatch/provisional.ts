/** Notices which unconfirmed policy keys a decision read, so that its answer can say so. */
import type { PolicyKey, PolicyValues, Reference } from '#mechanism';

/** A reference whose policy puts the provisional keys that were read through it into `readKeys`. */
export function watchProvisional(reference: Reference, readKeys: Set<string>): Reference {
  const provisional = new Set<string>(reference.policy.provisional);
  const values = new Proxy(reference.policy.values, {
    get(target: PolicyValues, key) {
      if (typeof key === 'string' && provisional.has(key)) readKeys.add(key);
      return target[key as PolicyKey];
    },
  });
  return { ...reference, policy: { ...reference.policy, values } };
}

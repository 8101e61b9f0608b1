/** Notices which unconfirmed policy keys a decision read, so that its answer can say so. */
import type { PolicyKey, PolicyValues, Reference } from '#mechanism';

/** A reference whose policy remembers which provisional keys were read through it. */
export function watchProvisional(reference: Reference): { reference: Reference; readKeys: ReadonlySet<string> } {
  const readKeys = new Set<string>();
  const provisional = new Set<string>(reference.policy.provisional);
  const values = new Proxy(reference.policy.values, {
    get(target: PolicyValues, key) {
      if (typeof key === 'string' && provisional.has(key)) readKeys.add(key);
      return target[key as PolicyKey];
    },
  });
  return { reference: { ...reference, policy: { ...reference.policy, values } }, readKeys };
}

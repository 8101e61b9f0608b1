/** Whether an answer rests on rules that no source has confirmed. */
import type { PolicyKey, Reference } from '#mechanism';

/** True when any of the keys is provisional in the policy in force. */
export function restsOnProvisional({ policy }: Reference, ...keys: readonly PolicyKey[]): boolean {
  return keys.some((key) => policy.provisional.includes(key));
}

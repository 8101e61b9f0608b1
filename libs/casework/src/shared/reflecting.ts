/** Whether the person has time to recover and reflect. Source: domain.md 2.3, axis B. */

export type ReflectionStatus = 'NOT_APPLICABLE' | 'OFFERED' | 'DECLINED' | 'RUNNING' | 'EXTENDED' | 'ENDED';

/** It runs now: nobody removes her meanwhile (INV-5). */
export function isReflecting({ reflection }: { readonly reflection: ReflectionStatus }): boolean {
  return reflection === 'RUNNING' || reflection === 'EXTENDED';
}

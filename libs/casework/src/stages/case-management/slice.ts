/** What the stage keeps of needs, plan and who leads. Source: domain.md 2.4 C2-C4. */
import type { ServiceCode } from '#mechanism';

export interface ManagementSlice {
  readonly needs?: readonly ServiceCode[];
  readonly partial?: boolean;
  readonly plan?: { readonly planId: string; readonly version: number; readonly status: 'DRAFT' | 'AGREED'; readonly madeAt: string };
  readonly otherAskedAt?: string;
}

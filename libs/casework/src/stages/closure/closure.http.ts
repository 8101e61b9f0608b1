/** Bodies of the closure commands: shape and classification of every field. */
import { InClear, Personal } from '#kernel';
import { SERVICE_CODES } from '#mechanism';
import type { ServiceCode } from '#mechanism';
import { Code, Codes, EmptyBody, Flag, Words } from '../../shared/fields.http.js';
import { CLOSURE_REASONS, REOPENING_REASONS } from './closure.js';
import type { ClosureReason, ProposeClosure, RejectClosure, ReopenCase, ReopeningReason } from './closure.js';

export class ProposeClosureBody implements ProposeClosure {
  @InClear() @Code(CLOSURE_REASONS) reason!: ClosureReason;
  @InClear() @Codes(SERVICE_CODES) unmetNeeds!: readonly ServiceCode[];
  @InClear() @Flag() interviewOffered!: boolean;
  @InClear() @Flag() retentionExplained!: boolean;
  @Personal('narrative') @Words(20_000) summary!: Personal<string, 'narrative'>;
}
export class ApproveClosureBody extends EmptyBody {}
export class RejectClosureBody implements Omit<RejectClosure, 'proposalId'> {
  @Personal('narrative') @Words(4_000) reason!: Personal<string, 'narrative'>;
}
export class ReopenCaseBody implements ReopenCase {
  @InClear() @Code(REOPENING_REASONS) reason!: ReopeningReason;
}

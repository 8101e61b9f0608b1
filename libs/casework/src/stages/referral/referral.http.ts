/** Bodies of the referral commands: shape and classification of every field. Identifiers of things stand in the path. */
import { InClear, Personal } from '#kernel';
import { PRIORITIES, REGIONS, SERVICE_CODES } from '#mechanism';
import type { Priority, Region, ServiceCode } from '#mechanism';
import {
  EmptyBody,
  Code,
  Codes,
  Count,
  Flag,
  Label,
  Moment,
  Optional,
  OrganisationId,
  SomeCodes,
  Texts,
  Words,
} from '../../shared/fields.http.js';
import { CHASE_ENDS, type ChaseEnd } from '../../shared/holders.js';
import { DECLINE_REASONS } from './answer.js';
import type { AcceptReferral, DeclineReason, DeclineReferral, QueueReferral } from './answer.js';
import type { EndDeletionChase } from './chase.js';
import { ESCORTS, FEEDBACK_STATUSES } from './handover.js';
import type { ConfirmHandover, GiveFeedback } from './handover.js';
import { CANCEL_REASONS } from './recall.js';
import type { CancelReason, CancelReferral } from './recall.js';
import { ACCESSIBILITY_NEEDS, IMPOSSIBILITY_REASONS, INTERIM_MEASURES, PRECAUTIONS } from './request.js';
import type {
  AccessibilityNeed,
  ImpossibilityReason,
  InterimMeasure,
  Precaution,
  RecordReferralImpossible,
  RequestReferral,
} from './request.js';
import { AGREEMENTS, BENEFICIARIES, HOLD_REASONS, SERVICE_OUTCOMES } from './service.js';
import { type DecideServiceFunding, FUNDING_DECISIONS, type FundingDecision } from './funding.js';
import type { EndService, HoldService, RecordSession, ServiceOutcome, StartService } from './service.js';
import { SHARED_DATA } from './slice.js';
import type { SharedDatum } from './slice.js';

export class RequestReferralBody implements RequestReferral {
  @InClear() @OrganisationId() recipient!: string;
  @InClear() @SomeCodes(SERVICE_CODES, 10) services!: readonly ServiceCode[];
  @InClear() @Code(PRIORITIES) priority!: Priority;
  @InClear() @Optional() @Code(REGIONS) region?: Region;
  @InClear() @Codes(SHARED_DATA) dataShared!: readonly SharedDatum[];
  @Personal('assessment') @Optional() @Texts(/^[a-z]{3}$/, 10) languages?: Personal<readonly string[], 'assessment'>;
  @Personal('assessment') @Optional() @Flag() withChildren?: Personal<boolean, 'assessment'>;
  @Personal('assessment') @Optional() @Codes(ACCESSIBILITY_NEEDS) accessibility?: Personal<
    readonly AccessibilityNeed[],
    'assessment'
  >;
  @Personal('assessment') @Optional() @Codes(PRECAUTIONS) precautions?: Personal<readonly Precaution[], 'assessment'>;
}

export class RecordReferralImpossibleBody implements RecordReferralImpossible {
  @InClear() @SomeCodes(SERVICE_CODES, 10) services!: readonly ServiceCode[];
  @InClear() @Optional() @Code(REGIONS) region?: Region;
  @InClear() @Code(IMPOSSIBILITY_REASONS) reason!: ImpossibilityReason;
  @InClear() @Code(INTERIM_MEASURES) interim!: InterimMeasure;
}

export class AcceptReferralBody implements Omit<AcceptReferral, 'referralId'> {
  @InClear() @Label() worker!: string;
  @InClear() @Moment() startFrom!: string;
  @Personal('contact') @Words(2_000) meeting!: Personal<string, 'contact'>;
}

export class QueueReferralBody implements Omit<QueueReferral, 'referralId'> {
  @InClear() @Optional() @Moment() expectedFrom?: string;
}

export class DeclineReferralBody implements Omit<DeclineReferral, 'referralId'> {
  @InClear() @Code(DECLINE_REASONS) reason!: DeclineReason;
}

export class CancelReferralBody implements Omit<CancelReferral, 'referralId'> {
  @InClear() @Code(CANCEL_REASONS) reason!: CancelReason;
}

export class ConfirmDeletionBody extends EmptyBody {}

export class EndDeletionChaseBody implements Omit<EndDeletionChase, 'referralId'> {
  @InClear() @Code(CHASE_ENDS) reason!: ChaseEnd;
}

export class ConfirmHandoverBody implements Omit<ConfirmHandover, 'referralId'> {
  @InClear() @Code(ESCORTS) escort!: ConfirmHandover['escort'];
}

export class GiveFeedbackBody implements Omit<GiveFeedback, 'referralId'> {
  @InClear() @Code(FEEDBACK_STATUSES) status!: GiveFeedback['status'];
  @Personal('narrative') @Optional() @Words(4_000) note?: Personal<string, 'narrative'>;
}

export class StartServiceBody implements Omit<StartService, 'episodeId'> {
  @InClear() @Label() worker!: string;
  @InClear() @Code(AGREEMENTS) agreement!: StartService['agreement'];
}

export class RecordSessionBody implements Omit<RecordSession, 'episodeId'> {
  @InClear() @Count(1, 1_000) quantity!: number;
  @InClear() @Code(BENEFICIARIES) beneficiary!: RecordSession['beneficiary'];
  @InClear() @Texts(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 10) programmes!: readonly string[];
}

export class HoldServiceBody implements Omit<HoldService, 'episodeId'> {
  @InClear() @Code(HOLD_REASONS) reason!: HoldService['reason'];
}

export class ResumeServiceBody extends EmptyBody {}

export class EndServiceBody implements Omit<EndService, 'episodeId'> {
  @InClear() @Code(SERVICE_OUTCOMES) outcome!: ServiceOutcome;
}

export class RequestServiceFundingBody extends EmptyBody {}

export class DecideServiceFundingBody implements Omit<DecideServiceFunding, 'episodeId'> {
  @InClear() @Code(FUNDING_DECISIONS) decision!: FundingDecision;
}

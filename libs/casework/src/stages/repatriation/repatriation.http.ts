/** Bodies of the repatriation commands: shape and classification of every field. The return stands in the path. */
import { InClear, Personal } from '#kernel';
import { SERVICE_CODES } from '#mechanism';
import type { ServiceCode } from '#mechanism';
import { CONTACT_CHANNELS, type ContactChannel } from '../../shared/contact.js';
import { Code, EmptyBody, Flag, Language, Moment, Optional, OrganisationId, SomeCodes, Words } from '../../shared/fields.http.js';
import { NOT_SAFE_REASONS, RETURN_CANCELLATION_REASONS } from './approval.js';
import type { ApproveReturn, CancelReturn, FindReturnNotSafe, NotSafeReason, OverrideReturnRisk, ReturnCancellationReason } from './approval.js';
import { FOLLOW_UP_RESULTS, type FollowUpResult, type FollowUpReturn } from './follow-up.js';
import type { CheckBeforeDeparture, RecordJourneyFailure, RecordJourneyStep } from './journey.js';
import { INFORMATION_MEDIA, TRAVEL_FITNESS } from './preparation.js';
import type { ConfirmSendingAssessment, GiveReturnInformation, InformationMedium, RequestReturn, TravelFitness } from './preparation.js';
import type { AcceptHandover, AcknowledgeReceivingRequest, ConfirmReceivingAssessment, SendReceivingRequest } from './reception.js';
import { JOURNEY_FAILURES, type JourneyFailure, RETURN_DIRECTIONS, type ReturnDirection } from './slice.js';

type Said<Command> = Omit<Command, 'returnId'>;

export class RequestReturnBody implements RequestReturn {
  @InClear() @Code(RETURN_DIRECTIONS) direction!: ReturnDirection;
  @InClear() @OrganisationId() sender!: string;
  @InClear() @OrganisationId() receiver!: string;
  @InClear() @OrganisationId() operator!: string;
  @Personal('narrative') @Optional() @Words(4_000) wish?: Personal<string, 'narrative'>;
}
export class GiveReturnInformationBody implements Said<GiveReturnInformation> {
  @InClear() @SomeCodes(INFORMATION_MEDIA) media!: readonly InformationMedium[];
  @Personal('contact') @Language() language!: Personal<string, 'contact'>;
}
export class ConfirmSendingAssessmentBody implements Said<ConfirmSendingAssessment> {
  @Personal('health') @Code(TRAVEL_FITNESS) fitness!: Personal<TravelFitness, 'health'>;
}
export class SendReceivingRequestBody implements Said<SendReceivingRequest> {
  @InClear() @SomeCodes(SERVICE_CODES, 20) needs!: readonly ServiceCode[];
  @Personal('contact') @Moment() earliest!: Personal<string, 'contact'>;
}
export class AcknowledgeReceivingRequestBody implements Said<AcknowledgeReceivingRequest> {
  @Personal('contact') @Words(400) contact!: Personal<string, 'contact'>;
  @Personal('contact') @Words(400) alternate!: Personal<string, 'contact'>;
}
export class ConfirmReceivingAssessmentBody implements Said<ConfirmReceivingAssessment> {
  @Personal('assessment') @Words(4_000) feedback!: Personal<string, 'assessment'>;
}
export class AcceptHandoverBody implements Said<AcceptHandover> {
  @Personal('narrative') @Words(10_000) protocol!: Personal<string, 'narrative'>;
}
export class OverrideReturnRiskBody implements Said<OverrideReturnRisk> {
  @Personal('assessment') @Words(4_000) reason!: Personal<string, 'assessment'>;
}
export class ApproveReturnBody implements Said<ApproveReturn> {
  @Personal('contact') @Words(4_000) receptionPlan!: Personal<string, 'contact'>;
}
export class FindReturnNotSafeBody implements Said<FindReturnNotSafe> {
  @InClear() @Code(NOT_SAFE_REASONS) reason!: NotSafeReason;
}
export class CancelReturnBody implements Said<CancelReturn> {
  @InClear() @Code(RETURN_CANCELLATION_REASONS) reason!: ReturnCancellationReason;
}
export class CheckBeforeDepartureBody implements Said<CheckBeforeDeparture> {
  @InClear() @Flag() consentReconfirmed!: boolean;
  @InClear() @Flag() receptionReconfirmed!: boolean;
}
class JourneyStepBody implements Said<RecordJourneyStep> {
  @Personal('contact') @Optional() @Words(400) place?: Personal<string, 'contact'>;
}
export class RecordDepartureBody extends JourneyStepBody {}
export class RecordTransitBody extends JourneyStepBody {}
export class RecordArrivalBody extends JourneyStepBody {}
export class FollowUpReturnBody implements Said<FollowUpReturn> {
  @InClear() @Code(FOLLOW_UP_RESULTS) result!: FollowUpResult;
  @InClear() @Optional() @Code(CONTACT_CHANNELS) channel?: ContactChannel;
  @Personal('narrative') @Optional() @Words(4_000) note?: Personal<string, 'narrative'>;
}
export class ConfirmReturnDeletionBody extends EmptyBody {}
export class RecordJourneyFailureBody implements Said<RecordJourneyFailure> {
  @InClear() @Code(JOURNEY_FAILURES) reason!: JourneyFailure;
}

/** Bodies of the identification commands: shape and classification of every field. */
import { InClear, Personal } from '#kernel';
import { ANSWER_BASES, INDICATOR_ANSWERS, SCREENING_PROFILES } from '#mechanism';
import type { AnswerBasis, AnsweredIndicator, IndicatorAnswer, ScreeningProfile } from '#mechanism';
import { EXPLOITATION_FORMS, type ExploitationForm } from '../../shared/exploitation-forms.js';
import { Code, Codes, Flag, Label, Language, Moment, Optional, OrganisationId, Parts, Shaped, SomeCodes, Words } from '../../shared/fields.http.js';
import type { AnswerFormalRequestDeletion } from './deletion.js';
import { DECLINE_REASONS, RECONSIDERATION_REQUESTERS, REFUSAL_REASONS } from './formal.js';
import type {
  DeclineFormalIdentification, DeclineReason, RecordFormalDecision, RefusalReason, RequestFormalIdentification, RequestReconsideration,
} from './formal.js';
import { COMMISSION_MEMBERS, DECISION_ROUTES, LATE_REASONS } from './formal-rules.js';
import type { CommissionMember, DecisionRoute, LateReason } from './formal-rules.js';
import { SCREEN_OUT_REASONS } from './presumption.js';
import type { Presume, ScreenOut, ScreenOutReason } from './presumption.js';
import { ACKNOWLEDGEMENTS, RIGHTS_MEDIA, SCREENING_MODES } from './screening.js';
import type { Acknowledgement, CompleteScreening, InformOfRights, RecordNotNow, RightsMedium, ScreeningMode } from './screening.js';

const INDICATOR = /^[A-Z]{2,3}(?:-[A-Z]{3})?-\d{2}$/;

export class InformOfRightsBody implements InformOfRights {
  @InClear() @Label() sheetVersion!: string;
  @InClear() @SomeCodes(RIGHTS_MEDIA) media!: readonly RightsMedium[];
  @InClear() @Code(ACKNOWLEDGEMENTS) acknowledgement!: Acknowledgement;
  @Personal('contact') @Language() language!: Personal<string, 'contact'>;
  @Personal('evidence') @Optional() @Words(2_000) evidence?: Personal<string, 'evidence'>;
}

/** A part of `CompleteScreeningBody.answers`, sealed with it as a whole. */
export class AnsweredIndicatorPart implements AnsweredIndicator {
  @Shaped(INDICATOR) code!: string;
  @Code(INDICATOR_ANSWERS) answer!: IndicatorAnswer;
  @Code(ANSWER_BASES) basis!: AnswerBasis;
}

export class CompleteScreeningBody implements CompleteScreening {
  @InClear() @Code(SCREENING_MODES) mode!: ScreeningMode;
  @InClear() @Code(SCREENING_PROFILES) profile!: ScreeningProfile;
  @InClear() @Flag() safeSetting!: boolean;
  @InClear() @Flag() interpreterUsed!: boolean;
  @Personal('assessment') @Parts(() => AnsweredIndicatorPart, 200) answers!: Personal<readonly AnsweredIndicator[], 'assessment'>;
}

export class RecordNotNowBody implements RecordNotNow {
  @InClear() @Moment() until!: string;
}

export class PresumeBody implements Presume {
  @Personal('narrative') @Optional() @Words(10_000) grounds?: Personal<string, 'narrative'>;
}

export class ScreenOutBody implements ScreenOut {
  @InClear() @Code(SCREEN_OUT_REASONS) reason!: ScreenOutReason;
  @InClear() @Flag() ledToOtherProtection!: boolean;
}

export class RequestFormalIdentificationBody implements RequestFormalIdentification {
  @InClear() @OrganisationId() authority!: string;
}

export class DeclineFormalIdentificationBody implements DeclineFormalIdentification {
  @InClear() @Code(DECLINE_REASONS.filter((reason) => reason !== 'CONSENT_WITHDRAWN')) reason!: DeclineReason;
}

export class RecordFormalDecisionBody implements RecordFormalDecision {
  @InClear() @OrganisationId() authority!: string;
  @InClear() @Code(['IDENTIFIED', 'REFUSED']) decision!: RecordFormalDecision['decision'];
  @InClear() @Optional() @Code(DECISION_ROUTES) route?: DecisionRoute;
  @InClear() @Optional() @Codes(COMMISSION_MEMBERS) membersPresent?: readonly CommissionMember[];
  @InClear() @Optional() @Code(REFUSAL_REASONS) reason?: RefusalReason;
  @InClear() @Optional() @Moment() contestUntil?: string;
  @Personal('proceedings') @Words(60) decisionNumber!: Personal<string, 'proceedings'>;
  @Personal('statistics') @Optional() @Codes(EXPLOITATION_FORMS) forms?: Personal<readonly ExploitationForm[], 'statistics'>;
  @Personal('statistics') @Optional() @Flag() transnational?: Personal<boolean, 'statistics'>;
  @Personal('statistics') @Optional() @Flag() attempt?: Personal<boolean, 'statistics'>;
}

export class AnswerFormalRequestDeletionBody implements Omit<AnswerFormalRequestDeletion, 'requestId'> {
  @InClear() @Optional() @Label() legalProvision?: string;
}

export class RequestReconsiderationBody implements RequestReconsideration {
  @InClear() @Code(RECONSIDERATION_REQUESTERS) requestedBy!: RequestReconsideration['requestedBy'];
  @InClear() @Optional() @Code(LATE_REASONS) lateBecause?: LateReason;
  @Personal('narrative') @Words(10_000) newInformation!: Personal<string, 'narrative'>;
}

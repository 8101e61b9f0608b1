/** Bodies of the risk commands: shape and classification of every field. */
import { InClear, Personal } from '#kernel';
import { RISK_PURPOSES } from '#mechanism';
import type { AnsweredRiskItem, RiskPurpose } from '#mechanism';
import { Code, Count, Optional, Parts, Shaped, Words } from '../../shared/fields.http.js';
import { type ReassessmentCause, TOLD_CAUSES, type TriggerReassessment } from './reassessment.js';
import { RETURN_HALVES, RISK_FORMS } from './risk-assessment.js';
import { type AgreeSafetyPlan, PLAN_AGREEMENTS } from './safety-plan.js';
import type { AssessRisk, LowerRiskByProtectiveFactors, ReturnHalf, RiskForm } from './risk-assessment.js';

/** A part of `AssessRiskBody.answers`, sealed with it as a whole. Likelihood and impact belong to SCORED only. */
export class AnsweredRiskItemPart {
  @Shaped(/^R\d{1,2}\.\d$/) item!: string;
  @Code(['SCORED', 'NOT_ASKED', 'REFUSED']) answer!: AnsweredRiskItem['answer'];
  @Optional() @Count(0, 4) likelihood?: number;
  @Optional() @Count(1, 4) impact?: number;
}

export class AssessRiskBody implements AssessRisk {
  @InClear() @Code(RISK_PURPOSES) purpose!: RiskPurpose;
  @InClear() @Optional() @Code(RETURN_HALVES) half?: ReturnHalf;
  @InClear() @Code(RISK_FORMS) form!: RiskForm;
  @Personal('assessment') @Parts(() => AnsweredRiskItemPart, 60) answers!: Personal<
    readonly AnsweredRiskItem[],
    'assessment'
  >;
  @Personal('narrative') @Optional() @Words(10_000) concerns?: Personal<string, 'narrative'>;
}

export class LowerRiskByProtectiveFactorsBody implements Omit<LowerRiskByProtectiveFactors, 'assessmentId'> {
  @Personal('narrative') @Words(4_000) reason!: Personal<string, 'narrative'>;
}

export class TriggerReassessmentBody implements TriggerReassessment {
  /** What the case itself shows is said by the clock. */
  @InClear() @Code(TOLD_CAUSES) cause!: ReassessmentCause;
}

export class AgreeSafetyPlanBody implements AgreeSafetyPlan {
  @InClear() @Code(PLAN_AGREEMENTS) agreement!: AgreeSafetyPlan['agreement'];
  @Personal('narrative') @Words(20_000) plan!: Personal<string, 'narrative'>;
}

/** Bodies of the reintegration commands: shape and classification of every field. Plan and goal stand in the path. */
import { InClear, Personal } from '#kernel';
import { Code, Count, Moment, Optional, Parts, Words } from '../../shared/fields.http.js';
import { AGREEMENT_FORMS, GOAL_DIMENSIONS, GOAL_RESULTS, PLAN_ENDS, REVIEW_CONTACTS } from './reintegration.js';
import type { AddGoal, AgreePlan, CloseGoal, EndPlan, GoalDimension, GoalResult, GoalScoreLine, ReviewContact, ReviewPlan } from './reintegration.js';

export class AgreePlanBody implements AgreePlan {
  @InClear() @Code(AGREEMENT_FORMS) agreement!: AgreePlan['agreement'];
  @Personal('narrative') @Words(20_000) plan!: Personal<string, 'narrative'>;
}
export class AddGoalBody implements Omit<AddGoal, 'planId'> {
  @InClear() @Code(GOAL_DIMENSIONS) dimension!: GoalDimension;
  @InClear() @Moment() due!: string;
  @Personal('narrative') @Words(4_000) statement!: Personal<string, 'narrative'>;
  @Personal('assessment') @Count(0, 4) baseline!: Personal<number, 'assessment'>;
  @Personal('assessment') @Count(0, 4) target!: Personal<number, 'assessment'>;
}
export class CloseGoalBody implements Omit<CloseGoal, 'planId' | 'goalId'> {
  @InClear() @Code(GOAL_RESULTS) result!: GoalResult;
}
/** A part of `ReviewPlanBody.scores`, sealed with it as a whole. */
export class GoalScorePart implements GoalScoreLine {
  @Code(GOAL_DIMENSIONS) dimension!: GoalDimension;
  @Count(0, 4) score!: number;
}
export class ReviewPlanBody implements Omit<ReviewPlan, 'planId'> {
  @InClear() @Code(REVIEW_CONTACTS) contact!: ReviewContact;
  @Personal('assessment') @Parts(() => GoalScorePart, 20) scores!: Personal<readonly GoalScoreLine[], 'assessment'>;
  @Personal('narrative') @Optional() @Words(10_000) changes?: Personal<string, 'narrative'>;
}
export class EndPlanBody implements Omit<EndPlan, 'planId'> {
  @InClear() @Code(PLAN_ENDS) end!: EndPlan['end'];
}

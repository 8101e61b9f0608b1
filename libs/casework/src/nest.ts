/** Casework as Nest modules: the write path for every app, and the routes of the stages that an app serves. */
import { type DynamicModule, Inject, Module, type Type } from '@nestjs/common';
import { CommandHandler, CqrsModule, type ICommandHandler } from '@nestjs/cqrs';
import { HealthChecks } from '#platform/nest';
import { type CaseRecord, RecordOnCase } from './dispatch/case-command.js';
import { ComingOfAge } from './dispatch/coming-of-age.js';
import { CaseRecorder } from './dispatch/recorder.js';
import { Cases } from './edge/cases.js';
import { CaseList } from './edge/case-list.js';
import { DeadlineDesk } from './edge/deadline-desk.js';
import { PartnerDesk } from './edge/partner-desk.js';
import { CaseController } from './http/case.http.js';
import { DeadlineController } from './http/deadlines.http.js';
import { factController } from './http/fact-routes.js';
import { PartnerController } from './http/partner.http.js';
import { BREAK_GLASS_ROUTES } from './stages/break-glass/break-glass.routes.http.js';
import { CASE_MANAGEMENT_ROUTES } from './stages/case-management/case-management.routes.http.js';
import { CLOSURE_ROUTES } from './stages/closure/closure.routes.http.js';
import { CONSENT_ROUTES } from './stages/consent/consent.routes.http.js';
import { COUNTRY_POLICY_ROUTES } from './stages/country-policy/country-policy.routes.http.js';
import { ClockService } from './reactions/clock.service.js';
import { DutyBoard } from './reactions/duty-board.js';
import { GUARDIANSHIP_ROUTES } from './stages/guardianship/guardianship.routes.http.js';
import { IDENTIFICATION_ROUTES } from './stages/identification/identification.routes.http.js';
import { INTAKE_ROUTES } from './stages/intake/intake.routes.http.js';
import { PROCEEDINGS_ROUTES } from './stages/proceedings/proceedings.routes.http.js';
import { REFLECTION_PERIOD_ROUTES } from './stages/reflection-period/reflection-period.routes.http.js';
import { REFERRAL_ROUTES } from './stages/referral/referral.routes.http.js';
import { REINTEGRATION_ROUTES } from './stages/reintegration/reintegration.routes.http.js';
import { REPATRIATION_ROUTES } from './stages/repatriation/repatriation.routes.http.js';
import { RISK_ASSESSMENT_ROUTES } from './stages/risk-assessment/risk-assessment.routes.http.js';

export * from './dispatch/case-command.js';
export * from './dispatch/case-reader.js';
export * from './dispatch/coming-of-age.js';
export * from './dispatch/recorder.js';
export * from './edge/access-grounds.js';
export { aliased } from './edge/aliases.js';
export { toTheMinute } from './edge/minutes.js';
export * from './edge/as-of.js';
export { caseView } from './edge/case-view.js';
export { seenView, seesAll } from './edge/case-tag.js';
export * from './edge/case-list.js';
export * from './edge/cases.js';
export * from './edge/partner-desk.js';
export * from './edge/refusals.js';
export * from './reactions/clock-runner.js';
export * from './reactions/clock.service.js';
export * from './reactions/duty-board.js';
export type { DutyTables } from './reactions/duty-tables.js';
export type { BoardEntry, BoardPage } from './reactions/duty-rows.js';
export { workflowPage } from './documentation/workflow-page.js';

/** Writes by stage. An app names the stages that it serves; which app serves which is written in its module only. */
export const STAGE_ROUTES = {
  intake: INTAKE_ROUTES,
  consent: CONSENT_ROUTES,
  guardianship: GUARDIANSHIP_ROUTES,
  identification: IDENTIFICATION_ROUTES,
  'reflection-period': REFLECTION_PERIOD_ROUTES,
  'risk-assessment': RISK_ASSESSMENT_ROUTES,
  referral: REFERRAL_ROUTES,
  repatriation: REPATRIATION_ROUTES,
  reintegration: REINTEGRATION_ROUTES,
  proceedings: PROCEEDINGS_ROUTES,
  'case-management': CASE_MANAGEMENT_ROUTES,
  closure: CLOSURE_ROUTES,
  'break-glass': BREAK_GLASS_ROUTES,
  'country-policy': COUNTRY_POLICY_ROUTES,
} as const;
export type StageName = keyof typeof STAGE_ROUTES;

/** The single entry of writes: whatever is recorded on a case comes through here. */
@CommandHandler(RecordOnCase)
export class RecordOnCaseHandler implements ICommandHandler<RecordOnCase> {
  constructor(private readonly recorder: CaseRecorder) {}

  execute({ command }: RecordOnCase): Promise<CaseRecord> {
    return this.recorder.record(command);
  }
}

/** Events leave through the event store only. @throws Error always: publishing past the log loses facts */
const NO_PUBLISHER = {
  publish: (): never => {
    throw new Error('events leave through the event store only');
  },
  publishAll: (): never => {
    throw new Error('events leave through the event store only');
  },
};

const READS = { cases: [CaseController], desk: [PartnerController, DeadlineController] } as const;

@Module({})
export class CaseworkModule {
  /**
   * The write path, and the routes of these stages. Needs the engines' module, and for the reads of cases an index of them.
   * @param reads what is read of cases over all stages: `cases` by those who work on them, `desk` by partners
   */
  static serving(stages: readonly StageName[], reads: readonly ('cases' | 'desk')[] = []): DynamicModule {
    const controllers: Type[] = stages.map((stage) => factController(stage, STAGE_ROUTES[stage]));
    return {
      module: CaseworkModule,
      global: true,
      imports: [CqrsModule.forRoot({ eventPublisher: NO_PUBLISHER })],
      controllers: [...controllers, ...reads.flatMap((read): readonly Type[] => READS[read])],
      providers: [CaseRecorder, ComingOfAge, RecordOnCaseHandler, Cases, ...(reads.includes('cases') ? [CaseList] : []), PartnerDesk, DeadlineDesk, DutyBoard],
      exports: [Cases, CaseRecorder, ComingOfAge, CqrsModule, PartnerDesk, DutyBoard],
    };
  }
}

/**
 * The clock that does what the house itself owes. At least one app of a mechanism runs it; more do no harm. Not global, so
 * that it starts after the command bus has its handlers: what is due at a start is done then, and not seconds later.
 */
@Module({ providers: [ClockService], exports: [ClockService] })
export class ClockModule {
  constructor(clock: ClockService, @Inject(HealthChecks) checks: HealthChecks) {
    checks.register('clock', () => {
      clock.runner.check();
    });
  }
}
export { CASE, FACTS_OF_EVENTS } from './http/answers.js';

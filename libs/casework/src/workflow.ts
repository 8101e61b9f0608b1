/** The stages of a case, composed. A new stage is one folder and its line here. */
import { Workflow } from '#kernel';
import { consentDoor } from './shared/consent-door.js';
import { NO_FACTS } from './shared/facts.js';
import { GUARDS } from './shared/guards.js';
import type { CaseWorld } from './shared/world.js';
import { breakGlass } from './stages/break-glass/break-glass.js';
import { caseManagement } from './stages/case-management/case-management.js';
import { closure } from './stages/closure/closure.js';
import { consent } from './stages/consent/consent.js';
import { countryPolicy } from './stages/country-policy/country-policy.js';
import { deadlines } from './stages/deadlines/deadlines.js';
import { guardianship } from './stages/guardianship/guardianship.js';
import { identification } from './stages/identification/identification.js';
import { intake } from './stages/intake/intake.js';
import { proceedings } from './stages/proceedings/proceedings.js';
import { reflectionPeriod } from './stages/reflection-period/reflection-period.js';
import { referral } from './stages/referral/referral.js';
import { reintegration } from './stages/reintegration/reintegration.js';
import { repatriation } from './stages/repatriation/repatriation.js';
import { riskAssessment } from './stages/risk-assessment/risk-assessment.js';

export const STAGES = [
  intake, consent, guardianship, identification, reflectionPeriod, riskAssessment, referral, repatriation, reintegration, proceedings, caseManagement, closure, breakGlass, countryPolicy, deadlines,
] as const;

/** The one decider over a case. */
export const caseWorkflow = new Workflow<CaseWorld>({ stages: STAGES, facts: NO_FACTS, guards: GUARDS, consent: consentDoor });

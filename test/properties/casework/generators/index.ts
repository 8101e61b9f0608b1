/** The commands that invented cases are made of, by stage. A new stage adds its generators here; a property fails until it does. */
import type { Generator } from '../story.js';
import { breakGlass } from './break-glass.js';
import { caseManagement } from './case-management.js';
import { closure } from './closure.js';
import { consent } from './consent.js';
import { countryPolicy } from './country-policy.js';
import { deadlines } from './deadlines.js';
import { guardianship } from './guardianship.js';
import { identification } from './identification.js';
import { intake } from './intake.js';
import { referral } from './referral.js';
import { reintegration } from './reintegration.js';
import { proceedings } from './proceedings.js';
import { reflectionPeriod } from './reflection-period.js';
import { repatriation } from './repatriation.js';
import { riskAssessment } from './risk-assessment.js';

export const GENERATORS: readonly Generator[] = [
  ...intake, ...consent, ...guardianship, ...identification, ...reflectionPeriod, ...riskAssessment, ...referral, ...repatriation, ...reintegration, ...proceedings, ...caseManagement, ...closure,
  ...breakGlass, ...countryPolicy, ...deadlines,
];

/** What partners must hear, over all stages. A stage with messages is its folder and its line here. */
import type { Recorded } from '#kernel';
import type { CaseFacts } from './shared/facts.js';
import type { Notice } from './shared/notice.js';
import { translate as breakGlass } from './stages/break-glass/break-glass.notify.js';
import { translate as consent } from './stages/consent/consent.notify.js';
import { translate as deadlines } from './stages/deadlines/deadlines.notify.js';
import { translate as identification } from './stages/identification/identification.notify.js';
import { translate as intake } from './stages/intake/intake.notify.js';
import { translate as reflectionPeriod } from './stages/reflection-period/reflection-period.notify.js';
import { translate as repatriation } from './stages/repatriation/repatriation.notify.js';
import { translate as referral } from './stages/referral/referral.notify.js';
import { translate as riskAssessment } from './stages/risk-assessment/risk-assessment.notify.js';

/** Pure: what one event means for partners, given the facts before and after it. */
export type Translate = (event: Recorded, before: CaseFacts, after: CaseFacts) => readonly Notice[];

export const TRANSLATORS: readonly Translate[] = [intake, consent, deadlines, identification, reflectionPeriod, referral, repatriation, riskAssessment, breakGlass];

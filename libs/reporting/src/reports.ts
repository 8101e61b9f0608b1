import type { Report } from './report.js';
import { caseloadReport, registeredVictimsReport } from './reports/caseload/queries.js';
import { serviceGapReport } from './reports/service-gap/queries.js';

/** Published reports, by name. */
export const REPORTS: readonly Report[] = [caseloadReport, registeredVictimsReport, serviceGapReport];

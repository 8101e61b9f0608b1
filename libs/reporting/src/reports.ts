import type { Report } from './report.js';
import { assistedReport } from './reports/assisted/queries.js';
import { caseloadReport, registeredVictimsReport } from './reports/caseload/queries.js';
import { serviceGapReport } from './reports/service-gap/queries.js';

/** Published reports, by name. */
export const REPORTS: readonly Report[] = [caseloadReport, registeredVictimsReport, assistedReport, serviceGapReport];

/** Reports: read models of the mechanism, and the disclosure control that everything published passes. */
import type { AnyProjection } from '#read-models';
import { access } from './reports/access/projection.js';
import { caseload } from './reports/caseload/projection.js';
import { desk } from './reports/desk/projection.js';
import { serviceGap } from './reports/service-gap/projection.js';

export { reportAsCsv } from './csv.js';
export * from './disclosure-control/published.js';
export type { Counts } from './disclosure-control/table.js';
export * from './period.js';
export * from './report.js';
export { REPORTS } from './reports.js';
export * from './reports/access/queries.js';
export * from './reports/desk/queries.js';
export { access, caseload, desk, serviceGap };

/** All projections of this library, as the projector takes them. */
export const REPORTING_PROJECTIONS = [access, caseload, desk, serviceGap] as unknown as readonly AnyProjection[];

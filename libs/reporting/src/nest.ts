/** The edge of reporting: a module lists the controller and provides `REPORTING_ACCESS`. */
export * from './reports.http.js';

/** Refusals of reports, partner notifications and audit. */
import { problem } from '../kinds.js';

export const REPORT_AND_PARTNER_PROBLEMS = {
  'period-invalid': problem(
    'invalid',
    'Period can not be read',
    'Perioadă nevalidă',
    'A period is a year or a quarter: `2026`, `2026-Q3`.',
  ),
  'period-not-published': problem(
    'rule-broken',
    'Not published for this period',
    'Nepublicat pentru această perioadă',
    'The report is published for another length of time; `details.calendar` says which.',
  ),
  'period-not-over': problem(
    'rule-broken',
    'Period is not over',
    'Perioada nu s-a încheiat',
    'A period is published when it is over; `details.availableFrom` says when.',
  ),
  'dimension-invalid': problem(
    'invalid',
    'Unknown breakdown',
    'Defalcare necunoscută',
    'A report is broken down by one or two of its dimensions; `details.dimensions` lists them.',
  ),
  'export-would-disclose': problem(
    'rule-broken',
    'Export would disclose',
    'Exportul ar divulga date',
    'A cell is too small to be published. Widen the period, or ask for fewer breakdowns (INV-14).',
  ),
  'webhook-address-refused': problem(
    'rule-broken',
    'Address refused',
    'Adresă refuzată',
    'A webhook leads over HTTPS to a public address.',
  ),
  'too-many-subscriptions': problem(
    'rule-broken',
    'Too many subscriptions',
    'Prea multe abonamente',
    'End a subscription before you make another.',
  ),
  'mandate-period-wrong': problem(
    'rule-broken',
    'Times of the mandate are wrong',
    'Perioada mandatului este greșită',
    'Scope and validity begin before they end, and validity is a year at most.',
  ),
  'auditor-not-eligible': problem(
    'rule-broken',
    'Not eligible to audit',
    'Nu poate audita',
    'The organisation is no auditor of the directory, or it coordinates or reports itself (R-11).',
  ),
} as const;

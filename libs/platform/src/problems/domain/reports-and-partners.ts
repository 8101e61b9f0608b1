/** Refusals of reports and of partner notifications. */
import { problem } from '../kinds.js';

export const REPORT_AND_PARTNER_PROBLEMS = {
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
} as const;

/** Country policy of Bulgaria, version BG/2026-1, as data. Source: domain.md 1.3, 2.3, 2.9. */
import { DEFAULTS_2026_1 } from './defaults-2026-1.js';
import { sourced, unknown } from './stated.js';

const NRM = 'Bulgaria, National Referral Mechanism';

export const BULGARIA_2026_1 = {
  format: 2,
  country: 'BG',
  version: 'BG/2026-1',
  timeZone: 'Europe/Sofia',
  holidays: 'BG',
  values: {
    ...DEFAULTS_2026_1,
    'id.rule': unknown('DELPHI', 'the identification rule is configured by the country'),
    'id.formal_deciders': sourced(['LE'], `${NRM}: organised crime, border and migration officers`),
    'id.presumption_deciders': sourced(
      ['DETECT', 'CM', 'SP', 'ID_AUTH', 'NRM_COORD', 'CP_AUTH', 'LE', 'PROS', 'LAB', 'BORDER', 'IMM', 'CONS', 'HEALTH'],
      `${NRM}: anybody, informally; support starts with it`,
    ),
    'id.notify_to': sourced(['NRM_COORD', 'LE'], `${NRM}: national commission, Ministry of the Interior`),
    'id.minor_route': sourced(['CP_AUTH'], `${NRM}: child protection agency to the social directorate, in writing`),
    'rrp.days': sourced({ days: 30 }, `${NRM}: starts by itself`),
    'rrp.start_trigger': sourced('FORMAL_IDENTIFICATION', `${NRM}: at formal identification, whether the person cooperates or not`),
    'rrp.ends_on_cooperation': sourced(true, `${NRM}: on expiry, or when the person decides to cooperate`),
    'return.child_authority': sourced(['CP_AUTH', 'CONS'], `${NRM}: child protection agency, Ministry of Foreign Affairs`),
  },
} as const;

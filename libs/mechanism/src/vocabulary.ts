/** Code lists of the field that several rooms use. Source: domain.md, sections named at each list. */

/** domain.md 1.1 */
export const ROLES = [
  'DETECT',
  'ID_AUTH',
  'NRM_COORD',
  'CM',
  'SP',
  'CP_AUTH',
  'GUARD',
  'LE',
  'PROS',
  'LAB',
  'BORDER',
  'IMM',
  'CONS',
  'RET_ORG',
  'HEALTH',
  'LEGAL',
  'SUP',
  'DPO',
  'RAPP',
  'PROG',
  'AUDIT',
  'PERSON',
  /** The clock and the reactions: acts on what is owed, never on its own wish. */
  'CLOCK',
] as const;
export type Role = (typeof ROLES)[number];

/** domain.md 8.4; UNKNOWN where nobody could say. */
export const AGE_BANDS = ['0-13', '14-17', '18-25', '26-40', '41+', 'UNKNOWN'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

export const SEXES = ['FEMALE', 'MALE', 'OTHER', 'UNKNOWN'] as const;
export type Sex = (typeof SEXES)[number];

/** Eurostat groups, the only citizenship that stands in clear. domain.md 9.1 */
export const CITIZENSHIP_GROUPS = ['THIS_COUNTRY', 'OTHER_EU', 'OTHER', 'UNKNOWN'] as const;
export type CitizenshipGroup = (typeof CITIZENSHIP_GROUPS)[number];

/** Eurostat groups, the only form of exploitation that stands in clear. domain.md 9.1 */
export const FORM_GROUPS = ['SEXUAL', 'LABOUR', 'OTHER', 'UNKNOWN'] as const;
export type FormGroup = (typeof FORM_GROUPS)[number];

/** NUTS-2 regions of Romania, the only place that stands in clear. domain.md 9 */
export const REGIONS = ['RO11', 'RO12', 'RO21', 'RO22', 'RO31', 'RO32', 'RO41', 'RO42', 'UNKNOWN'] as const;
export type Region = (typeof REGIONS)[number];

/** domain.md 5.1 */
export const SERVICE_CODES = [
  'PROT',
  'MED',
  'MED.URG',
  'MED.GEN',
  'MED.SRH',
  'MED.DENT',
  'MED.SUBST',
  'PSY',
  'PSY.CRISIS',
  'PSY.COUNS',
  'PSY.THER',
  'PSY.GROUP',
  'HOUS',
  'HOUS.EMERG',
  'HOUS.SHELTER',
  'HOUS.PROTECTED',
  'HOUS.RENT',
  'CHILD',
  'IGA',
  'LEGAL',
  'LEGAL.INFO',
  'LEGAL.REP',
  'LEGAL.COMP',
  'LEGAL.DOC',
  'JTRN',
  'JPLC',
  'REINT',
  'REINT.MAT',
  'REINT.FIN',
  'REINT.EDU',
  'REINT.FAM',
  'REINT.SKILL',
  'INTP',
  'INFO',
  'COURT',
  'GUARD',
  'RET',
  'GRP',
  'FAMC',
  'AFTER',
] as const;
export type ServiceCode = (typeof SERVICE_CODES)[number];

/** What is counted of a service; of a finer code, what its group counts. domain.md 5.1 */
export const SERVICE_UNITS = {
  PROT: 'ACTION',
  MED: 'VISIT',
  PSY: 'SESSION',
  HOUS: 'NIGHT',
  CHILD: 'DAY',
  IGA: 'GRANT',
  LEGAL: 'HOUR',
  JTRN: 'COURSE',
  JPLC: 'PLACEMENT',
  REINT: 'ITEM',
  INTP: 'HOUR',
  INFO: 'CONTACT',
  COURT: 'SESSION',
  GUARD: 'APPOINTMENT',
  RET: 'RETURN',
  GRP: 'MEETING',
  FAMC: 'CONSULTATION',
  AFTER: 'HOUR',
} as const;
export type ServiceUnit = (typeof SERVICE_UNITS)[keyof typeof SERVICE_UNITS];

/** The unit in which a service is counted. */
export function unitOf(service: ServiceCode): ServiceUnit {
  return SERVICE_UNITS[service.split('.')[0] as keyof typeof SERVICE_UNITS];
}

/** domain.md 5.2 S3: 1 h, 24 h, 3 working days, 5 working days. */
export const PRIORITIES = ['EMERGENCY', 'URGENT', 'PRIORITY', 'ROUTINE'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** domain.md 4.2, lowest first. */
export const RISK_LEVELS = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type RiskLevel = (typeof RISK_LEVELS)[number];

/** domain.md 4.2 */
export const RISK_PURPOSES = ['INITIAL', 'REVIEW', 'PLACEMENT', 'RETURN', 'COURT', 'CLOSURE', 'INCIDENT'] as const;
export type RiskPurpose = (typeof RISK_PURPOSES)[number];

/** domain.md 8.2 */
export const CONSENT_PURPOSES = [
  'IDENTITY_RECORDING',
  'INTERVIEW',
  'ASSESSMENT',
  'REFERRAL',
  'SERVICE_DELIVERY',
  'FORMAL_IDENTIFICATION_REQUEST',
  'LAW_ENFORCEMENT_SHARING',
  'CROSS_BORDER',
  'RETURN',
  'CONTACT_FAMILY',
  'GROUP',
  'FOLLOW_UP',
  'RESEARCH_STATS',
] as const;
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number];

/** domain.md 8.2 */
export const CONSENT_GIVERS = ['SELF', 'GUARDIAN', 'COURT', 'PUBLIC_GUARDIAN'] as const;
export type ConsentGiver = (typeof CONSENT_GIVERS)[number];

/** Grounds of a disclosure without consent. domain.md 8.2, 12.1 R-3 */
export const DISCLOSURE_GROUNDS = ['RISK_TO_LIFE', 'CHILD_PROTECTION_DUTY', 'COURT_ORDER', 'LEGAL_DUTY'] as const;
export type DisclosureGround = (typeof DISCLOSURE_GROUNDS)[number];

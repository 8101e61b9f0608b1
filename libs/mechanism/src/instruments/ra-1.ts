/**
 * Items of the risk instrument RA-1 as data. Source: domain.md 4.2.
 * Level: individual, household, community or structural, of the determinants-of-vulnerability model.
 */
export const RA_1_ITEMS = [
  ['R1.1', 'exploiter knows the location', 'IND/STR'],
  ['R1.2', 'explicit threats', 'IND/STR'],
  ['R1.3', 'exploiter armed or with a history of violence', 'IND/STR'],
  ['R1.4', 'still in contact or being tracked (phone, apps)', 'IND/STR'],
  ['R2.1', 'debt unpaid', 'IND'],
  ['R2.2', 'emotional bond to the exploiter', 'IND'],
  ['R2.3', 'no income', 'IND'],
  ['R2.4', 'previous trafficking', 'IND'],
  ['R2.5', 'intends to return to the same setting', 'IND'],
  ['R2.6', 'substance dependency used as a lever', 'IND'],
  ['R3.1', 'family known to the network', 'HH'],
  ['R3.2', 'threats or bribes to the family', 'HH'],
  ['R3.3', 'children held or in reach', 'HH'],
  ['R3.4', 'relatives involved in the trafficking', 'HH'],
  ['R4.1', 'suicidal ideation or attempt', 'IND'],
  ['R4.2', 'psychosis or severe dissociation', 'IND'],
  ['R4.3', 'withdrawal', 'IND'],
  ['R4.4', 'isolation without support', 'IND'],
  ['R5.1', 'injury or infection untreated', 'IND'],
  ['R5.2', 'pregnancy', 'IND'],
  ['R5.3', 'chronic treatment interrupted', 'IND'],
  ['R5.4', 'disability without aids', 'IND'],
  ['R6.1', 'no safe housing tonight', 'STR'],
  ['R6.2', 'no papers', 'STR'],
  ['R6.3', 'detention or removal risk', 'STR'],
  ['R6.4', 'prosecution for acts committed under coercion', 'STR'],
  ['R7.1', 'stigma or rejection', 'HH/COM'],
  ['R7.2', 'domestic violence', 'HH/COM'],
  ['R7.3', 'household poverty', 'HH/COM'],
  ['R7.4', 'no services within reach', 'HH/COM'],
  ['R8.1', 'shelter location exposed', 'STR'],
  ['R8.2', 'confidentiality breach', 'STR'],
  ['R8.3', 'staff threatened', 'STR'],
  ['R8.4', 'official complicity suspected', 'STR'],
  ['R9.1', 'guardian suspected (happening: and the child is in that custody)', 'HH'],
  ['R9.2', 'risk of going missing', 'HH'],
  ['R9.3', 'unaccompanied', 'HH'],
  ['R9.4', 'age disputed', 'HH'],
  ['R9.5', 'siblings exposed', 'HH'],
  ['R10.1', 'network present at the destination', 'COM/STR'],
  ['R10.2', 'State protection unavailable', 'COM/STR'],
  ['R10.3', 'no reception arranged', 'COM/STR'],
  ['R10.4', 'health unfit to travel', 'COM/STR'],
  ['R10.5', 'transit exposure', 'COM/STR'],
  ['R10.6', 'person does not want to return', 'COM/STR'],
] as const;

/** How answers become a level: what stands here belongs to the version as the items do. Source: domain.md 4.2, 12.1 R-2. */
export const RA_1_RULES = {
  likelihood: ['none', 'unlikely', 'possible', 'likely', 'happening'],
  impact: ['minor', 'moderate', 'serious', 'life'],
  /** Lowest score of MEDIUM, HIGH and CRITICAL, out of likelihood times impact, 0 to 16. */
  bands: [4, 8, 12],
  /** From this many dimensions at MEDIUM or above, the overall level is one band higher. */
  manyDimensions: 3,
  /** Without an answer to each of these nothing is LOW. */
  core: { always: ['R1', 'R4', 'R5'], ofMinors: ['R9'], ofReturns: ['R10'] },
  /** At or above likelihood and impact, whatever else is answered, the level is CRITICAL. */
  redFlags: [
    { item: 'R1.4', likelihood: 4, impact: 1 },
    { item: 'R4.1', likelihood: 4, impact: 1 },
    { item: 'R5.1', likelihood: 1, impact: 4 },
    { item: 'R9.1', likelihood: 4, impact: 1 },
  ],
  /** The two questions of the first form, and the items they stand for. */
  firstForm: { urgentMedicalNeed: 'R5.1', threat: 'R1.2' },
} as const;

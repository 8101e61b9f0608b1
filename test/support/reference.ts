/** The reference that tests decide on: the real Romanian policy, catalogue, instrument and calendar, with invented organisations. */
import { type Organisation, type PolicyValues, type Reference, type Role, type ServiceCode, romanianReference } from '#mechanism';

function organisation(id: string, kind: Organisation['kind'], roles: readonly Role[], services: readonly ServiceCode[] = [], more: Partial<Organisation> = {}): Organisation {
  return { id, name: id, kind, country: 'RO', roles, services, regions: [], acceptsMinors: true, status: 'ACTIVE', version: '0', ...more };
}

/** Invented, each with the roles that the stories give it. */
export const ORGANISATIONS: readonly Organisation[] = [
  organisation('casa-lumina', 'NGO', ['CM', 'DETECT', 'SP', 'SUP'], ['HOUS.SHELTER', 'HOUS.EMERG', 'PSY.COUNS', 'INFO', 'GRP']),
  organisation('clinica-aurora', 'NGO', ['SP', 'HEALTH'], ['MED.URG', 'MED.GEN', 'MED.SRH', 'PSY.CRISIS', 'PSY.COUNS']),
  organisation('asociatia-punte', 'NGO', ['SP', 'CM', 'SUP'], ['JTRN', 'JPLC', 'IGA', 'REINT', 'REINT.EDU', 'HOUS.SHELTER']),
  organisation('podul-intoarcerii', 'NGO', ['RET_ORG', 'SP'], ['RET']),
  organisation('politia-exemplu', 'LAW_ENFORCEMENT', ['LE', 'DETECT']),
  organisation('parchetul-exemplu', 'LAW_ENFORCEMENT', ['PROS']),
  organisation('centrul-coordonare', 'PUBLIC', ['NRM_COORD', 'DPO']),
  organisation('protectia-copilului', 'PUBLIC', ['CP_AUTH', 'CM', 'SP'], ['HOUS.EMERG', 'HOUS.SHELTER', 'GUARD', 'CHILD']),
  organisation('garda-audit', 'PUBLIC', ['AUDIT']),
  organisation('rifugio-ponte', 'NGO', ['CM', 'SP', 'RET_ORG'], ['HOUS.SHELTER', 'RET'], { country: 'IT' }),
  organisation('casa-inchisa', 'NGO', ['CM', 'SP'], ['HOUS.SHELTER'], { status: 'SUSPENDED' }),
];

export const REFERENCE: Reference = romanianReference(ORGANISATIONS);

/** The same under a policy that says something else. */
export function under(values: Partial<PolicyValues>): Reference {
  const { policy } = REFERENCE;
  return { ...REFERENCE, policy: { ...policy, values: { ...policy.values, ...values } } };
}

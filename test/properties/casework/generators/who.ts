/** Who sends what in the invented cases. */
import type { CaseFacts, Holder } from '#casework';
import type { Role } from '#mechanism';
import { SECRET, type Sender } from '../story.js';

const from = (organisation: string, role: Role): Sender => ({ organisation, role });

export const SHELTER = from('casa-lumina', 'CM');
export const OUTREACH = from('casa-lumina', 'DETECT');
export const SUPERVISOR = from('casa-lumina', 'SUP');
export const CLINIC = from('clinica-aurora', 'SP');
export const POLICE = from('politia-exemplu', 'LE');
export const COORDINATOR = from('centrul-coordonare', 'NRM_COORD');
export const DATA_PROTECTION = from('centrul-coordonare', 'DPO');
export const CHILD_PROTECTION = from('protectia-copilului', 'CP_AUTH');
export const RETURN_ORGANISATION = from('podul-intoarcerii', 'RET_ORG');

/** A personal value: if it ever stands in clear, the property sees it. */
export const secret = (what: string): string => `${SECRET} ${what}`;

/** Who was told with things of this kind, and must delete that by now. */
export const owing = ({ holders, erasure }: CaseFacts, kind: Holder['kind']): readonly Holder[] =>
  holders.filter((held) => held.kind === kind && (held.owedSince !== undefined || erasure !== 'NONE'));

/** Whether a person's case is there and takes new facts. */
export const takesFacts = (facts: CaseFacts): boolean => facts.person !== '' && facts.erasure === 'NONE';

/** The same while it is not closed. */
export const isOpen = (facts: CaseFacts): boolean =>
  takesFacts(facts) && facts.assistance !== 'CLOSED' && facts.assistance !== 'CLOSED_REFERRED';

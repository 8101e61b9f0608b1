/**
 * A case in the field names and codes of HTCDS v2.0 (IOM, 24 December 2021). Holds what the log says in clear and the standard
 * has a word for; which fields are left out, and why: docs/adr/0024. Pure. Source: domain.md 2.2, 9, 12.1 R-9, appendix A.
 */
import type { AssistanceStatus, CaseFacts, IdentificationStatus } from '#casework';
import type { Recorded } from '#kernel';
import type { AgeBand, FormGroup, Organisation, Role, Sex } from '#mechanism';

export const TRAFFICKING_STATUSES = ['PossibleVictimOfTrafficking', 'ActualVictimOfTrafficking', 'NotAVictimOfTrafficking'] as const;
export type TraffickingStatus = (typeof TRAFFICKING_STATUSES)[number];
export const DECISION_MAKERS = ['Police', 'NGO', 'CourtOrProsecution', 'NonPoliceGovernmentalOrganization', 'Other'] as const;
export type DecisionMaker = (typeof DECISION_MAKERS)[number];

/** Fields of the standard. A field that is absent is not known, or not exported. */
export interface HtcdsFields {
  readonly cas_Status?: 'Active' | 'FollowUp' | 'Closed' | 'ClosedReferred';
  readonly prs_Gender: 'Feminine' | 'Masculine' | 'NonSpecifiedUnknown';
  /** ISO 3166-1 alpha-2. The standard's spreadsheet allows several, its form one: a list of one fits both. */
  readonly prs_Citizenship?: readonly string[];
  /** Always with whose assertion it is: neither stands without the other. */
  readonly vic_TraffickingStatus?: TraffickingStatus;
  readonly vic_TraffickingStatusDecisionMakingOrg?: DecisionMaker;
  readonly vic_TypeOfExploitation?: readonly ('SexualExploitation' | 'ForcedLabour' | 'Other')[];
  /** The standard knows one checkbox. It says that she consents to this export, and to nothing else. */
  readonly con_Consent: true;
}

const STATUS: Readonly<Partial<Record<IdentificationStatus, TraffickingStatus>>> = {
  POTENTIAL: 'PossibleVictimOfTrafficking', PRESUMED: 'PossibleVictimOfTrafficking', PRESUMED_DECLINED: 'PossibleVictimOfTrafficking',
  RECONSIDERATION: 'PossibleVictimOfTrafficking', IDENTIFIED: 'ActualVictimOfTrafficking', NOT_IDENTIFIED: 'NotAVictimOfTrafficking',
  // NOT_PRESUMED has none: no indication at present is not "not a victim".
};
const CASE: Readonly<Partial<Record<AssistanceStatus, NonNullable<HtcdsFields['cas_Status']>>>> = {
  OPEN_INTAKE: 'Active', ACTIVE: 'Active', FOLLOW_UP: 'FollowUp', CLOSED: 'Closed', CLOSED_REFERRED: 'ClosedReferred',
};
/** The log knows a sex, the standard asks for a gender; what is neither of two is not guessed at. */
const GENDER: Readonly<Record<Sex, HtcdsFields['prs_Gender']>> = {
  FEMALE: 'Feminine', MALE: 'Masculine', OTHER: 'NonSpecifiedUnknown', UNKNOWN: 'NonSpecifiedUnknown',
};
/** Groups only: the form itself is sealed. What the standard has no group for goes to Other (appendix A.3). */
const EXPLOITATION: Readonly<Partial<Record<FormGroup, NonNullable<HtcdsFields['vic_TypeOfExploitation']>[number]>>> = {
  SEXUAL: 'SexualExploitation', LABOUR: 'ForcedLabour', OTHER: 'Other',
};

/** Events that assert a status, by the status that they assert. To decline, or to ask anew, asserts nothing about her. */
const ASSERTED_BY: Readonly<Record<TraffickingStatus, readonly string[]>> = {
  PossibleVictimOfTrafficking: ['CaseNotified', 'VictimPresumed'],
  ActualVictimOfTrafficking: ['VictimFormallyIdentified'],
  NotAVictimOfTrafficking: ['FormalIdentificationRefused'],
};

export interface HtcdsSources {
  readonly facts: CaseFacts;
  readonly events: readonly Recorded[];
  readonly organisations: ReadonlyMap<string, Pick<Organisation, 'kind'>>;
}

/** The type of the organisation that made the newest assertion of a status, in the role in which it made it. */
function decisionMaker(status: TraffickingStatus, { events, organisations }: HtcdsSources): DecisionMaker {
  const asserted = events.findLast(({ type }) => ASSERTED_BY[status].includes(type));
  if (asserted === undefined) return 'Other';
  const { authority, deciderRole } = asserted.data as { readonly authority?: string; readonly deciderRole?: Role };
  const role = deciderRole ?? asserted.metadata.role;
  if (role === 'PERSON') return 'Other';
  if (role === 'PROS') return 'CourtOrProsecution';
  const kind = organisations.get(authority ?? asserted.metadata.organisation)?.kind;
  return kind === 'NGO' ? 'NGO' : kind === 'LAW_ENFORCEMENT' ? 'Police' : kind === 'PUBLIC' ? 'NonPoliceGovernmentalOrganization' : 'Other';
}

/** The fields of a case about a person who consents to this export. */
export function htcdsOf(sources: HtcdsSources): HtcdsFields {
  const { assistance, sex, citizenship, country, identification, form } = sources.facts;
  const [caseStatus, status, exploitation] = [CASE[assistance], STATUS[identification], EXPLOITATION[form]];
  return {
    ...(caseStatus === undefined ? {} : { cas_Status: caseStatus }),
    prs_Gender: GENDER[sex],
    ...(citizenship === 'THIS_COUNTRY' ? { prs_Citizenship: [country] } : {}),
    ...(status === undefined ? {} : { vic_TraffickingStatus: status, vic_TraffickingStatusDecisionMakingOrg: decisionMaker(status, sources) }),
    ...(exploitation === undefined ? {} : { vic_TypeOfExploitation: [exploitation] }),
    con_Consent: true,
  };
}

/** What the standard has no field for and a reader needs: its defects 8 and, of an age, that it knows a day of birth only. */
export interface LocalFields {
  /** As the receiving organisation knows the case, or will. */
  readonly caseId: string;
  readonly ageBand: AgeBand;
  /** ISO 3166-1 alpha-2: the country whose mechanism the case is in. */
  readonly country: string;
}

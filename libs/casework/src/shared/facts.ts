/**
 * Facts of a case that several stages and the access decision read. Each is promoted by the stage that owns its event.
 * Nothing here is personal: codes, organisations, opaque references and times. Source: architecture.md 3.
 */
import type { AgeBand, CitizenshipGroup, ConsentGiver, ConsentPurpose, DisclosureGround, FormGroup, Region, RiskLevel, RiskPurpose, Role, Sex } from '#mechanism';
import type { Refusal } from './consents.js';
import type { ContactFacts } from './contact.js';
import type { KeptFacts } from './kept.js';
import type { ReflectionStatus } from './reflecting.js';

/** domain.md 2.2, axis A. */
export type IdentificationStatus =
  | 'NONE' | 'POTENTIAL' | 'PRESUMED' | 'IDENTIFIED' | 'NOT_PRESUMED' | 'NOT_IDENTIFIED' | 'PRESUMED_DECLINED' | 'RECONSIDERATION';

/** domain.md 2.4, axis C. */
export type AssistanceStatus = 'NONE' | 'OPEN_INTAKE' | 'ACTIVE' | 'FOLLOW_UP' | 'CLOSED' | 'CLOSED_REFERRED';

/** domain.md 8.2. Its evidence and any free words lie in the vault. */
export interface Consent {
  readonly consentId: string;
  readonly purpose: ConsentPurpose;
  /** Organisation that may be told or may act; absent where the purpose has no recipient. */
  readonly recipient?: string;
  /** ISO 3166-1 alpha-2 for CROSS_BORDER; empty otherwise. */
  readonly countries: readonly string[];
  /** Compartments whose values the recipient may see. */
  readonly dataCategories: readonly string[];
  readonly giver: ConsentGiver;
  readonly givenAt: string;
  readonly expiresAt?: string;
  readonly withdrawnAt?: string;
  /** From then on it opens nothing new: who gave it was found in conflict (INV-16), or she is of age. What runs on it goes on. */
  readonly opensUntil?: string;
}

/** A recorded disclosure without consent: the door of R-3. Reviewed by a second person within 24 h. */
export interface Override {
  readonly overrideId: string;
  readonly ground: DisclosureGround;
  readonly recipient: string;
  /** What was told, by kind: the recipient may see no more than that. */
  readonly contents: readonly string[];
  readonly madeBy: string;
  readonly madeAt: string;
  readonly review?: 'UPHELD' | 'NOT_UPHELD';
  /** The person knows of it; absent: she was not told yet. */
  readonly told?: true;
  /** It was not safe to tell her: when somebody looks again. */
  readonly tellBy?: string;
  /** The person said stop to this recipient since. */
  readonly takenBackAt?: string;
}

/** A person looked into the case without a ground, for a stated reason, for some hours. domain.md 8.3. */
export interface Opening {
  readonly openingId: string;
  readonly organisation: string;
  /** Opaque reference of the person: nobody else of the organisation sees through it. */
  readonly actor: string;
  /** Code of the reason. */
  readonly reason: string;
  readonly openedAt: string;
  /** As the policy of the case had it when it was opened. */
  readonly openUntil: string;
  readonly review?: 'UPHELD' | 'NOT_UPHELD';
}

/** Stop, said to whoever was in contact (`statedTo`), and heard from somebody who may say it. domain.md 8.2, INV-12. */
export interface Withdrawal {
  readonly purpose: ConsentPurpose | 'ALL';
  /** Absent: every organisation. */
  readonly recipient?: string;
  readonly by: 'PERSON' | 'GUARDIAN' | 'PUBLIC_GUARDIAN';
  readonly statedTo: string;
  readonly statedAt: string;
}

/** The newest risk assessment of each purpose that still matters. domain.md 4. */
export interface RiskFact {
  readonly assessmentId: string;
  readonly purpose: RiskPurpose;
  /** Which half of a RETURN assessment. */
  readonly half?: 'SENDING' | 'RECEIVING';
  /** The two-question INITIAL form: it satisfies URGENT, and EMERGENCY within 24 h, nothing more. */
  readonly form: 'FULL' | 'FIRST' | 'DESK';
  readonly overall: RiskLevel;
  readonly redFlag: boolean;
  readonly coreComplete: boolean;
  readonly assessedAt: string;
  readonly validUntil: string;
  /** How things stood when it was made: what is another way now calls for a new look. */
  readonly under?: { readonly minor: boolean; readonly identification: IdentificationStatus; readonly arrived: boolean };
}

/** An organisation that works on this case, in which role, and since when: the ground of need-to-know (8.3). */
export interface Engagement {
  readonly organisation: string;
  /** Only this person of it, by opaque reference: whoever notified through a channel that others use too. */
  readonly actor?: string;
  readonly role: Role;
  /** What the engagement rests on: a referral, a return, the case itself. */
  readonly through: string;
  /** FULL: the case as the role may see it. OFFER: only the offer's own S2 dataset. OWN: only its own notification. */
  readonly scope: 'FULL' | 'OFFER' | 'OWN';
  readonly since: string;
  readonly until?: string;
  /** It is to take the person in after a return: the danger there is its to assess (INV-4). */
  readonly receives?: true;
}

/** An organisation that was told about the person and has not said yet that it deleted what it received. */
export interface Holder {
  readonly organisation: string;
  /** What it was told with: it knows that by a name of its own. */
  readonly kind: 'REFERRAL' | 'RETURN' | 'FORMAL_REQUEST';
  readonly thingId: string;
  /** Since when it must delete, for that came to nothing; absent while it may keep. A referral says by itself what became of it. */
  readonly owedSince?: string;
}

export interface Guardian {
  readonly guardianId: string;
  readonly type: 'PARENT' | 'RELATIVE' | 'APPOINTED' | 'PUBLIC';
  /** Organisation through which the guardian acts, where there is one. */
  readonly organisation?: string;
  /** Suspected of involvement or in conflict: can not consent (INV-16). */
  readonly conflicted: boolean;
}

export interface CaseFacts {
  /** Opaque reference of the person: random, one a case. Empty for a statistics-only notification. */
  readonly person: string;
  readonly country: string;
  /** Version of the country policy that the case is pinned to (domain.md 2.9). */
  readonly policy: string;
  /** Statistics-only notification: nothing may be added to it. */
  readonly statisticsOnly: boolean;
  readonly notifiedBy: string;
  readonly notifiedAt: string;
  /** When the notification was recorded, whatever day its notifier states: no word of it takes the case out of an audit. */
  readonly recordedAt: string;
  readonly danger: boolean;
  /** Organisations that the notification was routed to: the coordination, and child protection where minor rules apply. */
  readonly routedTo: readonly string[];
  /** Danger was notified, and nobody had opened it in time. */
  readonly dangerEscalatedAt?: string;
  /** until someone opens the case, a danger notification shows "not opened yet". */
  readonly openedBy?: string;
  readonly region: Region;
  readonly sex: Sex;
  readonly citizenship: CitizenshipGroup;
  readonly form: FormGroup;
  readonly ageBand: AgeBand;
  readonly ageStatus: 'UNKNOWN' | 'CLAIMED' | 'DOCUMENTED' | 'DISPUTED';
  readonly signsOfChildhood: boolean;
  /** What others established when she was notified: she said so herself, or the authority of another country did (domain.md 3.1). */
  readonly established: { readonly selfIdentified: boolean; readonly foreignAuthorityIdentified: boolean };
  readonly identityRecorded: boolean;
  /** Where the day of majority lies, by who recorded a date of birth; empty once majority was reached. */
  readonly majorityDays: readonly { readonly organisation: string; readonly reference: string }[];
  readonly identification: IdentificationStatus;
  readonly presumedAt?: string;
  /** When an authority decided, or the person declined its decision; absent again once it is asked anew. */
  readonly decidedAt?: string;
  /** Police, prosecutor or court certified that she is a victim: nobody finds her to be none for what rests on it. */
  readonly certified?: true;
  readonly reflection: ReflectionStatus;
  readonly assistance: AssistanceStatus;
  readonly rightsInformed: boolean;
  /** When the person first was; a consent is not older. */
  readonly rightsInformedAt?: string;
  readonly interpreterNeeded: boolean;
  readonly interpreterProvided: boolean;
  readonly guardians: readonly Guardian[];
  readonly assented: boolean;
  /** Since when the child objects; absent once it assents, and where it never objected. */
  readonly objectedAt?: string;
  readonly consents: readonly Consent[];
  readonly overrides: readonly Override[];
  readonly withdrawals: readonly Withdrawal[];
  readonly refusals?: readonly Refusal[];
  readonly openings: readonly Opening[];
  readonly risks: readonly RiskFact[];
  readonly engagements: readonly Engagement[];
  /** Whoever has to be told of an erasure (GDPR art. 19). */
  readonly holders: readonly Holder[];
  /** Referrals and episodes that are not finished, by id: closure and access need them. */
  readonly openServices: readonly string[];
  /** Services of which somebody asked whether the state pays: how it stands, and by when an answer is owed. */
  readonly fundings?: readonly { readonly episodeId: string; readonly state: 'REQUESTED' | 'GRANTED' | 'QUEUED' | 'REFUSED'; readonly since: string; readonly dueAt: string }[];
  /** The person boarded: what a withdrawn return consent can still do. */
  readonly departed: boolean;
  readonly arrived: boolean;
  /** How she may be reached without harm, and when somebody tried; absent where nobody spoke of it. */
  readonly contact?: ContactFacts;
  readonly kept: KeptFacts;
  /** Some hold suspends erasure. */
  readonly legalHold: boolean;
  readonly legalHolds: readonly { readonly holdId: string; readonly ground: string }[];
  readonly erasure: 'NONE' | 'ORDERED' | 'ERASED';
  readonly erasureOrderedAt?: string;
}

/** A case that does not exist yet. */
export const NO_FACTS: CaseFacts = {
  person: '', country: 'RO', policy: '', statisticsOnly: false, notifiedBy: '', notifiedAt: '', recordedAt: '', danger: false, routedTo: [], region: 'UNKNOWN', sex: 'UNKNOWN',
  citizenship: 'UNKNOWN', form: 'UNKNOWN', ageBand: 'UNKNOWN', ageStatus: 'UNKNOWN', signsOfChildhood: false, established: { selfIdentified: false, foreignAuthorityIdentified: false }, identityRecorded: false, majorityDays: [],
  identification: 'NONE', reflection: 'NOT_APPLICABLE', assistance: 'NONE', rightsInformed: false, interpreterNeeded: false, interpreterProvided: false, guardians: [],
  assented: false, consents: [], overrides: [], withdrawals: [], openings: [], risks: [], engagements: [], holders: [], openServices: [], departed: false, arrived: false, kept: {}, legalHold: false, legalHolds: [], erasure: 'NONE',
};

/** Whoever still holds what it was told, and the thing under which it knows it. */
export const toldAbout = ({ holders }: CaseFacts): readonly { readonly organisation: string; readonly thing: string }[] =>
  holders.map(({ organisation, thingId }) => ({ organisation, thing: thingId }));

/**
 * Whether minor rules apply: below 18, disputed, or unknown with signs of childhood (INV-9, R-4).
 * Doubt makes a child (Directive 2011/36/EU art. 13(2), CoE 197 art. 10(3)).
 */
export function underMinorRules(facts: CaseFacts): boolean {
  if (facts.ageStatus === 'DISPUTED') return true;
  if (facts.ageBand === '0-13' || facts.ageBand === '14-17') return true;
  return facts.ageBand === 'UNKNOWN' && facts.signsOfChildhood;
}

/** Whether a consent allows something at a moment: given, not withdrawn, not expired. */
export const isLive = ({ givenAt, withdrawnAt, expiresAt }: Consent, at: string): boolean =>
  givenAt <= at && withdrawnAt === undefined && (expiresAt === undefined || at < expiresAt);

/**
 * Whether a disclosure without consent still carries what runs on it. Review may shut it; and danger to life is of its
 * moment: what the person took back from this recipient afterwards is taken back (INV-12), a new danger is recorded anew.
 */
export function stillStands({ review, ground, recipient, madeAt, takenBackAt }: Override, { consents }: CaseFacts): boolean {
  if (review === 'NOT_UPHELD') return false;
  const takenBack = (c: Consent): boolean => c.recipient === recipient && c.withdrawnAt !== undefined && c.withdrawnAt > madeAt;
  return ground !== 'RISK_TO_LIFE' || (takenBackAt === undefined && !consents.some(takenBack));
}

/** The recorded disclosure without consent on which something with a recipient goes on. */
export function standingOverride(facts: CaseFacts, grounds: readonly DisclosureGround[], recipient: string): Override | undefined {
  return facts.overrides.find((o) => o.recipient === recipient && grounds.includes(o.ground) && stillStands(o, facts));
}

/** Those that open something new. The duty to protect a child opens nothing about an adult; what runs on it goes on. */
export function openOverrides(facts: CaseFacts, grounds: readonly DisclosureGround[], recipient: string): readonly Override[] {
  const opening = grounds.filter((ground) => ground !== 'CHILD_PROTECTION_DUTY' || underMinorRules(facts));
  return facts.overrides.filter((o) => o.recipient === recipient && opening.includes(o.ground) && stillStands(o, facts));
}

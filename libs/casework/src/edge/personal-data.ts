/**
 * Which sealed values a viewer may open. Everyone sees what belongs to its own work, as far as its role goes. What another
 * organisation recorded opens to a partner as the person consented, and to whoever leads the case no further: by her consent,
 * by a lawful ground that was recorded, or under minor rules. How far she came is for who leads her alone. Source: domain.md
 * 7.4, 8.1, 8.3, 8.4 (last column), INV-10; docs/adr/0016.
 */
import { COMPARTMENTS, type Compartment, type Recorded, type SealedParts, isCompartment } from '#kernel';
import type { ConsentPurpose, Reference, Role } from '#mechanism';
import { opens } from '../shared/consents.js';
import { type CaseFacts, type Consent, isLive, underMinorRules } from '../shared/facts.js';
import { BROUGHT_IN, onlyBroughtIn } from '../shared/taking-part.js';
import { thingsOf } from '../dispatch/touched.js';
import { TOLD_WHERE_SHE_IS } from '../shared/break-glass.js';
import { groundsToLook } from '../shared/override-review.js';
import type { ContentCode } from '../stages/consent/override.js';
import { reintegration } from '../stages/reintegration/reintegration.js';

/** Why personal data is opened; stands in the disclosure log. */
export const VIEWING_PURPOSES = ['CARE', 'RISK', 'REFERRAL', 'RETURN', 'SUPERVISION', 'DATA_SUBJECT_REQUEST', 'PERSON_ASKED'] as const;

/** Statistics are for the reporting projector alone, and the day of majority is for the clock. */
const ALL: readonly Compartment[] = COMPARTMENTS.filter((compartment) => compartment !== 'statistics' && compartment !== 'majority');
const LEADING: Readonly<Partial<Record<Role, readonly Compartment[]>>> = {
  CM: ALL, CP_AUTH: ALL, SUP: ALL, DPO: ALL, NRM_COORD: ['identity', 'contact'],
};
/** Those who oversee an organisation see as far as its own work on the case reaches, and no further. */
const OVERSEEING: readonly Role[] = ['SUP', 'DPO'];
/** Consents under which a partner may be shown data that the person chose. */
const SHOWING: readonly ConsentPurpose[] = ['SERVICE_DELIVERY', 'RETURN', 'CROSS_BORDER'];
/** The same for whoever leads the case: 8.2 names the case manager's organisation for assessing and for following up. */
const SHOWING_LEADERS: readonly ConsentPurpose[] = [...SHOWING, 'ASSESSMENT', 'FOLLOW_UP'];
/** What a disclosure without consent told, and where that lies. The others are facts that stand in clear. */
const TOLD: Readonly<Partial<Record<ContentCode, Compartment>>> = {
  IDENTITY: 'identity', LOCATION: 'contact', MEDICAL_URGENCY: 'health', PRECAUTIONS: 'assessment',
};

export interface Openable {
  readonly parts: readonly SealedParts[];
  readonly categories: readonly Compartment[];
}

function partsOf(events: readonly Recorded[]): readonly SealedParts[] {
  return events.flatMap(({ data }) => (data as { personal?: SealedParts }).personal ?? []);
}

/** Things of the case that the organisation named first: its own referrals, returns, assessments. */
function madeBy(events: readonly Recorded[], organisation: string): readonly string[] {
  const makers = new Map<string, string>();
  for (const event of events) {
    for (const thing of thingsOf(event)) if (!makers.has(thing)) makers.set(thing, event.metadata.organisation);
  }
  return [...makers].filter(([, maker]) => maker === organisation).map(([thing]) => thing);
}

/** What is about the organisation's own work: what it recorded itself, and what was written about these things. */
function concerns(event: Recorded, organisation: string, things: ReadonlySet<string>): boolean {
  return event.metadata.organisation === organisation || thingsOf(event).some((thing) => things.has(thing));
}

/** Consents that live and name the organisation, for these purposes. */
function consentsTo({ facts, now }: Situation, organisation: string, purposes: readonly ConsentPurpose[]): readonly Consent[] {
  return facts.consents.filter((c) => c.recipient === organisation && purposes.includes(c.purpose) && isLive(c, now));
}

/** What they open of a value: by when it was recorded, for a guardian speaks for a child only, and only without conflict (R-4, INV-16). */
function consentedTo(consents: readonly Consent[], facts: CaseFacts, recordedAt: string): readonly Compartment[] {
  return consents.filter((consent) => opens(consent, facts, recordedAt)).flatMap(({ dataCategories }) => dataCategories.filter(isCompartment));
}

function toldTo({ facts, reference, now }: Situation, recipient: string): readonly Compartment[] {
  const contents = groundsToLook({ facts, recipient, reference, now }).flatMap((override) => override.contents as readonly ContentCode[]);
  return [...new Set(contents.flatMap((content) => TOLD[content] ?? []))];
}

/** What of a value that another custodian recorded opens, by when it was recorded. */
type Lending = (recordedAt: string) => readonly Compartment[];

/** To a partner: as the person agreed. */
function lentToPartner(situation: Situation, organisation: string): Lending {
  const consents = consentsTo(situation, organisation, SHOWING);
  return (recordedAt) => consentedTo(consents, situation.facts, recordedAt);
}

/**
 * To an organisation that leads the case, or routes it: what the person agreed to, or what was told to it without her consent;
 * all that leading needs where minor rules apply. That it leads or routes is no consent of hers (8.1).
 */
function lentToLeader(leading: readonly Compartment[], situation: Situation, organisation: string): Lending {
  const { facts } = situation;
  if (underMinorRules(facts)) return () => leading;
  const consents = consentsTo(situation, organisation, SHOWING_LEADERS);
  const told = toldTo(situation, organisation);
  return (recordedAt) => {
    const lawful = [...consentedTo(consents, facts, recordedAt), ...told];
    return leading.filter((compartment) => lawful.includes(compartment));
  };
}

/** Goals, and how far she came towards them: no consent to help opens that to a provider, nor does an emergency (7.4). */
const tellsProgress = ({ type }: Recorded): boolean => Object.hasOwn(reintegration.events, type);

/** Only the parts in chosen compartments. */
function only(parts: readonly SealedParts[], chosen: readonly Compartment[]): readonly SealedParts[] {
  return parts.map((part) => Object.fromEntries(Object.entries(part).filter(([name]) => isCompartment(name) && chosen.includes(name))));
}

/** The case at the moment of looking. */
export interface Situation {
  readonly events: readonly Recorded[];
  readonly facts: CaseFacts;
  readonly reference: Reference;
  readonly now: string;
}

/** Who looks. */
export interface Viewer {
  readonly organisation: string;
  readonly role: Role;
  /** The roles in which she looks through broken glass, whatever else lets her look; none where it is not broken. */
  readonly glass?: readonly Role[];
}

/**
 * What saves a life: who she is, what ails her, what to beware of, and to who houses or cares for her also where she is. Not
 * her story, nor what she does about it.
 */
function inEmergency(glass: readonly Role[] = []): readonly Compartment[] {
  if (glass.length === 0) return [];
  const where = glass.some((role) => TOLD_WHERE_SHE_IS.includes(role)) ? (['contact'] as const) : [];
  return ['identity', ...where, 'health', 'assessment'];
}

/** The parts and compartments that may be opened for this viewer now. */
export function openable(situation: Situation, viewer: Viewer): Openable {
  const { events, facts } = situation;
  const { organisation, role } = viewer;
  const brought = facts.engagements.filter((e) => e.organisation === organisation && e.scope === 'FULL' && e.until === undefined && BROUGHT_IN.includes(e.role));
  const through = brought.map((e) => e.through);
  const leading = OVERSEEING.includes(role) && onlyBroughtIn(facts, organisation) ? undefined : LEADING[role];
  // An answer is for who asked: what a provider says of a referral is said to the referrer.
  const things = new Set(leading === undefined ? through : [...through, ...madeBy(events, organisation)]);
  const isOwn = (event: Recorded): boolean => concerns(event, organisation, things);
  const emergency = inEmergency(viewer.glass);
  const own = [...new Set([...(leading ?? ALL), ...emergency])];
  const lent = leading === undefined ? lentToPartner(situation, organisation) : lentToLeader(leading, situation, organisation);
  const opened = (event: Recorded): readonly Compartment[] => {
    if (isOwn(event)) return own;
    const shown = lent(event.metadata.recordedAt);
    return !tellsProgress(event) ? [...shown, ...emergency] : leading === undefined ? [] : shown;
  };
  return { parts: events.flatMap((event) => only(partsOf([event]), opened(event))), categories: own };
}

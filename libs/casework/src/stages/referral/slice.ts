/** What a referral is made of: one receiving organisation, one line a service. Source: domain.md 5.2. */
import { Rejection, type Sealed } from '#kernel';
import type { DisclosureGround, Priority, Region, Role, ServiceCode } from '#mechanism';
import type { Funding } from './funding.js';

/** Names follow the HL7 SDOH referral task, so that an interface can map one to one. */
export type ReferralStatus = 'REQUESTED' | 'QUEUED' | 'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'CANCELLED' | 'STARTED' | 'ENDED';
/** PENDING: accepted with the referral, not begun. */
export type EpisodeStatus = 'PENDING' | 'STARTED' | 'ON_HOLD' | 'ENDED';

/** What may be told with a request, if the person wants it told (domain.md 8.4, S2). */
export const SHARED_DATA = [
  'AGE_BAND',
  'SEX',
  'AREA',
  'LANGUAGES',
  'CHILDREN',
  'ACCESSIBILITY',
  'RISK_LEVEL',
  'PRECAUTIONS',
] as const;
export type SharedDatum = (typeof SHARED_DATA)[number];

/** Roles in which a receiving organisation answers. */
export const PROVIDERS: readonly Role[] = ['SP', 'HEALTH', 'LEGAL', 'CP_AUTH', 'RET_ORG'];
/** Roles that lead a case, refer, and recall what they referred. */
export const REFERRERS: readonly Role[] = ['CM', 'DETECT', 'CP_AUTH', 'NRM_COORD'];
/** Grounds on which a referral or a service may go on without consent: danger to life, protection of a child. */
export const GROUNDS: readonly DisclosureGround[] = ['RISK_TO_LIFE', 'CHILD_PROTECTION_DUTY'];

export interface Referral {
  readonly referralId: string;
  readonly recipient: string;
  /** Organisation that asked. */
  readonly referrer: string;
  readonly priority: Priority;
  /** Where the service is needed. */
  readonly region: Region;
  readonly dataShared: readonly SharedDatum[];
  readonly status: ReferralStatus;
  /** State of each service asked for, in the order asked. */
  readonly episodes: Readonly<Partial<Record<ServiceCode, EpisodeStatus>>>;
  readonly requestedAt: string;
  readonly replyBy: string;
  readonly escalated: boolean;
  readonly ground: 'CONSENT' | DisclosureGround;
  /** Languages, children, accessibility, precautions: sealed. */
  readonly needs?: Sealed;
  /** The provider said that she waits for a place: since when, last said, and from when it expects one, or empty. */
  readonly queuedAt?: string;
  readonly expectedFrom?: string;
  readonly acceptedAt?: string;
  readonly startedAt?: string;
  /** Opaque reference of the provider's worker, and from when there is a place. */
  readonly worker?: string;
  readonly startFrom?: string;
  readonly handedOver: boolean;
  readonly feedbackGiven: boolean;
  /** Services on hold, and since when. */
  readonly heldSince: Readonly<Partial<Record<ServiceCode, string>>>;
  /** Services of which somebody asked whether the state pays. */
  readonly funding?: Readonly<Partial<Record<ServiceCode, Funding>>>;
  /** The provider must delete what it received, from this moment on. */
  readonly deletionOwedSince?: string;
  readonly deleted: boolean;
  /** It was taken back because what it was for is there. */
  readonly needMet?: true;
  /** Services of a request that came to nothing for which nobody else can be asked. */
  readonly impossible?: readonly ServiceCode[];
  /** Nobody asks the provider to delete any more, although it never said that it did. */
  readonly chaseEnded?: true;
}

/** Referrals of the case by identifier. */
export type Referrals = Readonly<Record<string, Referral>>;

/** Identifier of one service line of a referral: a natural key, so that nothing has to be made for it. */
export function episodeIdOf(referralId: string, service: ServiceCode): string {
  return `${referralId}/${service}`;
}

/** The referral, and where an episode is named its service, that a command's body addresses. */
export function addressed(
  referrals: Referrals,
  body: object,
): { referral: Referral; service?: ServiceCode } | undefined {
  const { referralId, episodeId } = body as { referralId?: string; episodeId?: string };
  const [id = '', service] = (episodeId ?? referralId ?? '').split('/');
  const referral = Object.hasOwn(referrals, id) ? referrals[id] : undefined;
  if (referral === undefined || episodeId === undefined) return referral && { referral };
  return Object.hasOwn(referral.episodes, service ?? '') ? { referral, service: service as ServiceCode } : undefined;
}

/** The referral that a command names. @throws Rejection `not-found` */
export function referralOf(referrals: Referrals, body: object): Referral {
  const found = addressed(referrals, body);
  if (found === undefined) throw new Rejection('unknown', 'not-found', 'there is no such referral in this case');
  return found.referral;
}

/** The service line that a command names. @throws Rejection `not-found` */
export function episodeOf(referrals: Referrals, body: object): { referral: Referral; service: ServiceCode } {
  const found = addressed(referrals, body);
  if (found?.service === undefined)
    throw new Rejection('unknown', 'not-found', 'there is no such service in this case');
  return { referral: found.referral, service: found.service };
}

/** A provider acts on its own referral only; to it every other one is unknown. */
export function checkOwn({ recipient }: Referral, role: Role, organisation: string): void {
  const acts = role === 'SP' || role === 'HEALTH' || role === 'LEGAL' || role === 'RET_ORG';
  if (acts && organisation !== recipient)
    throw new Rejection('unknown', 'not-found', 'there is no such referral in this case');
}

/** Before the first service begins a referral has one state; from then on each service has its own. */
export function stateOf(referrals: Referrals, body: object): string | undefined {
  const found = addressed(referrals, body);
  if (found === undefined) return undefined;
  const { referral, service } = found;
  const running = referral.status === 'ACCEPTED' || referral.status === 'STARTED';
  return service !== undefined && running ? referral.episodes[service] : referral.status;
}

/** The referrals with one of them changed; an event about one that is not there changes nothing. */
export function changed(
  referrals: Referrals,
  referralId: string,
  change: (referral: Referral) => Partial<Referral>,
): Referrals {
  const referral = referrals[referralId];
  return referral === undefined ? referrals : { ...referrals, [referralId]: { ...referral, ...change(referral) } };
}

/** Whether the referral is neither answered with no, nor over. */
export function isOpen({ status }: Referral): boolean {
  return isAsked({ status }) || status === 'ACCEPTED' || status === 'STARTED';
}

/** Whether the provider may still take it: nobody answered yet, or she waits for a place. */
export function isAsked({ status }: Pick<Referral, 'status'>): boolean {
  return status === 'REQUESTED' || status === 'QUEUED';
}

/** Whether the provider said no, or nothing in time: whoever asked it looks for another. */
export function cameToNothing({ status }: Referral): boolean {
  return status === 'DECLINED' || status === 'EXPIRED';
}

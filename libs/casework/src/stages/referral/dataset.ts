/**
 * What a provider is told of a referral, before and after it accepts: the table of domain.md 8.4, and not a field more.
 * How the provider knows case and referral (its aliases) is added at the edge.
 */
import type { Sealed, WorkflowState } from '#kernel';
import type { AgeBand, Priority, Region, RiskLevel, ServiceCode, Sex } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { newestRisk } from '../../shared/risk.js';
import type { CaseWorld } from '../../shared/world.js';
import type { AccessibilityNeed, Precaution } from './request.js';
import { episodeIdOf, type EpisodeStatus, isAsked, type Referral, type Referrals, type ReferralStatus, type SharedDatum } from './slice.js';

/** The sealed part of a request, as opened from the vault: opening it is a disclosure, and recorded as one. */
export interface ReferralNeeds {
  readonly languages?: readonly string[];
  readonly withChildren?: boolean;
  readonly accessibility?: readonly AccessibilityNeed[];
  readonly precautions?: readonly Precaution[];
}

export interface ReferralDataset {
  readonly referralId: string;
  readonly status: ReferralStatus;
  readonly referrer: string;
  readonly priority: Priority;
  readonly replyBy: string;
  readonly services: readonly {
    readonly episodeId: string;
    readonly service: ServiceCode;
    readonly status: EpisodeStatus;
  }[];
  readonly ageBand?: AgeBand;
  /** Only where the service is a place to live. */
  readonly sex?: Sex;
  readonly area?: Region;
  readonly riskLevel?: RiskLevel;
  readonly languages?: readonly string[];
  readonly withChildren?: boolean;
  readonly accessibility?: readonly AccessibilityNeed[];
  readonly precautions?: readonly Precaution[];
  /** After acceptance: what the provider itself said. */
  readonly worker?: string;
  readonly startFrom?: string;
}

function isPlacement({ episodes }: Referral): boolean {
  return Object.keys(episodes).some((service) => service === 'HOUS' || service.startsWith('HOUS.'));
}

/** Risk to life is told whatever the person prefers: staff and house are in danger too (domain.md 8.1, 8.4). */
function mustShareRisk(referral: Referral, facts: CaseFacts): boolean {
  const risk = newestRisk(facts, ['FULL', 'FIRST']);
  return referral.ground === 'RISK_TO_LIFE' || risk?.redFlag === true || risk?.overall === 'CRITICAL';
}

function facing<T extends object>(told: boolean, part: T): T | Record<never, never> {
  return told ? part : {};
}

/** Clear part of the dataset: what the person agreed to have told, and what must be told. */
function clearPart(
  referral: Referral,
  facts: CaseFacts,
  tells: (datum: SharedDatum) => boolean,
): Partial<ReferralDataset> {
  const risk = newestRisk(facts, ['FULL', 'FIRST']);
  return {
    ...facing(tells('AGE_BAND'), { ageBand: facts.ageBand }),
    ...facing(tells('SEX') && isPlacement(referral), { sex: facts.sex }),
    ...facing(tells('AREA'), { area: referral.region === 'UNKNOWN' ? facts.region : referral.region }),
    ...(risk === undefined ? {} : facing(tells('RISK_LEVEL'), { riskLevel: risk.overall })),
  };
}

function sealedPart(needs: ReferralNeeds, tells: (datum: SharedDatum) => boolean): Partial<ReferralDataset> {
  const { languages, withChildren, accessibility, precautions } = needs;
  return {
    ...(languages === undefined ? {} : facing(tells('LANGUAGES'), { languages })),
    ...(withChildren === undefined ? {} : facing(tells('CHILDREN'), { withChildren })),
    ...(accessibility === undefined ? {} : facing(tells('ACCESSIBILITY'), { accessibility })),
    ...(precautions === undefined ? {} : facing(tells('PRECAUTIONS'), { precautions })),
  };
}

/** The dataset of a referral that is open for its provider; see `referralDataset`. */
export function datasetOf(
  referral: Referral,
  facts: CaseFacts,
  scope: 'OFFER' | 'FULL',
  needs: ReferralNeeds,
): ReferralDataset | undefined {
  const { referralId, status, referrer, priority, replyBy, worker, startFrom } = referral;
  const visible = scope === 'OFFER' ? isAsked(referral) : status === 'ACCEPTED' || status === 'STARTED';
  if (!visible) return undefined;
  const must = mustShareRisk(referral, facts);
  const tells = (datum: SharedDatum): boolean =>
    referral.dataShared.includes(datum) || (must && (datum === 'RISK_LEVEL' || datum === 'PRECAUTIONS'));
  const services = (Object.entries(referral.episodes) as [ServiceCode, EpisodeStatus][]).map(([service, state]) => ({
    episodeId: episodeIdOf(referralId, service),
    service,
    status: state,
  }));
  return {
    referralId,
    status,
    referrer,
    priority,
    replyBy,
    services,
    ...clearPart(referral, facts, tells),
    ...sealedPart(needs, tells),
    ...(worker === undefined || startFrom === undefined ? {} : { worker, startFrom }),
  };
}

function referralIn(state: WorkflowState<CaseWorld>, referralId: string): Referral | undefined {
  return (state.slices['referral'] as Referrals | undefined)?.[referralId];
}

/**
 * What the provider is told of a referral now. `undefined` where there is nothing to tell: no such referral, an OFFER that
 * is not open any more, or a referral that was recalled or is over (INV-10). Whether this caller may look, and in which
 * scope, the access decision says.
 */
export function referralDataset(
  state: WorkflowState<CaseWorld>,
  referralId: string,
  scope: 'OFFER' | 'FULL',
  needs: ReferralNeeds = {},
): ReferralDataset | undefined {
  const referral = referralIn(state, referralId);
  return referral && datasetOf(referral, state.facts, scope, needs);
}

/** Where the sealed part of a request lies: the `assessment` compartment of the vault; `undefined` when it has none. */
export function sealedNeedsOf(state: WorkflowState<CaseWorld>, referralId: string): Sealed | undefined {
  return referralIn(state, referralId)?.needs;
}

/**
 * Who must hear of a referral: the provider that it is asked, or that it is taken back; who asked, and who leads the case,
 * that an answer is there or missing. What is said is fixed elsewhere (domain.md 8.4): a reference and a time.
 */
import type { Recorded } from '#kernel';
import { liveConsent } from '../../shared/consents.js';
import { type CaseFacts, standingOverride } from '../../shared/facts.js';
import { type Notice, noticesTo } from '../../shared/notice.js';
import { coordination, leaders } from '../../shared/recipients.js';
import { type ServiceOutcome, TAKEN_BACK } from './service.js';
import { GROUNDS } from './slice.js';

/** The fields that events of this stage share; which are there depends on the type. */
interface About {
  readonly referralId: string;
  readonly recipient: string;
  readonly referrer: string;
  readonly provider: string;
  readonly replyBy: string;
  readonly last: boolean;
  readonly outcome: ServiceOutcome;
}

/** Who asked, and who leads the case now. */
const askers = (facts: CaseFacts, referrer: string): readonly string[] => [referrer, ...leaders(facts)];

const recall = (recipient: string, thing: string): Notice => ({ recipient, thing, recall: true });

const isOpenTo = (facts: CaseFacts, recipient: string, at: string): boolean =>
  (liveConsent(facts, 'REFERRAL', recipient, at) ?? standingOverride(facts, GROUNDS, recipient)) !== undefined;

const offersOf = ({ engagements }: CaseFacts) =>
  engagements.filter((e) => e.scope === 'OFFER' && e.until === undefined);

/** An offer still waits for an answer, and nothing allows to show it any more: it is recalled before the clock cancels it. */
function offersRecalled(recipient: string, after: CaseFacts, at: string): readonly Notice[] {
  if (isOpenTo(after, recipient, at)) return [];
  return offersOf(after)
    .filter(({ organisation }) => organisation === recipient)
    .map(({ through }) => recall(recipient, through));
}

/** The recipient of a consent or of a disclosure that an event ends. */
function lostRecipient({ data }: Recorded, after: CaseFacts): string | undefined {
  const { consentId, overrideId } = data as { consentId?: string; overrideId?: string };
  const consent = after.consents.find((c) => c.consentId === consentId && c.purpose === 'REFERRAL');
  return consent?.recipient ?? after.overrides.find((o) => o.overrideId === overrideId)?.recipient;
}

type Translation = (about: About, after: CaseFacts, event: Recorded, before: CaseFacts) => readonly Notice[];

const doorShut: Translation = (_about, after, event) => {
  const recipient = lostRecipient(event, after);
  return recipient === undefined ? [] : offersRecalled(recipient, after, event.metadata.recordedAt);
};
/** Stop, said about many at once: every offer that it shuts is recalled. */
const doorsShut: Translation = (_about, after, { metadata: { recordedAt } }, before) => {
  const asked = new Set(offersOf(after).map(({ organisation }) => organisation));
  return [...asked]
    .filter((one) => isOpenTo(before, one, recordedAt))
    .flatMap((one) => offersRecalled(one, after, recordedAt));
};
const answered: Translation = ({ referralId, referrer }, after) => noticesTo(askers(after, referrer), referralId);

/** Who was told and is asked or helps no more. What still runs is ended at once by the clock, and recalled then. */
const closedHolders = ({ holders, engagements }: CaseFacts) =>
  holders.filter(({ kind, thingId }) => kind === 'REFERRAL' && !engagements.some((e) => e.through === thingId && e.until === undefined));

const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map<string, Translation>(
  Object.entries({
    ReferralRequested: ({ recipient, referralId, replyBy }) => [
      { recipient, thing: referralId, replyBy, recall: false },
    ],
    ReferralAccepted: answered,
    ReferralQueued: answered,
    ReferralDeclined: answered,
    ReferralFeedbackGiven: answered,
    ReceivedDataDeleted: answered,
    ReferralEscalated: ({ referralId, referrer }, after) =>
      noticesTo([...askers(after, referrer), ...coordination(after)], referralId),
    ReferralExpired: ({ referralId, recipient, referrer }, after) => [
      recall(recipient, referralId),
      ...noticesTo(askers(after, referrer), referralId),
    ],
    ReferralCancelled: ({ referralId, recipient }) => [recall(recipient, referralId)],
    ErasureOrdered: (_about, after) =>
      closedHolders(after).map(({ organisation, thingId }) => recall(organisation, thingId)),
    ServiceFundingRequested: ({ referralId }, after) => noticesTo(coordination(after), referralId),
    ServiceFundingDecided: ({ referralId }, after) => noticesTo(leaders(after), referralId),
    ServiceEnded: ({ referralId, provider, referrer, last, outcome }, after) => [
      ...(last && TAKEN_BACK.includes(outcome) ? [recall(provider, referralId)] : []),
      ...noticesTo(askers(after, referrer), referralId),
    ],
    ConsentWithdrawn: doorShut,
    WithdrawalStated: doorsShut,
    ConsentExpired: doorShut,
    OverrideReviewed: doorShut,
  } satisfies Record<string, Translation>),
);

/** Notices of one event; none to the organisation that recorded it, for it knows. */
export function translate(event: Recorded, before: CaseFacts, after: CaseFacts): readonly Notice[] {
  const notices = TRANSLATIONS.get(event.type)?.(event.data as About, after, event, before) ?? [];
  return notices.filter(({ recipient }) => recipient !== event.metadata.organisation);
}

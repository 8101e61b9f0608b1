/**
 * Who must hear of a referral: the provider that it is asked, or that it is taken back; who asked, and who leads the case,
 * that an answer is there or missing. What is said is fixed elsewhere (domain.md 8.4): a reference and a time.
 */
import type { Recorded } from '#kernel';
import { type CaseFacts, liveConsent, standingOverride } from '../../shared/facts.js';
import type { Notice } from '../../shared/notice.js';
import { GROUNDS } from './slice.js';

/** The fields that events of this stage share; which are there depends on the type. */
interface About {
  readonly referralId: string;
  readonly recipient: string;
  readonly referrer: string;
  readonly provider: string;
  readonly replyBy: string;
  readonly last: boolean;
  readonly outcome: string;
}

/** Who asked, and who leads the case now. */
function leaders({ engagements }: CaseFacts, referrer: string): readonly string[] {
  const leading = engagements.filter((e) => e.role === 'CM' && e.scope === 'FULL' && e.until === undefined);
  return [...new Set([referrer, ...leading.map(({ organisation }) => organisation)])];
}

function coordinators({ engagements }: CaseFacts): readonly string[] {
  return engagements
    .filter((e) => e.role === 'NRM_COORD' && e.until === undefined)
    .map(({ organisation }) => organisation);
}

const to = (recipients: readonly string[], thing: string): readonly Notice[] =>
  recipients.map((recipient) => ({ recipient, thing, recall: false }));
const recall = (recipient: string, thing: string): Notice => ({ recipient, thing, recall: true });

/** An offer still waits for an answer, and nothing allows to show it any more: it is recalled before the clock cancels it. */
function offersRecalled(recipient: string, after: CaseFacts, at: string): readonly Notice[] {
  const open = liveConsent(after, 'REFERRAL', recipient, at) ?? standingOverride(after, GROUNDS, recipient);
  if (open !== undefined) return [];
  return after.engagements
    .filter((e) => e.organisation === recipient && e.scope === 'OFFER' && e.until === undefined)
    .map(({ through }) => recall(recipient, through));
}

/** The recipient of a consent or of a disclosure that an event ends. */
function lostRecipient({ data }: Recorded, after: CaseFacts): string | undefined {
  const { consentId, overrideId } = data as { consentId?: string; overrideId?: string };
  const consent = after.consents.find((c) => c.consentId === consentId && c.purpose === 'REFERRAL');
  return consent?.recipient ?? after.overrides.find((o) => o.overrideId === overrideId)?.recipient;
}

type Translation = (about: About, after: CaseFacts, event: Recorded) => readonly Notice[];

const doorShut: Translation = (_about, after, event) => {
  const recipient = lostRecipient(event, after);
  return recipient === undefined ? [] : offersRecalled(recipient, after, event.metadata.recordedAt);
};
const answered: Translation = ({ referralId, referrer }, after) => to(leaders(after, referrer), referralId);

const TRANSLATIONS: ReadonlyMap<string, Translation> = new Map<string, Translation>(
  Object.entries({
    ReferralRequested: ({ recipient, referralId, replyBy }) => [
      { recipient, thing: referralId, replyBy, recall: false },
    ],
    ReferralAccepted: answered,
    ReferralDeclined: answered,
    ReferralFeedbackGiven: answered,
    ReceivedDataDeleted: answered,
    ReferralEscalated: ({ referralId, referrer }, after) =>
      to([...leaders(after, referrer), ...coordinators(after)], referralId),
    ReferralExpired: ({ referralId, recipient, referrer }, after) => [
      recall(recipient, referralId),
      ...to(leaders(after, referrer), referralId),
    ],
    ReferralCancelled: ({ referralId, recipient }) => [recall(recipient, referralId)],
    ServiceEnded: ({ referralId, provider, referrer, last, outcome }, after) => [
      ...(last && outcome === 'DECLINED_BY_PERSON' ? [recall(provider, referralId)] : []),
      ...to(leaders(after, referrer), referralId),
    ],
    ConsentWithdrawn: doorShut,
    ConsentExpired: doorShut,
    OverrideReviewed: doorShut,
  } satisfies Record<string, Translation>),
);

/** Notices of one event; none to the organisation that recorded it, for it knows. */
export function translate(event: Recorded, _before: CaseFacts, after: CaseFacts): readonly Notice[] {
  const notices = TRANSLATIONS.get(event.type)?.(event.data as About, after, event) ?? [];
  return notices.filter(({ recipient }) => recipient !== event.metadata.organisation);
}

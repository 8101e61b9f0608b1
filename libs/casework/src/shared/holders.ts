/**
 * Who outside holds what it was told, whichever step told it. Once that step came to nothing, or the person is to be forgotten, it
 * must delete, and say so; after an erasure it is asked until it did, or until the asking ends. Source: domain.md 8.2, 8.5; GDPR
 * art. 17, 19 (unless impossible, or out of proportion); that the asking may end after twice the time is our proposal [D].
 */
import { type Envelope, Rejection } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts, Engagement, Holder } from './facts.js';
import { latest } from './moments.js';
import type { Notice } from './notice.js';

/** KEPT_BY_LAW: the recipient says that a law of its own makes it keep what it received. */
export const CHASE_ENDS = ['NO_ANSWER', 'RECIPIENT_GONE', 'KEPT_BY_LAW'] as const;
export type ChaseEnd = (typeof CHASE_ENDS)[number];

type Held = Pick<Holder, 'organisation' | 'thingId'>;

/** Engagements through a formal request begin with this: it keeps them apart from those through a referral. */
const REQUEST = 'request:';
export const throughRequest = (requestId: string): string => `${REQUEST}${requestId}`;
/** The formal request through which an organisation was brought in; `undefined` where it was something else. */
export const requestThrough = (through: string): string | undefined => (through.startsWith(REQUEST) ? through.slice(REQUEST.length) : undefined);

const isSame = (one: Held, other: Held): boolean => one.organisation === other.organisation && one.thingId === other.thingId;
const isThrough = ({ organisation, through }: Engagement, held: Holder): boolean =>
  organisation === held.organisation && (requestThrough(through) ?? through) === held.thingId;

/** The facts once an organisation was told. */
export function told(facts: CaseFacts, holder: Holder): CaseFacts {
  return { ...facts, holders: [...facts.holders.filter((one) => !isSame(one, holder)), holder] };
}

/** The facts once nobody is asked any more to delete what was told with a thing: all who were told of it, or this one. */
export function askedNoMore(facts: CaseFacts, thingId: string, organisation?: string): CaseFacts {
  return { ...facts, holders: facts.holders.filter((one) => one.thingId !== thingId || (organisation ?? one.organisation) !== one.organisation) };
}

/**
 * The facts once running parts of the case ended before their time: who was told through them must delete, but for `keeps`.
 * Counted from when that was recorded: nobody knew before.
 */
export function cameToNothing(
  facts: CaseFacts, { occurredAt: until, recordedAt: owedSince }: Pick<Envelope, 'occurredAt' | 'recordedAt'>, isOver: (part: Engagement) => boolean, keeps?: string,
): CaseFacts {
  const over = facts.engagements.filter((part) => part.until === undefined && isOver(part));
  const mustDelete = (held: Holder): boolean =>
    held.kind !== 'REFERRAL' && held.owedSince === undefined && held.organisation !== keeps && over.some((part) => isThrough(part, held));
  return {
    ...facts,
    engagements: facts.engagements.map((part) => (over.includes(part) ? { ...part, until } : part)),
    holders: facts.holders.map((held) => (mustDelete(held) ? { ...held, owedSince } : held)),
  };
}

const since = ({ owedSince }: Holder, { erasureOrderedAt }: CaseFacts): string | undefined => owedSince ?? erasureOrderedAt;

/** Who must delete what it was told with a thing, and by when. */
export function deletionsOwed(facts: CaseFacts, thingId: string, { calendar, policy }: Reference): readonly { readonly organisation: string; readonly dueAt: string }[] {
  return facts.holders.filter((held) => held.thingId === thingId).flatMap((held) => {
    const owed = since(held, facts);
    return owed === undefined ? [] : [{ organisation: held.organisation, dueAt: calendar.due(owed, policy.values['deletion.confirmation']) }];
  });
}

/**
 * Whether this organisation still holds what it was told with a thing, and must delete it.
 * @throws Rejection `deletion-not-owed` while it may keep it
 */
export function mustStillDelete(facts: CaseFacts, held: Held): boolean {
  const holder = facts.holders.find((one) => isSame(one, held));
  if (holder !== undefined && since(holder, facts) === undefined) throw new Rejection('wrong-state', 'deletion-not-owed', 'what was received may be kept');
  return holder !== undefined;
}

/** Recalls for those who must delete from an event on, and did not have to before it. */
export function recalls(kind: Holder['kind'], before: CaseFacts, after: CaseFacts): readonly Notice[] {
  const owing = (facts: CaseFacts): readonly Holder[] => facts.holders.filter((held) => held.kind === kind && since(held, facts) !== undefined);
  const already = owing(before);
  return owing(after).filter((held) => !already.some((one) => isSame(one, held))).map(({ organisation, thingId }) => ({ recipient: organisation, thing: thingId, recall: true }));
}

/** From when the asking may end: once the time to confirm passed twice since the person was erased; `undefined` while she is not. */
export function askedInVainFrom(owedSince: string | undefined, { erasure, erasureOrderedAt }: CaseFacts, { calendar, policy }: Reference): string | undefined {
  const asked = latest(owedSince, erasureOrderedAt);
  const limit = policy.values['deletion.confirmation'];
  return erasure === 'ERASED' && asked !== undefined ? calendar.due(calendar.due(asked, limit), limit) : undefined;
}

/** @throws Rejection `deletion-not-owed` where nobody is asked, `chase-too-short` before that moment */
export function checkAskedInVain(from: string | undefined, now: string): void {
  if (from === undefined) throw new Rejection('wrong-state', 'deletion-not-owed', 'no erasure waits for this recipient');
  if (now < from) throw new Rejection('wrong-state', 'chase-too-short', 'the time to confirm has not passed twice', { until: from });
}

/**
 * Looking for the person without endangering her: only in a way that she called safe, and so often, before anybody says that
 * contact is lost. Source: domain.md 2.4 C5, 6.3 T17, 7.6 LOST_CONTACT, 8.2 FOLLOW_UP, 8.3 (safe contact).
 */
import { type Context, Rejection } from '#kernel';
import type { Reference } from '#mechanism';
import { localDate } from './coming-of-age.js';
import type { CaseFacts } from './facts.js';
import type { UnguardedWorld } from './world.js';

export const CONTACT_CHANNELS = ['PHONE', 'MESSAGE', 'LETTER', 'IN_PERSON', 'THROUGH_TRUSTED_PERSON'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

export interface ContactFacts {
  /** The ways that she last called safe, and when. The number, the hour, the name to ask for lie sealed. */
  readonly channels: readonly ContactChannel[];
  readonly agreedAt: string;
  /** When somebody tried to reach her, and did not. */
  readonly sought: readonly string[];
  /** When she was last reached; empty where nobody noted it. */
  readonly heardAt: string;
}
const NOBODY_TRIED: ContactFacts = { channels: [], agreedAt: '', sought: [], heardAt: '' };

const changed = (facts: CaseFacts, by: (contact: ContactFacts) => Partial<ContactFacts>): CaseFacts => {
  const contact = facts.contact ?? NOBODY_TRIED;
  return { ...facts, contact: { ...contact, ...by(contact) } };
};
/** What she says anew takes the place of what she said before. */
export const agreedOn = (facts: CaseFacts, channels: readonly ContactChannel[], agreedAt: string): CaseFacts => changed(facts, () => ({ channels, agreedAt }));
export const notReached = (facts: CaseFacts, at: string): CaseFacts => changed(facts, ({ sought }) => ({ sought: [...sought, at] }));
export const reached = (facts: CaseFacts, at: string): CaseFacts => changed(facts, ({ heardAt }) => ({ heardAt: heardAt > at ? heardAt : at }));

/** She said stop to being asked, by this organisation or by everybody, since she called a way safe. */
function saidStop({ withdrawals }: CaseFacts, organisation: string, since: string): boolean {
  return withdrawals.some(({ purpose, recipient, statedAt }) =>
    (purpose === 'ALL' || purpose === 'FOLLOW_UP') && (recipient === undefined || recipient === organisation) && statedAt >= since);
}

/** A call may endanger her. @throws Rejection where nothing says that she may be reached in this way */
export function checkChannel(channel: ContactChannel, { facts, organisation }: Context<UnguardedWorld>): void {
  const { channels, agreedAt } = facts.contact ?? NOBODY_TRIED;
  if (channels.includes(channel) && !saidStop(facts, organisation, agreedAt)) return;
  throw new Rejection('rule-broken', 'contact-not-agreed', 'she is looked for only in a way that she called safe', { fields: ['/channel'] });
}

/** The last that is known of her: that she was reached, agreed to something herself, or took something back. */
function lastHeard({ contact, consents, withdrawals }: CaseFacts): string {
  const own = consents.filter(({ giver }) => giver === 'SELF').map(({ givenAt }) => givenAt);
  const stops = withdrawals.filter(({ by }) => by === 'PERSON').map(({ statedAt }) => statedAt);
  return [contact?.heardAt ?? '', ...own, ...stops].reduce((last, at) => (at > last ? at : last));
}

/** On how many days she was looked for in vain since she was last heard of; `at`: only as far back as the policy says. */
export function daysSought(facts: CaseFacts, { calendar, policy }: Reference, at?: string): number {
  const { within } = policy.values['contact.attempts'];
  const since = lastHeard(facts);
  const counts = (attempt: string): boolean => attempt > since && (at === undefined || calendar.due(attempt, within) > at);
  return new Set((facts.contact?.sought ?? []).filter(counts).map((attempt) => localDate(attempt, policy))).size;
}

/**
 * 7.6: contact is lost when she was looked for often enough, on different days. `at`: when it is proposed; who approves it later
 * looks at whether she was heard of since. @throws Rejection where she was not
 */
export function checkSought({ facts, reference }: Pick<Context<UnguardedWorld>, 'facts' | 'reference'>, at?: string): void {
  const { attempts } = reference.policy.values['contact.attempts'];
  const days = daysSought(facts, reference, at);
  if (days < attempts) throw new Rejection('rule-broken', 'contact-not-sought', 'she is looked for on more days before contact is lost', { days, needed: attempts });
}

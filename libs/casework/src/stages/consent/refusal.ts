/**
 * No, said to somebody who asked: it takes back what she had agreed to of the same, and who owed the question owes it no more.
 * She may say yes later. Source: domain.md 5.2 S2, 6.3 T17, 8.2.
 */
import type { ConsentPurpose } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import { checkRecipientFits, IN_CONTACT, type WITHDRAWN_BY } from './agreement.js';

export interface RefuseConsent {
  purpose: ConsentPurpose;
  /** To whom; absent: to everybody, or for a purpose that has no recipient. */
  recipient?: string;
  by: (typeof WITHDRAWN_BY)[number];
}
/** She was asked, and said no. Not: that any help ends, nor that she may not be asked again when something has changed. */
export type ConsentRefused = RefuseConsent;

export interface RefusalCommands {
  RefuseConsent: RefuseConsent;
}
export interface RefusalEvents {
  ConsentRefused: ConsentRefused;
}

/** What she had agreed to of the same before she said no; what she agrees to later stands. */
function agreedBefore({ consents }: CaseFacts, { purpose, recipient }: RefuseConsent, at: string): readonly string[] {
  return consents
    .filter((c) => c.purpose === purpose && (recipient === undefined || c.recipient === recipient) && c.withdrawnAt === undefined && c.givenAt <= at)
    .map(({ consentId }) => consentId);
}

export const refusalCommands: CommandTable<readonly string[], RefusalCommands, RefusalEvents & { ConsentWithdrawn: { consentId: string; by: RefuseConsent['by'] } }> = {
  RefuseConsent: {
    when: {
      by: [...IN_CONTACT, 'GUARD', 'PERSON'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'known-recipient'],
      otherwise: 'a no is never argued with; help goes on, and she may say yes later',
    },
    decide(body, _slice, { facts, occurredAt }) {
      if (body.recipient !== undefined) checkRecipientFits(body);
      const withdrawn = agreedBefore(facts, body, occurredAt).map((consentId) => ({ type: 'ConsentWithdrawn', data: { consentId, by: body.by } }) as const);
      return [...withdrawn, { type: 'ConsentRefused', data: body }];
    },
  },
};

export const refusalEvents: EventTable<readonly string[], RefusalEvents> = {
  ConsentRefused: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote({ refusals = [], ...facts }, { data: { purpose, recipient }, metadata: { occurredAt: at } }) {
      return { ...facts, refusals: [...refusals, { purpose, ...(recipient === undefined ? {} : { recipient }), at }] };
    },
  },
};

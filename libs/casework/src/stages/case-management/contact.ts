/** How the person may be reached without harm, and that somebody tried. Source: domain.md 2.4 C5, 7.6 LOST_CONTACT, 8.3. */
import type { Clear, Personal } from '#kernel';
import { agreedOn, checkChannel, type ContactChannel, notReached, reached } from '../../shared/contact.js';
import { type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import type { ManagementSlice } from './slice.js';

export interface AgreeContactChannels {
  /** Every way that she calls safe now; none where no way is. */
  channels: readonly ContactChannel[];
  /** Which number, at which hour, whom to ask for. */
  how?: Personal<string, 'contact'>;
}
/** There is deliberately no field for what was said. */
export interface RecordContactAttempt {
  channel: ContactChannel;
  /** Somebody spoke with her. */
  reached: boolean;
}

/** In these ways, and no other, the person may be looked for from now on. Not: that she agreed to be asked anything. */
export type ContactChannelsAgreed = Clear<AgreeContactChannels>;
/** A person tried to reach her, and did or did not. Not: what was said, nor that contact is lost. */
export type ContactAttempted = RecordContactAttempt;

export interface ContactCommands {
  AgreeContactChannels: AgreeContactChannels;
  RecordContactAttempt: RecordContactAttempt;
}
export interface ContactEvents {
  ContactChannelsAgreed: ContactChannelsAgreed;
  ContactAttempted: ContactAttempted;
}

export const contactCommands: CommandTable<ManagementSlice, ContactCommands, ContactEvents> = {
  AgreeContactChannels: {
    when: {
      by: ['CM', 'CP_AUTH', 'DETECT', 'PERSON'],
      requires: ['case-exists', 'about-a-person', 'not-erased'],
      otherwise: 'where no way is safe, nobody looks for her',
    },
    decide: ({ channels, how }) => [{ type: 'ContactChannelsAgreed', data: { channels }, ...(how === undefined ? {} : { seals: ['contact'] as const }) }],
  },
  RecordContactAttempt: {
    when: {
      by: ['CM', 'CP_AUTH'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'by-a-person', 'since-notified'],
      limit: 'contact.attempts',
      otherwise: 'she may answer later; nothing ends because she does not',
    },
    decide(body, _slice, context) {
      checkChannel(body.channel, context);
      return [{ type: 'ContactAttempted', data: body }];
    },
  },
};

export const contactEvents: EventTable<ManagementSlice, ContactEvents> = {
  ContactChannelsAgreed: {
    schema: 1,
    sensitivity: 3,
    evolve: unchanged,
    promote: (facts, { data, metadata }) => agreedOn(facts, data.channels, metadata.occurredAt),
  },
  ContactAttempted: {
    schema: 1,
    sensitivity: 3,
    evolve: unchanged,
    promote: (facts, { data, metadata }) => (data.reached ? reached : notReached)(facts, metadata.occurredAt),
  },
};

/**
 * An authority that was asked to identify a person was told of her. When the request came to nothing, and when she is to be
 * forgotten, it says that what it received is gone, or that a law of its own makes it keep it: it is a controller of its own (police
 * and prosecution under Directive 2016/680), and nobody forces its file to be deleted. Source: domain.md 8.1, 8.5; GDPR art. 17(3), 19.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { DECIDERS } from '../../shared/deciders.js';
import { askedNoMore, deletionsOwed, mustStillDelete } from '../../shared/holders.js';
import { type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import type { IdentificationSlice } from './slice.js';

export interface AnswerFormalRequestDeletion {
  requestId: string;
  /** Absent: it is deleted. Else the named provision of law under which the authority keeps it. */
  legalProvision?: string;
}

/** The authority says that it deleted what it received with the request. Not: that anybody checked. */
export interface FormalRequestDataDeleted {
  requestId: string;
  authority: string;
}
/** The authority says that it keeps what it received, under a law of its own. Not: that anybody checked that law. It is asked no more. */
export interface FormalRequestDataKept {
  requestId: string;
  authority: string;
  legalProvision: string;
}

export interface DeletionCommands {
  AnswerFormalRequestDeletion: AnswerFormalRequestDeletion;
}
export interface DeletionEvents {
  FormalRequestDataDeleted: FormalRequestDataDeleted;
  FormalRequestDataKept: FormalRequestDataKept;
}

/** One for each request that is over, or whose person is to be forgotten, until its authority answered. */
export function formalDeletionsOwed({ asked = [] }: IdentificationSlice, facts: CaseFacts, reference: Reference): readonly Duty[] {
  return asked.flatMap(({ requestId }) =>
    deletionsOwed(facts, requestId, reference).map(({ organisation, dueAt }) => ({ name: 'formal-request-deletion', key: requestId, dueAt, owedBy: { organisation } })),
  );
}

export const deletionCommands: CommandTable<IdentificationSlice, DeletionCommands, DeletionEvents> = {
  AnswerFormalRequestDeletion: {
    when: {
      from: ['REQUESTED'], by: [...DECIDERS, 'CM', 'SP', 'NRM_COORD', 'CP_AUTH'], addressee: true, limit: 'deletion.confirmation',
      otherwise: 'stays on the board of the authority, and of who leads the case; after an erasure somebody looks after it',
    },
    decide({ requestId, legalProvision }, _slice, { facts, organisation: authority }) {
      if (!mustStillDelete(facts, { organisation: authority, thingId: requestId })) return [];
      if (legalProvision === undefined) return [{ type: 'FormalRequestDataDeleted', data: { requestId, authority } }];
      return [{ type: 'FormalRequestDataKept', data: { requestId, authority, legalProvision } }];
    },
  },
};

const answered = {
  schema: 1,
  sensitivity: 3,
  evolve: unchanged<IdentificationSlice>,
  promote: (facts: CaseFacts, { data }: { data: { requestId: string } }) => askedNoMore(facts, data.requestId),
} as const;

export const deletionEvents: EventTable<IdentificationSlice, DeletionEvents> = { FormalRequestDataDeleted: answered, FormalRequestDataKept: answered };

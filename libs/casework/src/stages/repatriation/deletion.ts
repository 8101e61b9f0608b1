/**
 * Who organises the journey and who was to take her in were told who comes and what she needs. When the return came to nothing, and
 * when the person is to be forgotten, each says that what it received is gone. Source: domain.md 8.2, 8.5; GDPR art. 17, 19.
 */
import type { Duty } from '#kernel';
import type { Reference } from '#mechanism';
import type { CaseFacts } from '../../shared/facts.js';
import { askedNoMore, deletionsOwed, mustStillDelete } from '../../shared/holders.js';
import { type CommandTable, type EventTable, unchanged } from '../../shared/world.js';
import { BEFORE_BOARDING, type RepatriationSlice, type Return, type ReturnState } from './slice.js';

export interface ConfirmReturnDeletion {
  returnId: string;
}

/** This body of the return says that it deleted what it received. Not: that anybody checked. */
export type ReturnDataDeleted = ConfirmReturnDeletion & { recipient: string };

/** States in which somebody outside was told of a return, or may have been. */
const MAYBE_TOLD: readonly ReturnState[] = [
  ...BEFORE_BOARDING.filter((state) => state !== 'REQUESTED' && state !== 'INFORMED'),
  'DEPARTED', 'ARRIVED', 'HANDED_OVER', 'FOLLOWED_UP', 'NOT_SAFE', 'CANCELLED', 'FAILED',
];

export interface DeletionCommands {
  ConfirmReturnDeletion: ConfirmReturnDeletion;
}
export interface DeletionEvents {
  ReturnDataDeleted: ReturnDataDeleted;
}

/** One for each body that must delete and has not said that it did, named by its part in the return. */
export function returnDeletionsOwed({ returnId, receiver }: Return, facts: CaseFacts, reference: Reference): readonly Duty[] {
  return deletionsOwed(facts, returnId, reference).map(({ organisation, dueAt }) =>
    organisation === receiver
      ? { name: 'return-deletion-receiver', key: returnId, dueAt, owedBy: { organisation } }
      : { name: 'return-deletion-operator', key: returnId, dueAt, owedBy: { organisation } },
  );
}

export const deletionCommands: CommandTable<RepatriationSlice, DeletionCommands, DeletionEvents> = {
  ConfirmReturnDeletion: {
    when: {
      from: MAYBE_TOLD, by: ['CM', 'SP', 'RET_ORG', 'NRM_COORD'], addressee: true, limit: 'deletion.confirmation',
      otherwise: 'stays on the board of who owes it, and of who leads the case; after an erasure somebody looks after it',
    },
    decide: ({ returnId }, _slice, { facts, organisation }) =>
      mustStillDelete(facts, { organisation, thingId: returnId }) ? [{ type: 'ReturnDataDeleted', data: { returnId, recipient: organisation } }] : [],
  },
};

export const deletionEvents: EventTable<RepatriationSlice, DeletionEvents> = {
  ReturnDataDeleted: {
    schema: 1,
    sensitivity: 3,
    evolve: unchanged,
    promote: (facts, { data: { returnId, recipient } }) => askedNoMore(facts, returnId, recipient),
  },
};

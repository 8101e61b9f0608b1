/**
 * Before a place is asked for: the wish to return, the information that a free decision needs, the sending half of the
 * risk assessment. Source: domain.md 6.3 T1, T2, T4; 12.1 R-16.
 */
import { type Clear, type Personal, Rejection } from '#kernel';
import type { CommandTable, EventTable } from '../../shared/world.js';
import { activeEntry, checkAdult, checkAgreed, validHalf } from './gate.js';
import { type RepatriationSlice, type ReturnDirection, engage, isUnderWay, reaches, theReturn } from './slice.js';

export const INFORMATION_MEDIA = ['ORAL', 'WRITTEN'] as const;
export type InformationMedium = (typeof INFORMATION_MEDIA)[number];
export const TRAVEL_FITNESS = ['FIT', 'FIT_WITH_ESCORT', 'NOT_FIT'] as const;
export type TravelFitness = (typeof TRAVEL_FITNESS)[number];

export interface RequestReturn {
  direction: ReturnDirection;
  sender: string;
  receiver: string;
  operator: string;
  /** What the person wants, in her words. */
  wish?: Personal<string, 'narrative'>;
}
export interface GiveReturnInformation {
  returnId: string;
  media: readonly InformationMedium[];
  language: Personal<string, 'contact'>;
}
export interface ConfirmSendingAssessment {
  returnId: string;
  fitness: Personal<TravelFitness, 'health'>;
}

/** Someone wishes to return, with this receiving body and operator in mind. Not: that anyone was told of it. */
export type ReturnRequested = Clear<RequestReturn> & { returnId: string };
/** The person was told about staying, returning, rights and help on either side. Not: a decision. */
export type ReturnInformationGiven = Clear<GiveReturnInformation>;
/** The sending half exists and is valid, and fitness to travel was looked at. Not: that the return is safe. */
export interface SendingRiskAssessed {
  returnId: string;
  assessmentId: string;
  /** Works on the case from here on, with the person's consent. */
  operator: string;
}

export interface PreparationCommands {
  RequestReturn: RequestReturn;
  GiveReturnInformation: GiveReturnInformation;
  ConfirmSendingAssessment: ConfirmSendingAssessment;
}
export interface PreparationEvents {
  ReturnRequested: ReturnRequested;
  ReturnInformationGiven: ReturnInformationGiven;
  SendingRiskAssessed: SendingRiskAssessed;
}

export const preparationCommands: CommandTable<RepatriationSlice, PreparationCommands, PreparationEvents> = {
  RequestReturn: {
    when: {
      by: ['PERSON', 'CM', 'RET_ORG', 'CONS', 'NRM_COORD'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'own-wish-while-reflecting'],
      otherwise: 'the person stays; assistance goes on',
    },
    decide({ wish, ...clear }, slice, context) {
      checkAdult(context.facts);
      if (slice.some(isUnderWay)) throw new Rejection('wrong-state', 'return-under-way', 'another return is under way: cancel it, or wait for its end');
      for (const id of [clear.sender, clear.receiver, clear.operator]) activeEntry(id, context);
      const seals = wish === undefined ? {} : { seals: ['narrative'] as const };
      return [{ type: 'ReturnRequested', data: { ...clear, returnId: context.newId }, ...seals }];
    },
  },
  GiveReturnInformation: {
    when: {
      from: ['REQUESTED'], by: ['CM', 'RET_ORG', 'LEGAL'],
      requires: ['not-erased', 'case-open', 'interpreter-where-needed'],
      otherwise: 'nobody in the other place is approached before it',
    },
    decide: ({ language: _sealed, ...clear }) => [{ type: 'ReturnInformationGiven', data: clear, seals: ['contact'] }],
  },
  ConfirmSendingAssessment: {
    when: {
      from: ['INFORMED'], by: ['CM'],
      requires: ['not-erased', 'case-open', 'own-wish-while-reflecting'],
      consent: { purpose: 'RETURN', recipient: 'operator' },
      limit: 'return.assessment',
      otherwise: 'protection here instead (ODIHR principle 3)',
    },
    decide({ returnId, fitness }, slice, context) {
      const one = theReturn(slice, { returnId });
      checkAgreed(one, ['operator'], context);
      if (fitness === 'NOT_FIT') throw new Rejection('rule-broken', 'not-fit-to-travel', 'the journey waits until she is fit to travel, with an escort if need be');
      const { assessmentId } = validHalf('SENDING', context);
      return [{ type: 'SendingRiskAssessed', data: { returnId, assessmentId, operator: one.operator }, seals: ['health'] }];
    },
  },
};

export const preparationEvents: EventTable<RepatriationSlice, PreparationEvents> = {
  ReturnRequested: {
    schema: 1,
    sensitivity: 3,
    evolve: (slice, { data, metadata }) => {
      const { returnId, direction, sender, receiver, operator } = data;
      const atRequest = metadata.role === 'PERSON' || data.personal?.narrative !== undefined;
      return [...slice, { returnId, direction, sender, receiver, operator, state: 'REQUESTED', requestedAt: metadata.occurredAt, since: metadata.occurredAt, atRequest }];
    },
    // A receiving half speaks of the place of its own return.
    promote: (facts) => ({ ...facts, risks: facts.risks.filter(({ half }) => half !== 'RECEIVING') }),
  },
  ReturnInformationGiven: { schema: 1, sensitivity: 2, evolve: reaches('INFORMED') },
  SendingRiskAssessed: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('SENDING_ASSESSED'),
    promote: (facts, { data, metadata }) => engage(facts, data.returnId, metadata.occurredAt, { organisation: data.operator, role: 'RET_ORG', scope: 'FULL' }),
  },
};

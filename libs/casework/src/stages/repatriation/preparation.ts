/**
 * Before a place is asked for: the wish to return, the information that a free decision needs, the sending half of the
 * risk assessment. Source: domain.md 6.3 T1, T2, T4; 12.1 R-16.
 */
import { type Clear, type Context, type Personal, Rejection } from '#kernel';
import { type CaseFacts, type RiskFact, underMinorRules } from '../../shared/facts.js';
import { isValid } from '../../shared/risk.js';
import type { CaseWorld, CommandTable, EventTable } from '../../shared/world.js';
import { type RepatriationSlice, type ReturnDirection, engage, reaches, returnOf } from './slice.js';

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

/**
 * INV-4: no minor returns without a best-interests determination, which can not be recorded yet. Asked again before approval
 * and departure: an age can be disputed, or a document found, after the return was requested (INV-9).
 */
export function checkAdult(facts: CaseFacts): void {
  if (underMinorRules(facts)) throw new Rejection('rule-broken', 'not-yet-supported', 'the return of a minor can not be recorded yet');
}

/** The valid half of the RETURN assessment. @throws Rejection `risk-missing` or `risk-expired` */
export function validHalf(half: 'SENDING' | 'RECEIVING', { facts, now }: Context<CaseWorld>): RiskFact {
  const found = facts.risks.find((risk) => risk.purpose === 'RETURN' && risk.half === half);
  if (found === undefined) throw new Rejection('rule-broken', 'risk-missing', `the ${half.toLowerCase()} half of the risk assessment is missing`);
  if (!isValid(found, now)) throw new Rejection('rule-broken', 'risk-expired', `the ${half.toLowerCase()} half of the risk assessment expired`);
  return found;
}

export const preparationCommands: CommandTable<RepatriationSlice, PreparationCommands, PreparationEvents> = {
  RequestReturn: {
    when: {
      by: ['PERSON', 'CM', 'RET_ORG', 'CONS', 'NRM_COORD'],
      requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open', 'own-wish-while-reflecting'],
      otherwise: 'the person stays; assistance goes on',
    },
    decide({ wish, ...clear }, _slice, { facts, reference, newId }) {
      checkAdult(facts);
      for (const id of [clear.sender, clear.receiver, clear.operator]) {
        const known = reference.organisations.get(id)?.status === 'ACTIVE';
        if (!known) throw new Rejection('rule-broken', 'recipient-unknown', 'an organisation of the return is not an active entry of the directory');
      }
      const seals = wish === undefined ? {} : { seals: ['narrative'] as const };
      return [{ type: 'ReturnRequested', data: { ...clear, returnId: newId }, ...seals }];
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
    decide({ returnId }, slice, context) {
      const { assessmentId } = validHalf('SENDING', context);
      const operator = returnOf(slice, { returnId })?.operator ?? '';
      return [{ type: 'SendingRiskAssessed', data: { returnId, assessmentId, operator }, seals: ['health'] }];
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
  },
  ReturnInformationGiven: { schema: 1, sensitivity: 2, evolve: reaches('INFORMED') },
  SendingRiskAssessed: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('SENDING_ASSESSED'),
    promote: (facts, { data, metadata }) => engage(facts, data.returnId, metadata.occurredAt, { organisation: data.operator, role: 'RET_ORG', scope: 'FULL' }),
  },
};

/**
 * The other place: it is asked with consent, answers with a contact, looks at the risk there, and takes over at the end.
 * Source: domain.md 6.1 (ICMPD), 6.3 T5, T6, T8, T16.
 */
import type { Clear, Personal } from '#kernel';
import type { ServiceCode } from '#mechanism';
import { checkManager } from '../../shared/case-managers.js';
import type { CaseFacts, Engagement } from '../../shared/facts.js';
import { askedNoMore } from '../../shared/holders.js';
import type { CommandTable, EventTable } from '../../shared/world.js';
import { BOTH, checkAgreed, validHalf } from './gate.js';
import { type RepatriationSlice, engage, reaches, theReturn } from './slice.js';

export interface SendReceivingRequest {
  returnId: string;
  needs: readonly ServiceCode[];
  /** Not before this moment. */
  earliest: Personal<string, 'contact'>;
}
export interface AcknowledgeReceivingRequest {
  returnId: string;
  /** Named contact and alternate. */
  contact: Personal<string, 'contact'>;
  alternate: Personal<string, 'contact'>;
}
export interface ConfirmReceivingAssessment {
  returnId: string;
  /** What the receiving body says to the sending half. */
  feedback: Personal<string, 'assessment'>;
}
export interface AcceptHandover {
  returnId: string;
  /** Documents handed over, open risks, next appointment. */
  protocol: Personal<string, 'narrative'>;
}

/** The receiving body was asked, with consent for it and its country. Not: that it answered. */
export type ReceivingRequestSent = Clear<SendReceivingRequest> & { receiver: string };
/** The receiving body confirmed receipt and named who answers. From here on it works on the case. */
export interface ReceivingRequestAcknowledged {
  returnId: string;
  receiver: string;
}
/** The receiving half exists and is valid. Not: that the return is safe. */
export interface ReceivingRiskAssessed {
  returnId: string;
  assessmentId: string;
}
/** The receiving body took the person and the case over; the sending body's responsibility for the journey ends. */
export interface HandoverAccepted {
  returnId: string;
  receiver: string;
}

export interface ReceptionCommands {
  SendReceivingRequest: SendReceivingRequest;
  AcknowledgeReceivingRequest: AcknowledgeReceivingRequest;
  ConfirmReceivingAssessment: ConfirmReceivingAssessment;
  AcceptHandover: AcceptHandover;
}
export interface ReceptionEvents {
  ReceivingRequestSent: ReceivingRequestSent;
  ReceivingRequestAcknowledged: ReceivingRequestAcknowledged;
  ReceivingRiskAssessed: ReceivingRiskAssessed;
  HandoverAccepted: HandoverAccepted;
}

/** Who works on the case from the handover on: the receiving body, and no longer who led it or organised the journey. */
function handOver(facts: CaseFacts, returnId: string, receiver: string, since: string): CaseFacts {
  const over = (e: Engagement): boolean => e.until === undefined && (e.through === returnId || e.role === 'CM');
  const engagements = facts.engagements.map((e) => (over(e) ? { ...e, until: since } : e));
  // The receiving body leads from here on: it holds the case itself.
  return { ...askedNoMore(facts, returnId, receiver), engagements: [...engagements, { organisation: receiver, role: 'CM', scope: 'FULL', through: returnId, since }] };
}

export const receptionCommands: CommandTable<RepatriationSlice, ReceptionCommands, ReceptionEvents> = {
  SendReceivingRequest: {
    when: {
      from: ['SENDING_ASSESSED'], by: ['NRM_COORD'],
      requires: ['not-erased', 'case-open', 'own-wish-while-reflecting'],
      consent: { purpose: 'RETURN', recipient: 'receiver' },
      limit: 'return.receiving_request',
      otherwise: 'nobody there is told',
    },
    decide({ returnId, needs }, slice, context) {
      const one = theReturn(slice, { returnId });
      checkAgreed(one, BOTH, context);
      return [{ type: 'ReceivingRequestSent', data: { returnId, needs, receiver: one.receiver }, seals: ['contact'] }];
    },
  },
  AcknowledgeReceivingRequest: {
    when: {
      from: ['RECEIVING_ASKED'], by: ['CM', 'SP', 'RET_ORG', 'NRM_COORD'], addressee: true,
      requires: ['not-erased', 'case-open'],
      consent: { purpose: 'RETURN', recipient: 'receiver' },
      limit: 'return.acknowledgement',
      otherwise: 'the coordinator asks again, or elsewhere',
    },
    decide: ({ returnId }, slice, context) => {
      const one = theReturn(slice, { returnId });
      checkAgreed(one, ['receiver'], context);
      return [{ type: 'ReceivingRequestAcknowledged', data: { returnId, receiver: one.receiver }, seals: ['contact'] }];
    },
  },
  ConfirmReceivingAssessment: {
    when: {
      from: ['RECEIVING_CONFIRMED'], by: ['CM', 'SP', 'RET_ORG', 'NRM_COORD'], addressee: true,
      requires: ['not-erased', 'case-open'],
      consent: { purpose: 'RETURN', recipient: 'receiver' },
      limit: 'return.assessment',
      otherwise: 'not safe: protection where the person is',
    },
    decide({ returnId }, slice, context) {
      checkAgreed(theReturn(slice, { returnId }), ['receiver'], context);
      const { assessmentId } = validHalf('RECEIVING', context);
      return [{ type: 'ReceivingRiskAssessed', data: { returnId, assessmentId }, seals: ['assessment'] }];
    },
  },
  AcceptHandover: {
    when: {
      from: ['ARRIVED'], by: ['CM', 'SP', 'RET_ORG', 'NRM_COORD'], addressee: true,
      requires: ['not-erased', 'by-a-person', 'in-order'],
      consent: { purpose: 'SERVICE_DELIVERY', recipient: 'receiver' },
      limit: 'return.handover',
      otherwise: 'the sending body keeps the responsibility',
    },
    decide({ returnId }, slice, { reference }) {
      const { receiver } = theReturn(slice, { returnId });
      checkManager(receiver, reference);
      return [{ type: 'HandoverAccepted', data: { returnId, receiver }, seals: ['narrative'] }];
    },
  },
};

export const receptionEvents: EventTable<RepatriationSlice, ReceptionEvents> = {
  ReceivingRequestSent: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('RECEIVING_ASKED'),
    promote: (facts, { data, metadata }) => engage(facts, data.returnId, metadata.occurredAt, { organisation: data.receiver, role: 'SP', scope: 'OFFER' }),
  },
  ReceivingRequestAcknowledged: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('RECEIVING_CONFIRMED'),
    promote: (facts, { data, metadata }) => engage(facts, data.returnId, metadata.occurredAt, { organisation: data.receiver, role: 'SP', scope: 'FULL', receives: true }),
  },
  ReceivingRiskAssessed: { schema: 1, sensitivity: 3, evolve: reaches('RECEIVING_ASSESSED') },
  HandoverAccepted: {
    schema: 1,
    sensitivity: 3,
    evolve: reaches('HANDED_OVER'),
    promote: (facts, { data, metadata }) => handOver(facts, data.returnId, data.receiver, metadata.occurredAt),
  },
};

/**
 * Her part in criminal proceedings, and compensation. Which part, when, and with whose company is sealed: it singles her out,
 * and nothing that helps her may depend on it. Statements and evidence are never stored; nor is a protected witness. Source:
 * domain.md 2.5, INV-6, 12.1; Directive 2011/36/EU art. 11(3); HG 541/2023.
 */
import { type Personal, Rejection } from '#kernel';
import type { Role } from '#mechanism';
import { ownerOf } from '../../shared/owners.js';
import { restsOnProvisional } from '../../shared/provisional.js';
import { caseStage, unchanged } from '../../shared/world.js';

export const PROCEEDINGS_STATUSES = ['NOT_PARTICIPATING', 'UNDECIDED', 'COOPERATING', 'INJURED_PARTY', 'CIVIL_PARTY', 'WITNESS', 'CONCLUDED'] as const;
export type ProceedingsStatus = (typeof PROCEEDINGS_STATUSES)[number];
export const COMPENSATION_CLAIMS = ['NONE', 'CLAIMED', 'GRANTED', 'REFUSED'] as const;
export type CompensationClaim = (typeof COMPENSATION_CLAIMS)[number];
export const VOUCHER_OUTCOMES = ['RECEIVED', 'REFUSED', 'NOT_WANTED'] as const;
export type VoucherOutcome = (typeof VOUCHER_OUTCOMES)[number];

/** Somebody went with her. */
export interface Accompaniment {
  readonly on: string;
  readonly minutes: number;
}

export interface RecordProceedings {
  status: Personal<ProceedingsStatus, 'proceedings'>;
  /** Day from which the status holds, and of the next hearing. */
  since?: Personal<string, 'proceedings'>;
  nextDate?: Personal<string, 'proceedings'>;
  accompaniments?: Personal<readonly Accompaniment[], 'proceedings'>;
  compensation?: Personal<CompensationClaim, 'proceedings'>;
}
export type RequestCompensationVoucher = Record<never, never>;
export interface RecordCompensationVoucher {
  outcome: VoucherOutcome;
}

/** Somebody noted where she stands towards proceedings: taking part in none looks the same. Not: that there are any. */
export type ProceedingsRecorded = Record<never, never>;
/** She was referred for an advance on compensation, which any victim may have. Not: that she takes part in proceedings. */
export interface CompensationVoucherRequested {
  /** By when it must have reached her. */
  dueAt: string;
  provisional: boolean;
}
/** The advance reached her, or will not. Not: anything about the claim itself. */
export type CompensationVoucherAnswered = RecordCompensationVoucher;

interface Commands {
  RecordProceedings: RecordProceedings;
  RequestCompensationVoucher: RequestCompensationVoucher;
  RecordCompensationVoucher: RecordCompensationVoucher;
}
interface Events {
  ProceedingsRecorded: ProceedingsRecorded;
  CompensationVoucherRequested: CompensationVoucherRequested;
  CompensationVoucherAnswered: CompensationVoucherAnswered;
}

/** The voucher, and nothing of her part in proceedings: what is not here can not decide anything. */
interface Slice {
  readonly asked?: { readonly by: string; readonly dueAt: string };
  readonly outcome?: VoucherOutcome;
}

const COMPANIONS: readonly Role[] = ['CM', 'SP', 'CP_AUTH', 'LEGAL'];

export const proceedings = caseStage<Slice, Commands, Events>({
  name: 'proceedings',
  initial: {},
  stateOf: ({ asked }) => (asked === undefined ? 'NONE' : 'VOUCHER_ASKED'),
  commands: {
    RecordProceedings: {
      when: {
        by: [...COMPANIONS, 'LE', 'PROS', 'PERSON'],
        requires: ['case-exists', 'about-a-person', 'not-erased'],
        otherwise: 'who takes part in nothing loses nothing (INV-6)',
      },
      decide: () => [{ type: 'ProceedingsRecorded', data: {}, seals: ['proceedings'] }],
    },
    RequestCompensationVoucher: {
      when: {
        by: [...COMPANIONS, 'NRM_COORD'],
        requires: ['case-exists', 'about-a-person', 'not-erased', 'case-open'],
        limit: 'compensation.voucher',
        otherwise: 'help goes on; the claim itself can still be made',
      },
      decide(_body, { asked }, { reference, occurredAt }) {
        if (asked !== undefined) return [];
        const limit = reference.policy.values['compensation.voucher'];
        if (limit === 'NONE') throw new Rejection('rule-broken', 'voucher-not-provided', 'the country gives no advance on compensation');
        const provisional = restsOnProvisional(reference, 'compensation.voucher');
        return [{ type: 'CompensationVoucherRequested', data: { dueAt: reference.calendar.due(occurredAt, limit), provisional } }];
      },
    },
    RecordCompensationVoucher: {
      when: {
        from: ['VOUCHER_ASKED'], by: [...COMPANIONS, 'NRM_COORD'],
        requires: ['case-exists', 'about-a-person', 'not-erased'],
        otherwise: 'it stays owed until somebody says what came of it',
      },
      decide: (body) => [{ type: 'CompensationVoucherAnswered', data: body }],
    },
  },
  events: {
    ProceedingsRecorded: { schema: 1, sensitivity: 3, evolve: unchanged },
    CompensationVoucherRequested: {
      schema: 1,
      sensitivity: 2,
      evolve: (_slice, { data: { dueAt }, metadata }) => ({ asked: { by: metadata.organisation, dueAt } }),
    },
    CompensationVoucherAnswered: { schema: 1, sensitivity: 2, evolve: (_slice, { data: { outcome } }) => ({ outcome }) },
  },
  view({ asked, outcome }, _facts, { scope }) {
    if (scope !== 'FULL') return {};
    return { ...(asked === undefined ? {} : { voucherDueAt: asked.dueAt }), ...(outcome === undefined ? {} : { voucherOutcome: outcome }) };
  },
  duties({ asked }, facts) {
    if (asked === undefined || facts.erasure !== 'NONE') return [];
    return [{ name: 'compensation-voucher', key: 'case', dueAt: asked.dueAt, owedBy: ownerOf(facts, asked.by) }];
  },
});

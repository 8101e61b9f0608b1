/** What can be done on the page, as data: which command, on which thing, with which fields. Adding one is adding a row. */
import type { CodeList } from './words/codes.js';

export interface Field {
  readonly name: 'worker' | 'startFrom' | 'expectedFrom' | 'meeting' | 'reason' | 'escort' | 'agreement' | 'status' | 'note' | 'outcome';
  readonly kind: 'label' | 'moment' | 'words' | 'choice';
  /** What a `choice` chooses from. */
  readonly codes?: CodeList;
  readonly optional?: boolean;
}

export interface Action {
  readonly name: ActionName;
  readonly command: string;
  /** What the command is about, by the name of its path parameter. */
  readonly about: 'referralId' | 'episodeId';
  readonly fields: readonly Field[];
  /** Whether the page of the referral can still be shown afterwards. */
  readonly stays: boolean;
}

const WORKER: Field = { name: 'worker', kind: 'label' };

export type ActionName = 'accept' | 'queue' | 'decline' | 'handover' | 'start' | 'resume' | 'end' | 'feedback' | 'confirm-deletion';

export const ACTIONS: Readonly<Record<ActionName, Action>> = {
  accept: {
    name: 'accept', command: 'AcceptReferral', about: 'referralId', stays: true,
    fields: [WORKER, { name: 'startFrom', kind: 'moment' }, { name: 'meeting', kind: 'words' }],
  },
  queue: { name: 'queue', command: 'QueueReferral', about: 'referralId', stays: true, fields: [{ name: 'expectedFrom', kind: 'moment', optional: true }] },
  decline: { name: 'decline', command: 'DeclineReferral', about: 'referralId', stays: false, fields: [{ name: 'reason', kind: 'choice', codes: 'declineReasons' }] },
  handover: { name: 'handover', command: 'ConfirmHandover', about: 'referralId', stays: true, fields: [{ name: 'escort', kind: 'choice', codes: 'escorts' }] },
  start: { name: 'start', command: 'StartService', about: 'episodeId', stays: true, fields: [WORKER, { name: 'agreement', kind: 'choice', codes: 'agreements' }] },
  resume: { name: 'resume', command: 'ResumeService', about: 'episodeId', stays: true, fields: [] },
  end: { name: 'end', command: 'EndService', about: 'episodeId', stays: false, fields: [{ name: 'outcome', kind: 'choice', codes: 'outcomes' }] },
  feedback: {
    name: 'feedback', command: 'GiveFeedback', about: 'referralId', stays: true,
    fields: [{ name: 'status', kind: 'choice', codes: 'feedback' }, { name: 'note', kind: 'words', optional: true }],
  },
  'confirm-deletion': { name: 'confirm-deletion', command: 'ConfirmDeletion', about: 'referralId', stays: false, fields: [] },
};

/** One thing that can be done now: the action, and for a service which one. */
export interface Offer {
  readonly action: Action;
  readonly thing: string;
  readonly service?: string;
}

/** What the page needs to know of a referral; the rest it only shows. Identifiers are the caller's aliases. */
export interface ShownReferral {
  readonly referralId: string;
  readonly status: string;
  readonly services: readonly { readonly episodeId: string; readonly service: string; readonly status: string }[];
  readonly [field: string]: unknown;
}

const SERVICE_ACTIONS: Readonly<Record<string, readonly ActionName[]>> = { PENDING: ['start'], STARTED: ['end'], ON_HOLD: ['resume', 'end'] };

function onServices({ services }: ShownReferral): readonly Offer[] {
  return services.flatMap(({ episodeId, service, status }) =>
    (SERVICE_ACTIONS[status] ?? []).map((name) => ({ action: ACTIONS[name], thing: episodeId, service })),
  );
}

/** What can be done with a referral as it stands now, most usual first. */
export function offersOn(referral: ShownReferral): readonly Offer[] {
  const on = (...names: ActionName[]): readonly Offer[] => names.map((name) => ({ action: ACTIONS[name], thing: referral.referralId }));
  if (referral.status === 'REQUESTED') return on('accept', 'queue', 'decline');
  if (referral.status === 'QUEUED') return on('accept', 'queue', 'decline');
  if (referral.status === 'ACCEPTED') return [...on('handover'), ...onServices(referral)];
  if (referral.status === 'STARTED') return [...on('feedback'), ...onServices(referral)];
  return [];
}

/** What can be done about something that is owed and whose referral is not shown (any more). */
export function offersOwed(duties: readonly string[], thing: string): readonly Offer[] {
  return duties.includes('deletion-confirmation') ? [{ action: ACTIONS['confirm-deletion'], thing }] : [];
}

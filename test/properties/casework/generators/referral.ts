import type { ServiceCode } from '#mechanism';
import { REFERENCE } from '../../../support/reference.js';
import type { Draw } from '../draw.js';
import type { Generator, Sender, View } from '../story.js';
import { DATA_PROTECTION, COORDINATOR, OUTREACH, SHELTER, isOpen, owing, secret } from './who.js';

interface Referral {
  readonly referralId: string;
  readonly recipient: string;
  readonly status: string;
  readonly episodes: Readonly<Record<string, string>>;
  readonly funding?: Readonly<Record<string, object>>;
}
interface Line {
  readonly referral: Referral;
  readonly service: string;
}

const referrals = (view: View, ...statuses: readonly string[]): readonly Referral[] =>
  Object.values(view.slice('referral') as Record<string, Referral>).filter(({ status }) => statuses.includes(status));

const lines = (view: View, ...statuses: readonly string[]): readonly Line[] =>
  referrals(view, 'ACCEPTED', 'STARTED').flatMap((referral) =>
    Object.entries(referral.episodes).flatMap(([service, status]) => (statuses.includes(status) ? [{ referral, service }] : [])),
  );

/** Services that are asked for, accepted or delivered; where it is wanted, those of which somebody asked who pays. */
const payable = (view: View, asked = false): readonly Line[] =>
  referrals(view, 'REQUESTED', 'QUEUED', 'ACCEPTED', 'STARTED').flatMap((referral) =>
    Object.keys(referral.episodes).flatMap((service) => (!asked || referral.funding?.[service] !== undefined ? [{ referral, service }] : [])),
  );

/** The provider itself, now and then another one that tries. */
const provider = ({ recipient }: Referral, draw: Draw): Sender => ({
  organisation: draw.chance(95) ? recipient : 'asociatia-punte',
  role: 'SP',
});

const about = ({ referral, service }: Line): object => ({ episodeId: `${referral.referralId}/${service}` });

/** Organisations that the person agreed to, or that were told in danger; now and then another one. */
function recipient({ facts, draw }: View): string {
  const told = [...facts.consents.filter(({ purpose }) => purpose === 'REFERRAL').map((c) => c.recipient ?? ''), ...facts.overrides.map((o) => o.recipient)];
  return told.length > 0 && draw.chance(95) ? draw.pick(told) : 'clinica-aurora';
}

function services(organisation: string, draw: Draw): readonly ServiceCode[] {
  const offered = REFERENCE.organisations.get(organisation)?.services ?? [];
  return offered.length > 0 ? draw.some(offered, 2) : ['PSY'];
}

export const referral: readonly Generator[] = [
  {
    command: 'RequestReferral',
    weight: 8,
    likely: ({ facts }) => isOpen(facts) && (facts.overrides.length > 0 || facts.consents.some(({ purpose }) => purpose === 'REFERRAL')),
    make(view) {
      const { draw } = view;
      const to = recipient(view);
      return {
        by: draw.pick([SHELTER, SHELTER, COORDINATOR, OUTREACH]),
        body: {
          recipient: to, services: services(to, draw), priority: draw.pick(['EMERGENCY', 'URGENT', 'PRIORITY', 'ROUTINE']), dataShared: ['AGE_BAND'],
          ...draw.maybe(30, 'region', () => 'RO32'), ...draw.maybe(50, 'languages', () => [secret('language')]),
        },
      };
    },
  },
  {
    command: 'RecordReferralImpossible',
    likely: ({ facts, draw }) => isOpen(facts) && draw.chance(30),
    make: ({ draw }) => ({
      by: SHELTER,
      body: { services: ['PSY'], reason: 'NO_CAPACITY', interim: 'NONE', ...draw.maybe(50, 'region', () => 'RO32') },
    }),
  },
  {
    command: 'AcceptReferral',
    weight: 8,
    likely: (view) => referrals(view, 'REQUESTED', 'QUEUED').length > 0,
    make(view) {
      const one = view.draw.pick(referrals(view, 'REQUESTED', 'QUEUED', 'CANCELLED'));
      const body = { referralId: one.referralId, worker: 'w-1', startFrom: view.now, meeting: secret('meeting') };
      return { by: provider(one, view.draw), body };
    },
  },
  {
    command: 'QueueReferral',
    likely: (view) => referrals(view, 'REQUESTED', 'QUEUED').length > 0,
    make(view) {
      const one = view.draw.pick(referrals(view, 'REQUESTED', 'QUEUED'));
      return { by: provider(one, view.draw), body: { referralId: one.referralId, ...view.draw.maybe(50, 'expectedFrom', () => view.hours(24 * 20)) } };
    },
  },
  {
    command: 'DeclineReferral',
    likely: (view) => referrals(view, 'REQUESTED', 'QUEUED').length > 0,
    make(view) {
      const one = view.draw.pick(referrals(view, 'REQUESTED', 'QUEUED'));
      return { by: provider(one, view.draw), body: { referralId: one.referralId, reason: 'NO_CAPACITY' } };
    },
  },
  ...['ExpireReferral', 'EscalateReferral'].map((command) => ({
    command,
    likely: () => false,
    make: (view: View) => ({
      by: { organisation: 'tandem', role: 'CLOCK' as const, human: false },
      body: { referralId: view.draw.pick(referrals(view, 'REQUESTED')).referralId },
    }),
  })),
  {
    command: 'CancelReferral',
    likely: (view) => referrals(view, 'REQUESTED', 'QUEUED', 'ACCEPTED').length > 0,
    make: (view) => ({
      by: SHELTER,
      body: {
        referralId: view.draw.pick(referrals(view, 'REQUESTED', 'QUEUED', 'ACCEPTED', 'STARTED')).referralId,
        reason: view.draw.pick(['NEED_MET', 'MOVED', 'CONSENT_WITHDRAWN']),
      },
    }),
  },
  {
    command: 'ConfirmDeletion',
    weight: 2,
    likely: (view) => referrals(view, 'DECLINED', 'EXPIRED', 'CANCELLED').length > 0,
    make(view) {
      const one = view.draw.pick(referrals(view, 'DECLINED', 'EXPIRED', 'CANCELLED', 'ENDED'));
      return { by: provider(one, view.draw), body: { referralId: one.referralId } };
    },
  },
  {
    command: 'EndDeletionChase',
    weight: 9,
    likely: (view) => view.facts.erasure === 'ERASED' && owing(view.facts, 'REFERRAL').length > 0,
    make: (view) => ({
      by: DATA_PROTECTION,
      body: { referralId: view.draw.pick(referrals(view, 'DECLINED', 'EXPIRED', 'CANCELLED', 'ENDED')).referralId, reason: view.draw.pick(['NO_ANSWER', 'RECIPIENT_GONE', 'KEPT_BY_LAW']) },
    }),
  },
  {
    command: 'ConfirmHandover',
    weight: 1,
    likely: (view) => referrals(view, 'ACCEPTED', 'STARTED').length > 0,
    make: (view) => ({
      by: SHELTER,
      body: { referralId: view.draw.pick(referrals(view, 'ACCEPTED', 'STARTED')).referralId, escort: 'CASE_MANAGER' },
    }),
  },
  {
    command: 'GiveFeedback',
    weight: 3,
    likely: (view) => referrals(view, 'STARTED').length > 0,
    make(view) {
      const one = view.draw.pick(referrals(view, 'ACCEPTED', 'STARTED'));
      const note = view.draw.maybe(50, 'note', () => secret('note'));
      return { by: provider(one, view.draw), body: { referralId: one.referralId, status: 'GOING_WELL', ...note } };
    },
  },
  {
    command: 'StartService',
    weight: 8,
    likely: (view) => lines(view, 'PENDING').length > 0,
    make(view) {
      const line = view.draw.pick(lines(view, 'PENDING'));
      return { by: provider(line.referral, view.draw), body: { ...about(line), worker: 'w-1', agreement: 'WRITTEN' } };
    },
  },
  {
    command: 'RecordSession',
    weight: 5,
    likely: (view) => lines(view, 'STARTED').length > 0,
    make(view) {
      const line = view.draw.pick(lines(view, 'STARTED', 'ON_HOLD'));
      return { by: provider(line.referral, view.draw), body: { ...about(line), quantity: 1, beneficiary: 'DIRECT', programmes: ['p-1'] } };
    },
  },
  {
    command: 'HoldService',
    weight: 3,
    likely: (view) => lines(view, 'STARTED').length > 0,
    make(view) {
      const line = view.draw.pick(lines(view, 'STARTED'));
      return { by: provider(line.referral, view.draw), body: { ...about(line), reason: 'ABSENCE' } };
    },
  },
  {
    command: 'ResumeService',
    weight: 5,
    likely: (view) => lines(view, 'ON_HOLD').length > 0,
    make(view) {
      const line = view.draw.pick(lines(view, 'ON_HOLD'));
      return { by: provider(line.referral, view.draw), body: about(line) };
    },
  },
  {
    command: 'EndService',
    likely: (view) => lines(view, 'STARTED', 'ON_HOLD').length > 0,
    make(view) {
      const line = view.draw.pick(lines(view, 'PENDING', 'STARTED', 'ON_HOLD'));
      return { by: provider(line.referral, view.draw), body: { ...about(line), outcome: view.draw.pick(['NEED_MET', 'LEFT_BY_CHOICE']) } };
    },
  },
  {
    command: 'RequestServiceFunding',
    likely: (view) => payable(view).length > 0,
    make: (view) => ({ by: SHELTER, body: about(view.draw.pick(payable(view))) }),
  },
  {
    command: 'DecideServiceFunding',
    weight: 4,
    likely: (view) => payable(view, true).length > 0,
    make: (view) => ({
      by: COORDINATOR, body: { ...about(view.draw.pick(payable(view, view.draw.chance(90)))), decision: view.draw.pick(['GRANTED', 'QUEUED', 'REFUSED']) },
    }),
  },
];

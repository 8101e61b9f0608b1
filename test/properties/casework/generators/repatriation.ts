import { liveConsent } from '#casework';
import type { Generator, Sender, View } from '../story.js';
import { COORDINATOR, RETURN_ORGANISATION, SHELTER, isOpen, secret } from './who.js';

interface Return {
  readonly returnId: string;
  readonly state: string;
}

const SENDER = 'casa-lumina';
const RECEIVER = 'rifugio-ponte';
const OPERATOR = 'podul-intoarcerii';
const RECEIVING: Sender = { organisation: RECEIVER, role: 'CM', actor: 'receiving' };
const BEFORE = ['REQUESTED', 'INFORMED', 'SENDING_ASSESSED', 'RECEIVING_ASKED', 'RECEIVING_CONFIRMED', 'RECEIVING_ASSESSED', 'APPROVED', 'CHECKED'];

const returns = (view: View, ...states: readonly string[]): readonly Return[] =>
  (view.slice('repatriation') as readonly Return[]).filter(({ state }) => states.includes(state));

/** What a return rests on beside its own steps: the consents for those who take part in it. */
const CONSENTS = [
  ['RETURN', OPERATOR], ['RETURN', RECEIVER], ['CROSS_BORDER', RECEIVER], ['SERVICE_DELIVERY', RECEIVER], ['FOLLOW_UP', RECEIVER],
  ['REFERRAL', 'clinica-aurora'],
] as const;
const missing = ({ facts, now }: View): readonly (typeof CONSENTS)[number][] =>
  CONSENTS.filter(([purpose, recipient]) => liveConsent(facts, purpose, recipient, now) === undefined);

/** A step of a return: from which state, by whom, saying what beside which return. */
function step(command: string, from: readonly string[], weight: number, by: (view: View) => Sender, more: (view: View) => object = () => ({})): Generator {
  return {
    command,
    weight,
    likely: (view) => returns(view, ...from).length > 0,
    make: (view) => ({ by: by(view), body: { returnId: view.draw.pick(returns(view, ...from)).returnId, ...more(view) } }),
  };
}

const place = ({ draw }: View): object => draw.maybe(50, 'place', () => secret('place'));

export const repatriation: readonly Generator[] = [
  {
    command: 'RequestReturn',
    likely: (view) => isOpen(view.facts) && returns(view, ...BEFORE).length === 0 && view.draw.chance(view.theme === 'return' ? 100 : 20),
    make: ({ draw }) => ({
      by: draw.pick([SHELTER, RETURN_ORGANISATION]),
      body: { direction: 'OUTBOUND', sender: SENDER, receiver: RECEIVER, operator: OPERATOR, ...draw.maybe(50, 'wish', () => secret('wish')) },
    }),
  },
  {
    command: 'GiveConsent',
    weight: 8,
    likely: (view) => isOpen(view.facts) && returns(view, ...BEFORE, 'ARRIVED').length > 0 && missing(view).length > 0,
    make(view) {
      const [purpose, recipient] = view.draw.pick(missing(view));
      const countries = purpose === 'CROSS_BORDER' ? { countries: ['IT'] } : {};
      return { by: SHELTER, body: { purpose, recipient, ...countries, giver: 'SELF', form: 'WRITTEN', infoSheetVersion: '2026-1' } };
    },
  },
  step('GiveReturnInformation', ['REQUESTED'], 9, () => SHELTER, () => ({ media: ['ORAL', 'WRITTEN'], language: secret('language') })),
  step('ConfirmSendingAssessment', ['INFORMED'], 9, () => SHELTER, () => ({ fitness: secret('fitness') })),
  step('SendReceivingRequest', ['SENDING_ASSESSED'], 9, () => COORDINATOR, () => ({ needs: ['PSY'], earliest: secret('earliest') })),
  step('AcknowledgeReceivingRequest', ['RECEIVING_ASKED'], 9, () => RECEIVING, () => ({ contact: secret('contact'), alternate: secret('alternate') })),
  step('ConfirmReceivingAssessment', ['RECEIVING_CONFIRMED'], 9, () => RECEIVING, () => ({ feedback: secret('feedback') })),
  step('OverrideReturnRisk', ['RECEIVING_ASSESSED'], 7, () => RETURN_ORGANISATION, () => ({ reason: secret('reason') })),
  step('ApproveReturn', ['RECEIVING_ASSESSED'], 9, () => COORDINATOR, () => ({ receptionPlan: secret('plan') })),
  step('FindReturnNotSafe', BEFORE, 1, ({ draw }) => draw.pick([SHELTER, COORDINATOR]), () => ({ reason: 'NO_RECEPTION' })),
  step('CancelReturn', BEFORE, 1, () => SHELTER, () => ({ reason: 'PERSON_DECLINED' })),
  step('CheckBeforeDeparture', ['APPROVED', 'CHECKED'], 9, () => RETURN_ORGANISATION, ({ draw }) => ({
    consentReconfirmed: draw.chance(85), receptionReconfirmed: draw.chance(90),
  })),
  step('RecordDeparture', ['CHECKED'], 9, () => RETURN_ORGANISATION, place),
  step('RecordTransit', ['DEPARTED'], 12, () => RETURN_ORGANISATION, place),
  step('RecordArrival', ['DEPARTED'], 9, () => RETURN_ORGANISATION, place),
  step('RecordJourneyFailure', ['CHECKED', 'DEPARTED'], 5, () => RETURN_ORGANISATION, () => ({ reason: 'NO_SHOW' })),
  step('AcceptHandover', ['ARRIVED'], 9, () => RECEIVING, () => ({ protocol: secret('protocol') })),
  step('FollowUpReturn', ['HANDED_OVER'], 9, () => RECEIVING, ({ draw }) => ({
    result: draw.pick(['GOING_WELL', 'NEEDS_HELP', 'NOT_REACHED']), ...draw.maybe(50, 'note', () => secret('note')),
  })),
];

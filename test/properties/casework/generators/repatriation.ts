import { liveConsent } from '#casework';
import type { ConsentPurpose } from '#mechanism';
import type { Generator, Sender, View } from '../story.js';
import { COORDINATOR, RETURN_ORGANISATION, SHELTER, isOpen, owing, secret } from './who.js';

interface Return {
  readonly returnId: string;
  readonly state: string;
  readonly receiver: string;
}

const SENDER = 'casa-lumina';
const OPERATOR = 'podul-intoarcerii';
/** Mostly inside the country: where she arrives abroad, too few of the invented houses are there to be approved. */
const HOME = { direction: 'INTERNAL', receiver: 'asociatia-punte' } as const;
const PLACES = [HOME, HOME, HOME, HOME, { direction: 'OUTBOUND', receiver: 'rifugio-ponte' }] as const;
const receiving = (_view: View, { receiver }: Return): Sender => ({ organisation: receiver, role: 'CM', actor: 'receiving' });
const BEFORE = ['REQUESTED', 'INFORMED', 'SENDING_ASSESSED', 'RECEIVING_ASKED', 'RECEIVING_CONFIRMED', 'RECEIVING_ASSESSED', 'APPROVED', 'CHECKED'];

const returns = (view: View, ...states: readonly string[]): readonly Return[] =>
  (view.slice('repatriation') as readonly Return[]).filter(({ state }) => states.includes(state));

/** A return waits for nothing but the journey: another look at the danger stops more of them than it lets go. */
export const isReady = (view: View): boolean => view.theme === 'return' && returns(view, 'APPROVED', 'CHECKED').length > 0;

/** What the newest return rests on beside its own steps: the consents for those who take part in it. */
function missing(view: View): readonly (readonly [ConsentPurpose, string])[] {
  const { facts, now } = view;
  const receiver = returns(view, ...BEFORE, 'ARRIVED', 'HANDED_OVER').at(-1)?.receiver ?? '';
  const border = receiver === 'rifugio-ponte' ? ([['CROSS_BORDER', receiver]] as const) : [];
  const wanted = [['RETURN', OPERATOR], ['RETURN', receiver], ...border, ['SERVICE_DELIVERY', receiver], ['FOLLOW_UP', receiver], ['REFERRAL', 'clinica-aurora']] as const;
  return wanted.filter(([purpose, recipient]) => liveConsent(facts, purpose, recipient, now) === undefined);
}

/** A step of a return: from which state, by whom, saying what beside which return. */
function step(
  command: string, from: readonly string[], weight: number, by: (view: View, one: Return) => Sender, more: (view: View) => object = () => ({}),
): Generator {
  return {
    command,
    weight,
    likely: (view) => returns(view, ...from).length > 0,
    make(view) {
      const one = view.draw.pick(returns(view, ...from));
      return { by: by(view, one), body: { returnId: one.returnId, ...more(view) } };
    },
  };
}

const place = ({ draw }: View): object => draw.maybe(50, 'place', () => secret('place'));

export const repatriation: readonly Generator[] = [
  {
    command: 'RequestReturn',
    likely: (view) => isOpen(view.facts) && returns(view, ...BEFORE).length === 0 && view.draw.chance(view.theme === 'return' || view.theme === 'recalled' ? 100 : 20),
    make: ({ draw }) => ({
      by: draw.pick([SHELTER, RETURN_ORGANISATION]),
      body: { ...draw.pick(PLACES), sender: SENDER, operator: OPERATOR, ...draw.maybe(50, 'wish', () => secret('wish')) },
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
  step('AcknowledgeReceivingRequest', ['RECEIVING_ASKED'], 9, receiving, () => ({ contact: secret('contact'), alternate: secret('alternate') })),
  step('ConfirmReceivingAssessment', ['RECEIVING_CONFIRMED'], 9, receiving, () => ({ feedback: secret('feedback') })),
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
  step('RecordJourneyFailure', ['CHECKED', 'DEPARTED'], 5, () => RETURN_ORGANISATION, ({ draw }) => ({ reason: draw.pick(['NO_SHOW', 'MISSED', 'MISSING']) })),
  step('AcceptHandover', ['ARRIVED'], 9, receiving, () => ({ protocol: secret('protocol') })),
  {
    command: 'ConfirmReturnDeletion',
    weight: 2,
    likely: ({ facts }) => owing(facts, 'RETURN').length > 0,
    make({ facts, draw }) {
      const { organisation, thingId } = draw.pick(owing(facts, 'RETURN'));
      return { by: { organisation, role: draw.pick(['SP', 'RET_ORG']) }, body: { returnId: thingId } };
    },
  },
  step('FollowUpReturn', ['HANDED_OVER'], 9, receiving, ({ draw }) => ({
    result: draw.pick(['GOING_WELL', 'NEEDS_HELP', 'NOT_REACHED']), ...draw.maybe(50, 'note', () => secret('note')),
  })),
];

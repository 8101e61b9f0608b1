/** INV-10: an organisation sees the case only while it works on it, and never because of what is over. */
import type { Recorded } from '#kernel';
import { caseWorkflow } from '#casework';
import { mayAccess } from '#platform';
import { REFERENCE } from '../../support/reference.js';
import { type History, dataOf, of } from './history.js';

const some = (history: History, field: string, value: unknown, ...types: readonly string[]): boolean =>
  of(history, ...types).some((event) => dataOf(event)[field] === value);

/** Whether the organisation accepted a referral of which something is not over. */
function serving(history: History, organisation: string): boolean {
  return of(history, 'ReferralRequested').map(dataOf).some(({ recipient, referralId, services }) => {
    if (recipient !== organisation || !some(history, 'referralId', referralId, 'ReferralAccepted')) return false;
    const ended = of(history, 'ServiceEnded').map(dataOf).filter((end) => end['referralId'] === referralId).map((end) => end['service']);
    return !some(history, 'referralId', referralId, 'ReferralCancelled') && (services as readonly unknown[]).some((service) => !ended.includes(service));
  });
}

/** Whether a return that is not over, or one that ended with it, gave the organisation the case. */
function receiving(history: History, organisation: string): boolean {
  return of(history, 'ReturnRequested').map(dataOf).some(({ returnId, receiver, operator }) => {
    const engaged =
      (receiver === organisation && some(history, 'returnId', returnId, 'ReceivingRequestAcknowledged')) ||
      (operator === organisation && some(history, 'returnId', returnId, 'SendingRiskAssessed'));
    const over = some(history, 'returnId', returnId, 'ReturnCancelled', 'ReturnFoundNotSafe', 'PreDepartureCheckFailed');
    const handed = some(history, 'returnId', returnId, 'HandoverAccepted');
    return engaged && !over && (!handed || receiver === organisation);
  });
}

/** Organisations that in these stories neither notify nor are assigned: what they see they see through referral or return. */
const GUESTS = ['clinica-aurora', 'rifugio-ponte', 'podul-intoarcerii'];

function sees(facts: Parameters<typeof mayAccess>[0], organisation: string, now: string): boolean {
  const entry = REFERENCE.organisations.get(organisation);
  const caller = { organisation, actor: 'worker', roles: entry?.roles ?? [], human: true, client: 'portal' };
  return mayAccess(facts, caller, entry, 'read', now).scope === 'FULL';
}

/** Only these can open or shut the door; looking after each of the others too would take a minute and find nothing else. */
const MOVES = /^(?:Referral|Service|Return|Receiving|Sending|PreDeparture|Handover|Case|Erasure|Identity)/;

/** Events after which a guest sees the case without working on it. That the door may shut earlier breaks nothing. */
export function seenByStrangers(history: History): readonly Recorded[] {
  let state = caseWorkflow.initialState;
  return history.filter((event, index) => {
    state = caseWorkflow.evolve(state, event);
    if (!MOVES.test(event.type)) return false;
    const past = history.slice(0, index + 1);
    const seeing = GUESTS.filter((guest) => sees(state.facts, guest, event.metadata.recordedAt));
    return seeing.some((guest) => !serving(past, guest) && !receiving(past, guest));
  });
}

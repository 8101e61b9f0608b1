/** Rules that several commands name, each one sentence of the domain. Source: domain.md 12, 12.1. */
import { type Context, type Guard, Rejection } from '#kernel';
import { guardiansSpeakingAs } from './consents.js';
import { underMinorRules } from './facts.js';
import { onlyBroughtIn } from './taking-part.js';
import { minuteOf } from './moments.js';
import { isReflecting } from './reflecting.js';
import type { UnguardedWorld } from './world.js';

type CaseContext = Context<UnguardedWorld>;

function guard(rule: string, codes: readonly string[], check: Guard<UnguardedWorld>['check']): Guard<UnguardedWorld> {
  return { rule, codes, check };
}

function broken(code: string, message: string): Rejection {
  return new Rejection('rule-broken', code, message);
}

function guardianGap({ facts }: CaseContext, giver: string): Rejection | undefined {
  const named = guardiansSpeakingAs(facts, giver);
  if (named.some((g) => !g.conflicted)) return undefined;
  return named.length === 0
    ? broken('guardian-missing', 'no guardian is recorded who could consent for the minor')
    : broken('guardian-conflicted', 'a guardian in conflict can not consent for the minor');
}

const GIVER_CODES = [
  'self-consent-by-minor', 'guardian-consent-for-adult', 'court-consent-for-adult', 'guardian-missing', 'guardian-conflicted', 'assent-missing', 'human-required',
];
const humanRequired = (): Rejection => broken('human-required', 'this step needs a person, not a client system');

/** A court decides for a child. For an adult who can not consent there are vital acts only, and R-3 is their door. */
function courtGap({ facts, human }: CaseContext): Rejection | undefined {
  if (!underMinorRules(facts)) return broken('court-consent-for-adult', 'an adult consents in person, and no court instead');
  return human ? undefined : humanRequired();
}

function checkGiver(body: object, context: CaseContext): Rejection | undefined {
  const { giver } = body as { giver: string };
  if (giver === 'COURT') return courtGap(context);
  const minor = underMinorRules(context.facts);
  if (giver === 'SELF') {
    return minor ? broken('self-consent-by-minor', 'below 18, or while age is disputed, a guardian consents') : undefined;
  }
  if (!minor) return broken('guardian-consent-for-adult', 'an adult consents in person');
  const heard = context.facts.assented ? undefined : broken('assent-missing', 'the child was not heard on this yet');
  return guardianGap(context, giver) ?? heard;
}

function checkRecipient(body: object, { reference }: CaseContext): Rejection | undefined {
  const { recipient } = body as { recipient?: string };
  if (recipient === undefined) return undefined;
  const organisation = reference.organisations.get(recipient);
  return organisation?.status === 'ACTIVE'
    ? undefined
    : broken('recipient-unknown', 'the receiving organisation is not an active entry of the directory');
}

/** To the minute, as senders round. */
function dated(occurredAt: string, ground: string | undefined): Rejection | undefined {
  if (ground === undefined || minuteOf(occurredAt) >= minuteOf(ground)) return undefined;
  return new Rejection('rule-broken', 'before-its-ground', 'dated before what it rests on', { fields: ['/occurredAt'] });
}

export const GUARDS = {
  'case-exists': guard('the case exists', ['not-found'], (_body, { facts }) =>
    facts.notifiedAt === '' ? new Rejection('unknown', 'not-found', 'there is no such case') : undefined,
  ),
  'case-open': guard('the case is not closed', ['case-closed'], (_body, { facts }) =>
    facts.assistance === 'CLOSED' || facts.assistance === 'CLOSED_REFERRED'
      ? new Rejection('wrong-state', 'case-closed', 'the case is closed')
      : undefined,
  ),
  'about-a-person': guard('the notification is not for statistics only (R-6)', ['statistics-only'], (_body, { facts }) =>
    facts.statisticsOnly ? broken('statistics-only', 'nothing can be added to a notification for statistics only') : undefined,
  ),
  'not-erased': guard('no erasure was ordered', ['person-erased'], (_body, { facts }) =>
    facts.erasure === 'NONE' ? undefined : new Rejection('wrong-state', 'person-erased', 'the person was erased'),
  ),
  'rights-informed': guard('the person was informed of rights before consent (R-5)', ['rights-not-informed', 'before-its-ground'], (_body, { facts, occurredAt }) =>
    facts.rightsInformed ? dated(occurredAt, facts.rightsInformedAt) : broken('rights-not-informed', 'consent needs the rights information first'),
  ),
  'in-order': guard('it did not happen before the step that it follows', ['before-its-ground'], (thing, { occurredAt }) =>
    dated(occurredAt, (thing as { since?: string }).since),
  ),
  'since-notified': guard('it did not happen before the case was notified', ['before-its-ground'], (_body, { facts, occurredAt }) => dated(occurredAt, facts.notifiedAt)),
  'interpreter-where-needed': guard('an interpreter was there where one is needed (R-5)', ['interpreter-missing'], (_body, { facts }) =>
    facts.interpreterNeeded && !facts.interpreterProvided
      ? broken('interpreter-missing', 'consent needs an interpreter for this person')
      : undefined,
  ),
  'lawful-giver': guard('who consents may consent: SELF from 18, below a guardian without conflict, or a court by a person’s word (R-4, INV-9, INV-16)', GIVER_CODES, checkGiver),
  'known-recipient': guard('the recipient is an active entry of the directory', ['recipient-unknown'], checkRecipient),
  'under-minor-rules': guard('minor rules apply: below 18, age disputed, or signs of childhood (INV-9)', ['not-a-minor'], (_body, { facts }) =>
    underMinorRules(facts) ? undefined : broken('not-a-minor', 'no minor rules apply to this person'),
  ),
  'not-from-a-partner': guard(
    'who oversees a partner that was only brought in does not decide on the whole case',
    ['role-not-allowed'],
    (_body, { facts, organisation, role }) =>
      (role === 'SUP' || role === 'DPO') && onlyBroughtIn(facts, organisation)
        ? new Rejection('not-allowed', 'role-not-allowed', 'a partner oversees its own part of the case')
        : undefined,
  ),
  'party-of-the-return': guard(
    'who was only brought in takes part in this return: as the receiving body, or as who organises the journey',
    ['not-found'],
    (thing, { facts, organisation }) => {
      const { receiver, operator } = thing as { receiver?: string; operator?: string };
      if (organisation === receiver || organisation === operator || !onlyBroughtIn(facts, organisation)) return undefined;
      return new Rejection('unknown', 'not-found', 'there is no such return in this case');
    },
  ),
  'own-wish-while-reflecting': guard(
    'while the reflection period runs, a return goes on only where the person asked for it (INV-5)',
    ['reflection-running'],
    (body, { facts, role }) => {
      const { wish, atRequest } = body as { wish?: string; atRequest?: boolean };
      if (!isReflecting(facts) || wish !== undefined || atRequest === true || role === 'PERSON') return undefined;
      return broken('reflection-running', 'the reflection period runs, and the person did not ask for this return');
    },
  ),
  'by-a-person': guard('a natural person does this, or the clock where the table names it, not a client system', ['human-required'], (_body, { human, role }) =>
    human || role === 'CLOCK' ? undefined : humanRequired(),
  ),
} satisfies Record<string, Guard<UnguardedWorld>>;

export type GuardName = keyof typeof GUARDS;

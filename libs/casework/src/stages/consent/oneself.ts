/**
 * Nobody who was brought into a case opens it to itself: another one records that. And who may does not do it alone.
 * Source: domain.md 8.2, 8.4, INV-12, 12.1.
 */
import { type Context, Rejection } from '#kernel';
import type { Role } from '#mechanism';
import { onlyBroughtIn } from '../../shared/taking-part.js';
import type { CaseWorld } from '../../shared/world.js';
import type { GiveConsent } from './agreement.js';

/** Roles that answer for the case: what they open to their own house is theirs to answer for too. */
const ANSWERING: readonly Role[] = ['CM', 'CP_AUTH', 'NRM_COORD'];

/**
 * A partner could else write the permission that shows it the person's data, or keep its view open against her will.
 * Whoever found the person may take her in: only a partner that somebody brought in is barred.
 * @throws Rejection `opened-to-oneself`
 */
export function checkNotToOneself(recipient: string | undefined, { facts, organisation, role }: Context<CaseWorld>): void {
  if (recipient !== organisation || ANSWERING.includes(role)) return;
  if (role === 'DETECT' && !onlyBroughtIn(facts, organisation)) return;
  throw new Rejection('rule-broken', 'opened-to-oneself', 'another organisation records what opens the case to this one');
}

type Agreement = Pick<GiveConsent, 'form' | 'evidence'>;

/** What proves it: where the sheet lies that she signed or marked, or who else heard her. A witness is not who records. */
function checkProof({ form, evidence }: Agreement, actor: string): void {
  const proof = evidence?.trim() ?? '';
  if (form !== 'ORAL_WITNESSED' && proof === '') {
    throw new Rejection('rule-broken', 'evidence-missing', 'say where the proof of it lies', { fields: ['/evidence'] });
  }
  if (form === 'ORAL_WITNESSED' && (proof === '' || proof === actor)) {
    throw new Rejection('rule-broken', 'witness-missing', 'name the other person who heard it', { fields: ['/evidence'] });
  }
}

/**
 * The body in contact may write down that she lets it see something, but not by its own word alone: a person does, with what
 * proves it.
 * @throws Rejection `opened-to-oneself`, `human-required`, `evidence-missing`, `witness-missing`
 */
export function checkOpening({ recipient, ...agreement }: Agreement & { recipient?: string }, context: Context<CaseWorld>): void {
  checkNotToOneself(recipient, context);
  if (recipient !== context.organisation) return;
  if (!context.human) throw new Rejection('rule-broken', 'human-required', 'a person records what opens the case to the own organisation');
  checkProof(agreement, context.actor);
}

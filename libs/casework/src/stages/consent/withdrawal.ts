/**
 * Stop, said to whoever is in contact: it is recorded by those who do not know what she agreed to, and takes back all that
 * it concerns. Nothing in the answer tells whether anything was taken back. Source: domain.md 8.2, 12.1 R-5, INV-12.
 */
import { type Clear, type Context, type Personal, Rejection } from '#kernel';
import type { ConsentPurpose, Role } from '#mechanism';
import { guardiansSpeakingAs } from '../../shared/consents.js';
import { type CaseFacts, type Consent, isLive, type Override, underMinorRules, type Withdrawal } from '../../shared/facts.js';
import { minuteOf } from '../../shared/moments.js';
import { type CaseWorld, type CommandTable, type EventTable, unchanged } from '../../shared/world.js';

export const ALL_PURPOSES = 'ALL';
export const STATED_BY = ['PERSON', 'GUARDIAN', 'PUBLIC_GUARDIAN'] as const;
export const STATEMENT_MEDIA = ['IN_PERSON', 'PHONE', 'MESSAGE', 'LETTER', 'SIGN_LANGUAGE', 'THROUGH_ANOTHER'] as const;

export interface StateWithdrawal {
  /** What is to stop; ALL for whatever was agreed to. */
  purpose: ConsentPurpose | typeof ALL_PURPOSES;
  /** With whom; absent: with everybody. */
  recipient?: string;
  by: (typeof STATED_BY)[number];
  medium: (typeof STATEMENT_MEDIA)[number];
  words?: Personal<string, 'narrative'>;
}

/**
 * She said stop. What she had agreed to by then, and this concerns, is taken back from that moment on. Not: that there was
 * anything to take back, nor that what was shared is gone.
 */
export type WithdrawalStated = Clear<StateWithdrawal>;

export interface WithdrawalCommands {
  StateWithdrawal: StateWithdrawal;
}
export interface WithdrawalEvents {
  WithdrawalStated: WithdrawalStated;
}

/** Everybody who meets people, and she herself. Those who only count, audit or pay do not. */
const HEARING: readonly Role[] = [
  'CM', 'DETECT', 'SP', 'CP_AUTH', 'LEGAL', 'RET_ORG', 'NRM_COORD', 'HEALTH', 'CONS', 'GUARD', 'PERSON', 'LE', 'PROS', 'BORDER', 'IMM', 'LAB', 'ID_AUTH',
  'SUP', 'DPO',
];
/** Purposes in whose place a danger to life can stand. */
const OPENED_BY_DANGER: readonly Withdrawal['purpose'][] = ['REFERRAL', 'SERVICE_DELIVERY', ALL_PURPOSES];

/** A name that is no organisation's may be a person's: it must not come to stand among the clear facts. */
function checkNamed({ recipient, words }: StateWithdrawal, { reference, facts }: Context<CaseWorld>): void {
  if (recipient !== undefined && !reference.organisations.has(recipient)) {
    throw new Rejection('rule-broken', 'recipient-unknown', 'the directory has no such organisation');
  }
  if (words !== undefined && facts.erasure !== 'NONE') throw new Rejection('wrong-state', 'person-erased', 'no words are kept once erasure was ordered');
}

export const withdrawalCommands: CommandTable<readonly string[], WithdrawalCommands, WithdrawalEvents> = {
  StateWithdrawal: {
    when: {
      by: HEARING,
      inContact: true,
      requires: ['case-exists', 'about-a-person'],
      otherwise: 'never refused; a guardian who is barred is heard, and takes nothing back (INV-16)',
    },
    decide(body, _slice, context) {
      checkNamed(body, context);
      const { words, ...clear } = body;
      return [{ type: 'WithdrawalStated', data: clear, ...(words === undefined ? {} : { seals: ['narrative'] as const }) }];
    },
  },
};

/** The person's word always counts, a child's too; a guardian's where one may speak: not for an adult, not in conflict (INV-16). */
export function speaksForHer(by: Withdrawal['by'], facts: CaseFacts): boolean {
  return by === 'PERSON' || (underMinorRules(facts) && guardiansSpeakingAs(facts, by).some(({ conflicted }) => !conflicted));
}

/** What a court gave in the child's best interests a guardian does not take back. */
function concerns(stop: Withdrawal, { purpose, recipient, giver }: Consent): boolean {
  const asked = stop.purpose === ALL_PURPOSES || stop.purpose === purpose;
  return asked && (stop.recipient === undefined || stop.recipient === recipient) && (stop.by === 'PERSON' || giver !== 'COURT');
}

/** Since when what was agreed at `moment` is taken back by a stop; `undefined` where it came later. Senders round: within one minute the stop is the last word. */
function takenBackAt(moment: string, { statedAt }: Withdrawal): string | undefined {
  if (minuteOf(moment) > minuteOf(statedAt)) return undefined;
  return moment > statedAt ? moment : statedAt;
}

function withdrawn(consent: Consent, stop: Withdrawal): Consent {
  const withdrawnAt = takenBackAt(consent.givenAt, stop);
  return withdrawnAt !== undefined && isLive(consent, withdrawnAt) && concerns(stop, consent) ? { ...consent, withdrawnAt } : consent;
}

/** Danger to life is of its moment: what was told to this recipient until now does not open the case to it any longer. */
function endsDanger(stop: Withdrawal, { recipient }: Override): boolean {
  return stop.recipient === undefined ? OPENED_BY_DANGER.includes(stop.purpose) : stop.recipient === recipient;
}

/** A consent that is recorded late, after she had taken it back, opens nothing. One that she gave later does. */
export function takenBackBefore(consent: Consent, { withdrawals }: CaseFacts): Consent {
  return withdrawals.filter(({ statedAt }) => consent.givenAt < statedAt).reduce(withdrawn, consent);
}

/** The same for a disclosure without consent. */
export function endedBefore(override: Override, { withdrawals }: CaseFacts): Override {
  const stop = withdrawals.find((w) => override.madeAt < w.statedAt && endsDanger(w, override));
  return stop === undefined ? override : { ...override, takenBackAt: stop.statedAt };
}

function ended(override: Override, stop: Withdrawal): Override {
  const at = takenBackAt(override.madeAt, stop);
  return at !== undefined && override.takenBackAt === undefined && endsDanger(stop, override) ? { ...override, takenBackAt: at } : override;
}

export const withdrawalEvents: EventTable<readonly string[], WithdrawalEvents> = {
  WithdrawalStated: {
    schema: 1,
    sensitivity: 2,
    evolve: unchanged,
    promote(facts, { data: { purpose, recipient, by }, metadata }) {
      const to = recipient === undefined ? {} : { recipient };
      const stop: Withdrawal = { purpose, ...to, by, statedTo: metadata.organisation, statedAt: metadata.occurredAt };
      if (!speaksForHer(by, facts)) return facts;
      // A child who says stop objects: no guardian's consent follows before the child was heard again (8.2).
      const objects = by === 'PERSON' && underMinorRules(facts);
      return {
        ...facts,
        ...(objects ? { assented: false, objectedAt: facts.objectedAt ?? metadata.occurredAt } : {}),
        consents: facts.consents.map((consent) => withdrawn(consent, stop)),
        overrides: facts.overrides.map((override) => ended(override, stop)),
        withdrawals: [...facts.withdrawals, stop],
      };
    },
  },
};

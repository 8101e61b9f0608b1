/**
 * Who came of age, though nobody recorded it: the vault knows the day, the log must not. From that day decisions are those of
 * an adult's case; the log hears of it with the first one that rests on it, or some drawn days later.
 * Source: domain.md 12.1; docs/adr/0021.
 */
import { Inject, Injectable } from '@nestjs/common';
import { type Decided, type Recorded, Rejection } from '#kernel';
import type { CountryPolicy } from '#mechanism';
import { KEYRING, KeyNotGranted, type Keyring, type SealingVault, VAULT, VaultUnavailable } from '#privacy';
import { type SealedMajority, awaitsMajority, localDate } from '../shared/coming-of-age.js';
import type { CaseFacts } from '../shared/facts.js';
import { caseWorkflow } from '../workflow.js';
import type { CaseState } from './case-reader.js';

/** What is recorded of it. */
export const BY_BIRTHDAY: Decided = { type: 'MajorityReached', data: { by: 'BIRTHDAY' } };

/** Whether a decided event says that a birthday came: the house says so, whoever's command made it known. */
export const isByBirthday = ({ type, data }: Decided): boolean => type === BY_BIRTHDAY.type && 'by' in data;

/** Decides on one state of the case. @throws Rejection */
export type Deciding = (state: CaseState) => readonly Decided[];

@Injectable()
export class ComingOfAge {
  constructor(
    @Inject(VAULT) private readonly vault: SealingVault,
    @Inject(KEYRING) private readonly keyring: Keyring,
  ) {}

  /**
   * Whether the day came, by each date of birth that was recorded: where they differ, doubt makes a child.
   * @param now moment; the day begins at midnight of the country
   * @throws VaultUnavailable when a custodian's vault can not be asked
   */
  async hasCome(facts: CaseFacts, policy: CountryPolicy, now: string): Promise<boolean> {
    const day = awaitsMajority(facts) ? await this.dayOf(facts) : undefined;
    return day !== undefined && day <= localDate(now, policy);
  }

  /**
   * The moment from which the log may hear of it: midnight of the country, as many days later as were drawn for this case, so
   * that it does not tell the birthday. `undefined` where nothing is waited for, or the day is not to be had.
   * @throws VaultUnavailable when a custodian's vault can not be asked
   */
  async toldFrom(caseId: string, facts: CaseFacts, policy: CountryPolicy): Promise<string | undefined> {
    const day = awaitsMajority(facts) ? await this.dayOf(facts) : undefined;
    if (day === undefined) return undefined;
    const days = this.drawn(caseId, policy.values['majority.birthday'].toldWithinDays);
    return Temporal.PlainDate.from(day).add({ days }).toZonedDateTime(policy.timeZone).toInstant().toString({ fractionalSecondDigits: 3 });
  }

  /** The case as it is to be decided on now. A vault that can not be asked stops nothing: the case stands as the log says. */
  async asOfToday(state: CaseState, policy: CountryPolicy, now: string): Promise<CaseState> {
    try {
      return (await this.hasCome(state.facts, policy, now)) ? grown(state, now) : state;
    } catch (error) {
      if (error instanceof VaultUnavailable) return state;
      throw error;
    }
  }

  /**
   * Decides as of today, and says with the decision that majority was reached where it would have been another one before.
   * Refused is what is refused as of today.
   */
  async decide(state: CaseState, policy: CountryPolicy, now: string, deciding: Deciding): Promise<readonly Decided[]> {
    const today = await this.asOfToday(state, policy, now);
    const decided = deciding(today);
    if (today === state || decided.length === 0 || isSame(decided, outcome(() => deciding(state)))) return decided;
    return [BY_BIRTHDAY, ...decided];
  }

  private async dayOf({ majorityDays }: CaseFacts): Promise<string | undefined> {
    const rows = await this.opened(majorityDays.map(({ reference }) => reference));
    if (rows.length < majorityDays.length) return undefined;
    return rows.map(({ value }) => (value as SealedMajority).day).sort().at(-1);
  }

  /** Nothing where the keys were not granted: a custodian may keep the day to itself. */
  private async opened(references: readonly string[]) {
    try {
      return await this.vault.open(references, 'watch-majority');
    } catch (error) {
      if (error instanceof KeyNotGranted) return [];
      throw error;
    }
  }

  /** 0 to `most`, the same at every look, and not to be worked out without the keys. */
  private drawn(caseId: string, most: number): number {
    return Number.parseInt(this.keyring.authenticate('derived-secret', `majority of ${caseId}`).slice(0, 12), 16) % (most + 1);
  }
}

/** The case once majority was recorded; as if, since nothing is. */
function grown(state: CaseState, now: string): CaseState {
  const metadata = { schema: 1, occurredAt: now, recordedAt: now };
  return caseWorkflow.evolve(state, { ...BY_BIRTHDAY, revision: state.revision, metadata } as Recorded);
}

function outcome(decide: () => readonly Decided[]): readonly Decided[] | undefined {
  try {
    return decide();
  } catch (error) {
    if (error instanceof Rejection) return undefined;
    throw error;
  }
}

const isSame = (one: readonly Decided[], other: readonly Decided[] | undefined): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What a list of events says, read without the product's folds: so that an invariant can not borrow the rule it checks. */
import type { Recorded } from '#kernel';

type Data = Readonly<Record<string, unknown>>;
export type History = readonly Recorded[];

export const dataOf = (event: Recorded): Data => event.data as Data;
export const of = (history: History, ...types: readonly string[]): History => history.filter(({ type }) => types.includes(type));
/** The event with all that came before it. */
export const withPast = (history: History, ...types: readonly string[]): readonly (readonly [Recorded, History])[] =>
  history.flatMap((event, index) => (types.includes(event.type) ? [[event, history.slice(0, index)] as const] : []));
/** Other events of the same command. */
export const together = (history: History, event: Recorded): History =>
  history.filter((other) => other !== event && other.metadata.commandId === event.metadata.commandId);

/** INV-9, R-4: below 18, disputed, or unknown with signs of childhood. */
export function isMinor(history: History): boolean {
  const notified = dataOf(of(history, 'CaseNotified')[0] ?? ({ data: {} } as Recorded));
  let band = notified['ageBand'];
  let status: unknown;
  for (const event of of(history, 'AgeRecorded', 'MajorityReached')) {
    band = event.type === 'MajorityReached' ? '18-25' : dataOf(event)['ageBand'];
    if (event.type === 'AgeRecorded') status = dataOf(event)['ageStatus'];
  }
  return status === 'DISPUTED' || band === '0-13' || band === '14-17' || (band === 'UNKNOWN' && notified['signsOfChildhood'] === true);
}

/** When, and in whose name, somebody said stop to this with somebody; the person's own word, or of a guardian who may speak. */
function stopped(history: History, purpose: string, recipient: unknown, giver: unknown): readonly string[] {
  return withPast(history, 'WithdrawalStated')
    .filter(([event, past]) => {
      const stop = dataOf(event);
      const asked = (stop['purpose'] === 'ALL' || stop['purpose'] === purpose) && (stop['recipient'] === undefined || stop['recipient'] === recipient);
      const guardian = isMinor(past) && giver !== 'COURT' && ableGuardians(past).some(({ type }) => (type === 'PUBLIC') === (stop['by'] === 'PUBLIC_GUARDIAN'));
      return asked && (stop['by'] === 'PERSON' || guardian);
    })
    .map(([event]) => event.metadata.commandId);
}

/** Whether a child's last word on it was no: by objecting, or by saying stop while it was one. */
function objects(history: History): boolean {
  const words = withPast(history, 'ChildAssentRecorded', 'WithdrawalStated')
    .filter(([event, past]) => event.type === 'ChildAssentRecorded' || (dataOf(event)['by'] === 'PERSON' && isMinor(past)));
  const last = words.at(-1)?.[0];
  return last !== undefined && (last.type === 'WithdrawalStated' || dataOf(last)['outcome'] === 'OBJECTED');
}

/** Whether the person, or who may speak for her, had agreed to this, and nobody had taken it back, by then. */
export function consented(history: History, purpose: string, recipient: unknown, at: string): boolean {
  const withdrawn = new Set(of(history, 'ConsentWithdrawn').map((event) => dataOf(event)['consentId']));
  return of(history, 'ConsentGiven')
    .some((given) => {
      const consent = dataOf(given);
      const since = history.slice(history.indexOf(given));
      const stops = stopped(history, purpose, recipient, consent['giver']);
      if (of(since, 'WithdrawalStated').some(({ metadata }) => stops.includes(metadata.commandId))) return false;
      const expiresAt = consent['expiresAt'] as string | undefined;
      const guardian = consent['giver'] === 'GUARDIAN' || consent['giver'] === 'PUBLIC_GUARDIAN';
      return (
        consent['purpose'] === purpose && consent['recipient'] === recipient && !withdrawn.has(consent['consentId']) &&
        (expiresAt === undefined || expiresAt > at) && (consent['giver'] === 'SELF' || isMinor(history)) && !(guardian && objects(history))
      );
    });
}

/** Whether a recorded disclosure without consent to the recipient stands. Danger to life stands until the person says stop. */
export function overridden(history: History, recipient: unknown): boolean {
  const stopped = (made: Recorded): boolean =>
    dataOf(made)['ground'] === 'RISK_TO_LIFE' &&
    of(history.slice(history.indexOf(made)), 'WithdrawalStated').map(dataOf).some((stop) => stop['by'] === 'PERSON' && stop['purpose'] === 'ALL' && (stop['recipient'] ?? recipient) === recipient);
  const shut = of(history, 'OverrideReviewed').map(dataOf).filter((review) => review['result'] === 'NOT_UPHELD').map((review) => review['overrideId']);
  return of(history, 'DisclosureWithoutConsentMade').some((made) => {
    const { recipient: to, overrideId } = dataOf(made);
    return to === recipient && !shut.includes(overrideId) && !stopped(made);
  });
}

/** Guardians who could speak at this point of the history. */
export function ableGuardians(history: History): readonly { id: unknown; type: unknown }[] {
  let able: { id: unknown; type: unknown }[] = [];
  for (const event of history) {
    const data = dataOf(event);
    if (event.type === 'GuardianReplaced') able = able.filter(({ id }) => id !== data['replaces']);
    if (event.type === 'GuardianAppointed' || event.type === 'GuardianReplaced') able.push({ id: data['guardianId'], type: data['type'] });
    if (event.type === 'GuardianConflictFlagged') able = able.filter(({ id }) => id !== data['guardianId']);
    if (event.type === 'MajorityReached') able = [];
  }
  return able;
}

/** The case as the notifier sees it: folded from the log, never from a read model. */
import type { CaseFacts, Notice } from '#casework';
import type { EventStore, StoredEvent } from '#event-store';
import type { Recorded } from '#kernel';

/** How a case is folded. Given by whoever builds the notifier, from the workflow of all stages. */
export interface CaseFold<State> {
  readonly initial: State;
  evolve(state: State, event: Recorded): State;
  facts(state: State): CaseFacts;
}

/** A stage's own account of whom an event concerns. Pure. A throw is a bug and stops the reader. */
export type Translate = (event: Recorded, before: CaseFacts, after: CaseFacts) => readonly Notice[];

/** The access decision: whether the recipient may be told of this thing now, on the facts of the newest revision. */
export type MayReceive = (
  recipient: string,
  facts: CaseFacts,
  thing: string,
  now: string,
) => boolean | Promise<boolean>;

const CASES_KEPT = 1_000;

/** Cases at the events that the reader passes, and as they are now. */
export class Cases<State> {
  /** Cases as they stood at the last event that the reader passed; the oldest in use is dropped first. */
  private readonly passed = new Map<string, { readonly state: State; readonly revision: number }>();

  /** @param newest facts of a case at its newest revision */
  constructor(
    private readonly store: EventStore,
    private readonly fold: CaseFold<State>,
    readonly newest: (caseId: string) => Promise<CaseFacts>,
  ) {}

  /** Facts right before and right after an event of a case, whose state `before` is. Throws what the fold throws. */
  around(event: StoredEvent, before: State): { before: CaseFacts; after: CaseFacts } {
    const after = this.fold.evolve(before, event);
    this.passed.delete(event.stream);
    this.passed.set(event.stream, { state: after, revision: event.revision });
    const [oldest] = this.passed.keys();
    if (this.passed.size > CASES_KEPT && oldest !== undefined) this.passed.delete(oldest);
    return { before: this.fold.facts(before), after: this.fold.facts(after) };
  }

  /** State of a case right before an event. To be asked in the order of the log. */
  async before({ stream, revision }: StoredEvent): Promise<State> {
    const kept = this.passed.get(stream);
    if (kept?.revision === revision - 1) return kept.state;
    return this.folded(revision === 0 ? [] : await this.store.readStream(stream, { to: revision - 1 }));
  }

  private folded(events: readonly StoredEvent[]): State {
    return events.reduce((state, event) => this.fold.evolve(state, event), this.fold.initial);
  }
}

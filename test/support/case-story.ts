/** A case told command by command, each decided on what the ones before it left behind; the clock acts when told to. */
import type { Command, Decided, Duty, Recorded, WorkflowState } from '#kernel';
import { type CaseWorld, caseWorkflow } from '#casework';
import type { Role } from '#mechanism';
import { REFERENCE } from './reference.js';

/** Who acts. */
export interface Who {
  readonly organisation: string;
  readonly role: Role;
  readonly actor?: string;
}

const CLOCK: Who = { organisation: 'tandem', role: 'CLOCK', actor: 'clock' };

export class Story {
  readonly events: Recorded[] = [];
  state: WorkflowState<CaseWorld> = caseWorkflow.initialState;
  private made = 0;

  constructor(public now: string) {}

  /** Decides and records. Returns the events. @throws Rejection and leaves the case as it was */
  does(who: Who, type: string, body: object = {}): readonly Recorded[] {
    return this.record(who, { type, body });
  }

  /** Identifier of the thing that the last command made. */
  get madeId(): string {
    return this.idOf(this.made);
  }

  /** What is owed now, soonest first. */
  owed(name?: string): readonly Duty[] {
    return caseWorkflow.duties(this.state, REFERENCE).filter((duty) => name === undefined || duty.name === name);
  }

  /** Lets time pass, and the clock do what is due until then. Returns the types of what it recorded. */
  passesTo(now: string): readonly string[] {
    this.now = now;
    const recorded: string[] = [];
    for (;;) {
      const duty = this.owed().find(({ command, dueAt }) => command !== undefined && dueAt <= now);
      if (duty?.command === undefined) return recorded;
      const events = this.record(CLOCK, duty.command);
      if (events.length === 0) throw new Error(`the clock did nothing about ${duty.name}`);
      recorded.push(...events.map(({ type }) => type));
    }
  }

  private idOf(made: number): string {
    return `00000000-0000-5000-8000-${String(made).padStart(12, '0')}`;
  }

  private record({ organisation, role, actor = `${organisation}-worker` }: Who, command: Command): readonly Recorded[] {
    const made = this.made + 1;
    const decided = caseWorkflow.decide(command, this.state, {
      reference: REFERENCE,
      actor,
      organisation,
      role,
      human: role !== 'CLOCK',
      now: this.now,
      occurredAt: this.now,
      newId: this.idOf(made),
    });
    this.made = made;
    const recorded = decided.map((event, index) =>
      this.asRecorded(event, this.events.length + index, { organisation, role, actor }),
    );
    this.events.push(...recorded);
    this.state = caseWorkflow.fold(recorded, this.state);
    return recorded;
  }

  private asRecorded({ type, data, seals = [] }: Decided, revision: number, who: Required<Who>): Recorded {
    const personal = Object.fromEntries(
      seals.map((compartment) => [compartment, { reference: `row-${String(revision)}`, commitment: '' }]),
    );
    const schema = caseWorkflow.event(type)?.rule.schema ?? 1;
    const metadata = {
      ...who,
      schema,
      occurredAt: this.now,
      recordedAt: this.now,
      commandId: this.idOf(this.made),
      correlationId: '',
      causationId: '',
      reference: REFERENCE.versions,
      legalBasis: 'GDPR-9-2-d',
      sensitivity: 2 as const,
      chain: '',
    };
    const stored = seals.length === 0 ? data : { ...data, personal };
    return { id: `event-${String(revision)}`, type, stream: 'case-story', revision, data: stored, metadata };
  }
}

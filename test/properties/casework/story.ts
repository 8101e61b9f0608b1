/**
 * One invented case as it would come about: commands, some allowed and some not, the clock between them, and what was
 * recorded. Personal values are marked, so that one in the clear facts is seen.
 */
import { type Command, type Decided, type Outside, type Recorded, Rejection, type WorkflowState } from '#kernel';
import { type CaseFacts, type CaseWorld, caseWorkflow } from '#casework';
import type { Reference, Role } from '#mechanism';
import { REFERENCE } from '../../support/reference.js';
import { Draw } from './draw.js';

/** Stands in every personal value that a generator makes. */
export const SECRET = 'SECRET';

/** Who sends a command. */
export interface Sender {
  readonly organisation: string;
  readonly role: Role;
  readonly actor?: string;
  readonly human?: boolean;
}

/** What a generator may look at. */
export interface View {
  readonly facts: CaseFacts;
  /** The slice of a stage. */
  slice(stage: string): unknown;
  readonly now: string;
  readonly draw: Draw;
  readonly theme: Theme;
  /** A moment so many hours from now. */
  hours(count: number): string;
}

/** One kind of command: when it is worth trying, and what it then says. */
export interface Generator {
  readonly command: string;
  /** How often beside others; 1 when absent. */
  readonly weight?: number;
  likely(view: View): boolean;
  make(view: View): { readonly body: object; readonly by: Sender };
}

interface Leaning {
  /** How much more, or less, a command is chosen than its generators say. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Nothing but these, where given. */
  readonly only?: readonly string[];
  /** How many times faster things go than in other stories. */
  readonly hurry?: number;
}

/**
 * What a story is about. A path of twenty steps does not come about by chance alone, so some stories keep to what belongs to
 * theirs; one in ten choices is free in every story.
 */
export const THEMES = {
  anything: {},
  service: {
    weights: {
      InformOfRights: 9, RequestReferral: 3, QueueReferral: 3, DeclineReferral: 3, HoldService: 3, ResumeService: 3, EndService: 3, OrderErasure: 0, RecordAge: 0,
      ProposeClosure: 0, WithdrawConsent: 0,
    },
    hurry: 4,
  },
  childhood: {
    weights: { RecordAge: 3, RecordMajority: 9, RecordAssent: 3, InformOfRights: 4, OrderErasure: 0.3 },
  },
  return: {
    only: [
      'NotifyCase', 'InformOfRights', 'RecordInterpreter', 'GiveConsent', 'AssessRisk', 'RequestReferral', 'AcceptReferral', 'RequestReturn',
      'GiveReturnInformation', 'ConfirmSendingAssessment', 'SendReceivingRequest', 'AcknowledgeReceivingRequest', 'ConfirmReceivingAssessment',
      'OverrideReturnRisk', 'ApproveReturn', 'CheckBeforeDeparture', 'RecordDeparture', 'RecordTransit', 'RecordArrival', 'RecordJourneyFailure',
      'AcceptHandover', 'FollowUpReturn', 'FindReturnNotSafe', 'CancelReturn',
    ],
    weights: {
      InformOfRights: 9, RequestReturn: 9, RecordInterpreter: 9, AssessRisk: 3, FindReturnNotSafe: 0.2, CancelReturn: 0.2,
      RecordDeparture: 6, RecordTransit: 6, RecordArrival: 6, AcceptHandover: 4, FollowUpReturn: 2, RecordJourneyFailure: 4,
    },
    hurry: 20,
  },
  forgotten: {
    only: [
      'NotifyCase', 'InformOfRights', 'RecordInterpreter', 'GiveConsent', 'AssessRisk', 'RequestReferral', 'DeclineReferral', 'CancelReferral', 'OrderErasure',
      'ConfirmErasure', 'EndDeletionChase',
    ],
    weights: { InformOfRights: 9, RecordInterpreter: 9, RequestReferral: 9, DeclineReferral: 3, OrderErasure: 2 },
  },
  /** A return and a formal request that come to nothing, or whose person is erased: who was told of them answers, or is asked in vain. */
  recalled: {
    only: [
      'NotifyCase', 'InformOfRights', 'RecordInterpreter', 'GiveConsent', 'AssessRisk', 'Presume', 'RequestReturn', 'GiveReturnInformation', 'ConfirmSendingAssessment',
      'SendReceivingRequest', 'CancelReturn', 'RequestFormalIdentification', 'DeclineFormalIdentification', 'ConfirmReturnDeletion', 'AnswerFormalRequestDeletion',
      'OrderErasure', 'ConfirmErasure', 'EndReceivedDataChase',
    ],
    weights: { InformOfRights: 9, RecordInterpreter: 9, RequestReturn: 9, Presume: 4, OrderErasure: 1.2, CancelReturn: 2, DeclineFormalIdentification: 2, EndReceivedDataChase: 9, ConfirmReturnDeletion: 0.3, AnswerFormalRequestDeletion: 0.5 },
  },
} as const satisfies Readonly<Record<string, Leaning>>;
export type Theme = keyof typeof THEMES;

/** One step as fast-check makes it. */
export interface Step {
  readonly choice: number;
  readonly numbers: readonly number[];
  readonly minutes: number;
  /** By how many minutes what happened is recorded late; at once where absent (INV-17). */
  readonly late?: number;
}

/** In the invented cases the country decides on services that it pays for, as Latvia does; everything else is Romanian. */
export const COUNTRY: Reference = { ...REFERENCE, policy: { ...REFERENCE.policy, unknown: REFERENCE.policy.unknown.filter((key) => key !== 'service.decision_days') } };

const CLOCK: Sender = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false };
/** Invented cases began under the policy before the one in force, so that each may change to it. */
const BEGAN_UNDER = { ...REFERENCE.versions, policy: 'RO/2026-1' };
const BEGIN = Date.parse('2026-01-07T08:00:00.000Z');

export class Story {
  readonly events: Recorded[] = [];
  state: WorkflowState<CaseWorld> = caseWorkflow.initialState;
  refused = 0;
  private time = BEGIN;
  private made = 0;

  constructor(
    private readonly generators: readonly Generator[],
    private readonly theme: Theme = 'anything',
  ) {}

  get now(): string {
    return new Date(this.time).toISOString();
  }

  /** Tries one command, lets time pass, and lets the clock do what is due then. */
  take({ choice, numbers, minutes, late = 0 }: Step): void {
    const draw = new Draw(numbers);
    const view = this.view(draw);
    const chosen = this.choose(view, choice);
    if (chosen !== undefined) this.send(chosen.command, chosen, view, late);
    const { hurry = 1 }: Leaning = THEMES[this.theme];
    this.time += Math.floor(minutes / hurry) * 60_000;
    this.actOnDue();
  }

  /** Decides and records; `undefined` when it was refused. `late`: minutes since it happened. */
  decide(command: Command, by: Sender, late = 0): readonly Recorded[] | undefined {
    this.made += 1;
    const occurredAt = new Date(this.time - late * 60_000).toISOString();
    const outside = { ...this.outside(by), occurredAt, newId: this.id('a') };
    try {
      const decided = caseWorkflow.decide(command, this.state, outside);
      return decided.map((event) => this.append(event, outside));
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      this.refused += 1;
      return undefined;
    }
  }

  private view(draw: Draw): View {
    return {
      facts: this.state.facts,
      slice: (stage) => this.state.slices[stage],
      now: this.now,
      draw,
      theme: this.theme,
      hours: (count) => new Date(this.time + count * 3_600_000).toISOString(),
    };
  }

  /** Mostly what the state invites, by weight; one in ten times whatever there is. */
  private choose(view: View, choice: number): Generator | undefined {
    const free = choice % 10 === 0;
    const { weights = {}, only }: Leaning = free ? {} : THEMES[this.theme];
    const open = this.generators.filter((g) => only?.includes(g.command) !== false && (free || g.likely(view)));
    const weight = (g: Generator): number => (g.weight ?? 1) * (weights[g.command] ?? 1);
    const all = open.reduce((sum, g) => sum + weight(g), 0);
    let ticket = Math.floor(choice / 10) % Math.max(1, all);
    return open.find((g) => (ticket -= weight(g)) < 0);
  }

  private send(type: string, generator: Generator, view: View, late: number): void {
    try {
      const { body, by } = generator.make(view);
      const stranger = view.draw.chance(4);
      this.decide({ type, body }, stranger ? { ...by, role: view.draw.pick(['AUDIT', 'LE', 'CM', 'RAPP'] as const) } : by, late);
    } catch (error) {
      // A generator that was not likely may find nothing to name.
      if (!(error instanceof Error) || error.message !== 'nothing to pick from') throw error;
    }
  }

  private actOnDue(): void {
    for (let round = 0; round < 50; round += 1) {
      const due = caseWorkflow.duties(this.state, COUNTRY).find((duty) => duty.command !== undefined && duty.dueAt <= this.now);
      if (due?.command === undefined) return;
      const done = this.decide(due.command, CLOCK);
      if (done === undefined || done.length === 0) throw new Error(`the clock owes ${due.name} and can not do it`);
    }
    throw new Error('the clock is never done');
  }

  private outside({ organisation, role, actor, human }: Sender): Omit<Outside<CaseWorld>, 'newId'> {
    const who = actor ?? `${organisation}-${String(this.made % 3)}`;
    return { reference: COUNTRY, organisation, role, actor: who, human: human ?? true, now: this.now, occurredAt: this.now };
  }

  private id(kind: string): string {
    return `00000000-0000-4000-8000-${kind}${String(this.made).padStart(11, '0')}`;
  }

  private append({ type, data, seals = [] }: Decided, by: Outside<CaseWorld>): Recorded {
    const personal = Object.fromEntries(seals.map((c) => [c, { reference: this.id('b'), commitment: c.padEnd(64, '0') }]));
    const event: Recorded = {
      id: `${this.id('c')}-${String(this.events.length)}`, type, stream: 'case-story', revision: this.events.length,
      data: seals.length > 0 ? { ...data, personal } : data,
      metadata: {
        schema: caseWorkflow.event(type)?.rule.schema ?? 0, occurredAt: by.occurredAt, recordedAt: by.now, actor: by.actor, organisation: by.organisation,
        role: by.role, commandId: this.id('d'), correlationId: '', causationId: '', reference: BEGAN_UNDER, legalBasis: '',
        sensitivity: caseWorkflow.event(type)?.rule.sensitivity ?? 1, chain: '',
      },
    };
    this.events.push(event);
    this.state = caseWorkflow.evolve(this.state, event);
    return event;
  }
}

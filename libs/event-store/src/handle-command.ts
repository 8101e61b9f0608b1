/**
 * The one way from a command to events: read, answer a repeated command, fold, decide, append, read back.
 * Source: architecture.md 4.
 */
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '#kernel';
import { type Draft, sealDrafts } from './drafts.js';
import { type FoldedStream, type Folding, readFolded, type StateCache } from './folded-stream.js';
import { AppendOutcomeUnknown, type EventStore, type StoredEvent, WrongExpectedRevision } from './port.js';
import { StreamQueue } from './stream-queue.js';

/** A command that has not won its stream by then is given up: the caller hears `busy` and may send it again. */
export const BUSY_AFTER_MILLISECONDS = 5_000;

/** Other writers were faster for 5 s. Nothing was written; the same command may be sent again. */
export class StreamBusy extends Error {
  override readonly name = 'StreamBusy';

  constructor(readonly stream: string) {
    super(`${stream} is busy`);
  }
}

/** What `handleCommand` needs to know of a command. */
export interface CommandHandling<State> extends Folding<State> {
  readonly stream: string;
  /** UUID. The events' ids derive from it, so the same command never writes twice. */
  readonly commandId: string;
  /** Called anew with the newest state after every lost race. No drafts: the wish already holds, nothing is written. */
  decide(state: State, events: readonly StoredEvent[]): readonly Draft[] | Promise<readonly Draft[]>;
  readonly clock: Clock;
  readonly cache?: StateCache<State>;
  /** Waits between two attempts, in milliseconds; a timer when absent. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What a command came to. */
export interface Handled<State> {
  /** The command's events as they stand in the stream, never as they were decided. */
  readonly events: readonly StoredEvent[];
  /** Folded to the newest event read back. */
  readonly state: State;
  /** The stream held this command's events before; nothing was decided. */
  readonly repeated: boolean;
}

const queues = new WeakMap<EventStore, StreamQueue>();

/**
 * Handles one command on one stream.
 * - A stream that holds events of `commandId` answers with them and does not decide.
 * - Commands of this process on one stream wait for each other; a race lost to another process is decided anew.
 * - After a lost reply the stream is read: what stands there is the answer; only if nothing does, it is sent again,
 *   with the same ids.
 * @throws what `decide` and `fold` throw; StreamBusy after 5 s, waiting in the queue included; AppendOutcomeUnknown
 * when even then nobody knows whether the events were written
 */
export function handleCommand<State>(store: EventStore, command: CommandHandling<State>): Promise<Handled<State>> {
  const queue = queues.get(store) ?? new StreamQueue();
  queues.set(store, queue);
  const deadline = Date.parse(command.clock()) + BUSY_AFTER_MILLISECONDS;
  return queue.run(command.stream, () => attemptUntil(deadline, store, command));
}

async function attemptUntil<State>(
  deadline: number,
  store: EventStore,
  command: CommandHandling<State>,
): Promise<Handled<State>> {
  const { stream, clock, wait = setTimeout } = command;
  let unknown: AppendOutcomeUnknown | undefined;
  for (let tries = 0; Date.parse(clock()) < deadline; tries++) {
    try {
      return await attempt(store, command, unknown !== undefined);
    } catch (error) {
      if (error instanceof AppendOutcomeUnknown) unknown = error;
      else if (!(error instanceof WrongExpectedRevision)) throw error;
    }
    await wait(pauseAfter(tries));
  }
  throw unknown ?? new StreamBusy(stream);
}

/** @param sent an earlier attempt may have written these events already */
async function attempt<State>(
  store: EventStore,
  command: CommandHandling<State>,
  sent: boolean,
): Promise<Handled<State>> {
  const before = await read(store, command, sent);
  const there = eventsOf(command, before);
  if (there.length > 0) return { events: there, state: before.state, repeated: !sent };
  const drafts = await command.decide(before.state, before.events);
  if (drafts.length === 0) return { events: [], state: before.state, repeated: false };
  const { written } = await append(store, command, before.events.at(-1), drafts);
  const after = await read(store, command, true);
  return { events: eventsOf(command, after), state: after.state, repeated: !written && !sent };
}

/** Once something was sent, a failed read leaves its outcome unknown, whatever the reason of the failure. */
async function read<State>(store: EventStore, command: CommandHandling<State>, sent: boolean) {
  try {
    return await readFolded(store, command.stream, command, command.cache);
  } catch (cause) {
    throw sent ? new AppendOutcomeUnknown(`${command.stream} could not be read back`, { cause }) : cause;
  }
}

function append<State>(
  store: EventStore,
  { stream, commandId, clock }: CommandHandling<State>,
  last: StoredEvent | undefined,
  drafts: readonly Draft[],
) {
  // Drafts under another command's id would be written again at every retry.
  if (drafts.some((draft) => draft.commandId !== commandId)) throw new Error('a draft belongs to another command');
  return store.append(stream, sealDrafts(stream, last, drafts, clock()), last?.revision ?? 'no-stream');
}

function eventsOf<State>({ commandId }: CommandHandling<State>, { events }: FoldedStream<State>): StoredEvent[] {
  return events.filter(({ metadata }) => metadata.commandId === commandId);
}

/** Doubling from 10 ms to 320 ms, anywhere below that, so that rivals do not meet again. */
function pauseAfter(tries: number): number {
  return Math.random() * 10 * 2 ** Math.min(tries, 5);
}

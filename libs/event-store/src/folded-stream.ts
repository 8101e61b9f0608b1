/** A stream with the state folded from it, kept in memory between commands so that a hot case is not read anew. */
import type { EventStore, StoredEvent } from './port.js';

/** How events become state. */
export interface Folding<State> {
  readonly initial: State;
  /** Pure. Throws where this build does not know an event; nothing is cached then. */
  fold(state: State, event: StoredEvent): State;
}

/** All events of a stream and the state they fold to. */
export interface FoldedStream<State> {
  readonly events: readonly StoredEvent[];
  readonly state: State;
}

interface Entry<State> extends FoldedStream<State> {
  readonly size: number;
}

/**
 * Keeps the streams used last, bounded by the JSON of their events, so that memory stays bounded at any log size.
 * One cache serves one store and one folding.
 */
export class StateCache<State> {
  private readonly entries = new Map<string, Entry<State>>();
  private held = 0;

  /** @param limit characters of JSON; a stream above it is never kept */
  constructor(private readonly limit = 32 * 1024 * 1024) {}

  get(stream: string): FoldedStream<State> | undefined {
    const entry = this.entries.get(stream);
    if (entry === undefined) return undefined;
    this.entries.delete(stream);
    this.entries.set(stream, entry);
    return entry;
  }

  /** Keeps what was read, unless a later reader has put more of the stream here meanwhile. */
  keep(stream: string, folded: FoldedStream<State>): void {
    const known = this.entries.get(stream);
    if (known !== undefined && known.events.length >= folded.events.length) return;
    const fresh = folded.events.slice(known?.events.length ?? 0);
    const size = fresh.reduce((sum, event) => sum + JSON.stringify(event).length, known?.size ?? 0);
    this.forget(stream);
    if (size > this.limit) return;
    this.entries.set(stream, { ...folded, size });
    this.held += size;
    for (const oldest of this.entries.keys()) {
      if (this.held <= this.limit) return;
      this.forget(oldest);
    }
  }

  /** Drops a stream: after an erasure nothing derived from it may stay. */
  forget(stream: string): void {
    this.held -= this.entries.get(stream)?.size ?? 0;
    this.entries.delete(stream);
  }
}

/** The newest state of a stream: the cached part is not read again, what came after it always is. */
export async function readFolded<State>(
  store: EventStore,
  stream: string,
  folding: Folding<State>,
  cache?: StateCache<State>,
): Promise<FoldedStream<State>> {
  const known = cache?.get(stream) ?? { events: [], state: folding.initial };
  const fresh = await store.readStream(stream, { from: known.events.length });
  if (fresh.length === 0) return known;
  const state = fresh.reduce((before, event) => folding.fold(before, event), known.state);
  const folded = { events: [...known.events, ...fresh], state };
  cache?.keep(stream, folded);
  return folded;
}

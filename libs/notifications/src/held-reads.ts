/** How many reads of the feed one client holds open: each looks for news once a second, and a limit on requests does not count it. */
import { Problem } from '#platform';

/** Streams and waiting reads of one client at once. One process needs one. [D] */
export const MOST_HELD = 10;
const RETRY_AFTER_SECONDS = '30';

export class HeldReads {
  private readonly held = new Map<string, number>();

  constructor(private readonly most = MOST_HELD) {}

  /**
   * Counts one read of this client as held open until `over` aborts, and not at all when it did already.
   * @throws Problem `too-many-requests` with `Retry-After` when it holds as many as it may
   */
  hold(client: string, over: AbortSignal): void {
    if (over.aborted) return;
    const held = this.held.get(client) ?? 0;
    if (held >= this.most) throw new Problem('too-many-requests', 'this client holds as many reads open as it may', {}, { 'retry-after': RETRY_AFTER_SECONDS });
    this.held.set(client, held + 1);
    over.addEventListener('abort', () => { this.release(client); }, { once: true });
  }

  private release(client: string): void {
    const rest = (this.held.get(client) ?? 1) - 1;
    if (rest > 0) this.held.set(client, rest);
    else this.held.delete(client);
  }
}

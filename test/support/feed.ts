/** What an organisation hears over its feed; waits for the notifier, not for time. */
import { done } from './story.js';
import type { Tandem, TestClient } from './tandem.js';

export interface Heard {
  readonly items: readonly { readonly recall: boolean; readonly notice: { readonly data: { readonly reference: string } } }[];
  readonly next: string;
}

/** Everything after a cursor, at least one notice; without a cursor whatever there is now. */
export async function heard(client: TestClient, after?: string): Promise<Heard> {
  if (after === undefined) return done(await client.get('/v1/feed')).body as Heard;
  for (let look = 0; look < 200; look += 1) {
    const page = done(await client.get(`/v1/feed?after=${encodeURIComponent(after)}&wait=5`)).body as Heard;
    if (page.items.length > 0) return page;
  }
  throw new Error('nothing was heard');
}

/**
 * Waits until the house has done what is due and the notifier has read all that was recorded: only then is "nothing was
 * said" an answer.
 */
export async function allTold({ engines, settled }: Tandem): Promise<void> {
  await settled();
  const { store, operations } = engines;
  const head = await store.head();
  for (let look = 0; look < 10_000; look += 1) {
    const read = await operations.kysely.selectFrom('notifier_checkpoint').select('position').executeTakeFirst();
    if (read !== undefined && store.compare(read.position, head) >= 0) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('the notifier did not come to the end of the log');
}

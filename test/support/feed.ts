/** What an organisation hears over its feed; waits for the notifier, not for time. */
import { done } from './story.js';
import type { TestClient } from './tandem.js';

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

/** What a client does that services are killed under: it sends again, under the same key, until somebody answers. */
import { setTimeout } from 'node:timers/promises';

const LONGEST_MILLISECONDS = 60_000;
const PAUSE_MILLISECONDS = 250;

/** As `fetch`, and again after 503 or a broken answer; the last answer when a minute has passed. */
export async function patientFetch(url: string, init: RequestInit): Promise<{ readonly response: Response; readonly text: string }> {
  const deadline = Date.now() + LONGEST_MILLISECONDS;
  for (;;) {
    const isLast = Date.now() > deadline;
    try {
      const response = await fetch(url, init);
      const text = await response.text();
      if (response.status !== 503 || isLast) return { response, text };
    } catch (error) {
      if (isLast) throw error;
    }
    await setTimeout(PAUSE_MILLISECONDS);
  }
}

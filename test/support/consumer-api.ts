/** What the reference consumer of the documentation needs of the house, over HTTP, as one organisation. */
import type { Api } from './reference-consumer.js';
import { done } from './story.js';
import type { TestClient } from './tandem.js';

export const apiOf = (client: TestClient): Api => ({
  read: async (reference) => {
    const { status, body } = await client.get(`/v1/referrals/${reference}`);
    return status === 404 ? undefined : (body as object);
  },
  confirmDeletion: async (reference) => {
    done(await client.post(`/v1/referrals/${reference}/deletion-confirmation`));
  },
});

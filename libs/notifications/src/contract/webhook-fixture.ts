/** Webhooks to partners' servers on loopback. */
import { randomUUID } from 'node:crypto';
import { webhookPublisher } from '../adapters/webhook/webhook.js';
import type { PublisherFixture } from './publisher.contract.js';
import { Receiver } from './receiver.js';
import type { World } from './world.js';

export const SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz';

export interface WebhookFixture extends PublisherFixture {
  receiver(organisation: string): Receiver;
}

export function openWebhookFixture({ time }: World): Promise<WebhookFixture> {
  const receivers = new Map<string, Receiver>();
  const endpoints = new Map<string, string>();
  const receiver = (organisation: string): Receiver => {
    const found = receivers.get(organisation);
    if (found === undefined) throw new Error(`${organisation} was not reached`);
    return found;
  };
  const publisher = webhookPublisher({
    endpointOf: (subscription) => Promise.resolve(endpoints.get(subscription)),
    secretOf: () => SECRET,
    clock: time.clock,
    allowLoopback: true,
  });
  return Promise.resolve({
    publisher,
    channel: 'webhook',
    receiver,
    async reach(organisation) {
      const opened = await Receiver.open();
      receivers.set(organisation, opened);
      const way = randomUUID();
      endpoints.set(way, opened.url);
      return { way, subscribed: true };
    },
    async arrived(organisation, count) {
      await receiver(organisation).until(count);
      return receiver(organisation).received.map(({ message }) => message);
    },
    async close() {
      for (const opened of receivers.values()) await opened.close();
    },
  });
}

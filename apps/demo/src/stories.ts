/** The stories that can be told, by the name that is asked for. */
import { gatherAroundChild } from './childs-world.js';
import type { Instance } from './instance.js';
import { play } from './play.js';
import { childsStory } from './story/child.js';
import type { Teller } from './teller.js';
import { WebhookHost } from './webhook-host.js';
import { gather } from './world.js';

type Story = (instance: Instance, teller: Teller) => Promise<void>;

async function adult(instance: Instance, teller: Teller): Promise<void> {
  const webhooks = await WebhookHost.open();
  await play(await gather(instance, teller, webhooks)).finally(() => webhooks.close());
}

export const STORIES: Readonly<Record<string, Story>> = {
  adult,
  child: async (instance, teller) => childsStory(await gatherAroundChild(instance, teller)),
};

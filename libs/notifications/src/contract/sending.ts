/** A house that sends to webhooks, and its partners’ servers: what the specifications of sending begin with. */
import { openWebhookFixture, type WebhookFixture } from './webhook-fixture.js';
import { type ProcessOptions, startProcess, World } from './world.js';
import { Notifier } from '../notifier.js';

/** Of the test that runs: there from `open` on. */
export let world: World;
export let fixture: WebhookFixture;
export async function open(): Promise<void> {
  world = await World.open();
  fixture = await openWebhookFixture(world);
}
export async function close(): Promise<void> {
  await fixture.close();
  await world.close();
}

/** Subscribes each with a server of its own. */
export const reach = async (...organisations: string[]) => {
  for (const organisation of organisations)
    await world.subscribe(organisation, (await fixture.reach(organisation)).way);
};
/** A process that sends, and the notifier around it. */
export const start = async (holder?: string, more: ProcessOptions = {}) => {
  const process = await startProcess(world, {
    publishers: { webhook: fixture.publisher },
    ...(holder ? { holder } : {}),
    ...more,
  });
  return { ...process, notifier: new Notifier({ ...process, clock: world.time.clock, wait: world.time.wait }) };
};

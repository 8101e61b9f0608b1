import { instanceFor } from './instance.js';
import { play } from './play.js';
import { Teller } from './teller.js';
import { WebhookHost } from './webhook-host.js';
import { gather } from './world.js';

const teller = new Teller((text) => { process.stdout.write(`${text}\n`); });
const instance = await instanceFor(process.env); // eslint-disable-line no-restricted-properties -- handed on to what reads them
const webhooks = await WebhookHost.open();
try {
  await play(await gather(instance, teller, webhooks));
} finally {
  await webhooks.close();
  await instance.stop();
}

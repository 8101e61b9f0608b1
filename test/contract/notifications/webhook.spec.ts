import { publisherPromises } from '../../../libs/notifications/src/contract/publisher.contract.js';
import { openWebhookFixture } from '../../../libs/notifications/src/contract/webhook-fixture.js';

publisherPromises('webhook', openWebhookFixture);

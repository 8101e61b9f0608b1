import { afterAll, beforeAll } from '@jest/globals';
import { publisherPromises } from '../../../libs/notifications/src/contract/publisher.contract.js';
import { openWebhookFixture } from '../../../libs/notifications/src/contract/webhook-fixture.js';
import { World } from '../../../libs/notifications/src/contract/world.js';
import { POSTGRES_START_MILLISECONDS, type PostgresForTests, startPostgres } from '../../support/postgres.js';

let postgres: PostgresForTests;
beforeAll(async () => {
  postgres = await startPostgres();
}, POSTGRES_START_MILLISECONDS);
afterAll(() => postgres.stop());

publisherPromises('webhook', openWebhookFixture);
publisherPromises('webhook, delivery state in PostgreSQL', openWebhookFixture, async () =>
  World.open(await postgres.freshDatabase()),
);

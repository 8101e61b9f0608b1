/** A house whose delivery state is new or was lost, and letters that were given up. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { app, CLINIC, close, fed, get, notifications, open, receiver, SHELTER, start, subscribe, world, write } from './contract/over-http.js';

beforeEach(open);
afterEach(close);

describe('a new house', () => {
  const health = () => notifications.notifier.health();
  /** As after the loss of the delivery state. */
  const lose = async () => {
    await app.close();
    for (const table of ['notices', 'notice_sequences', 'notifier_checkpoint', 'deliveries'] as const) {
      await world.database.kysely.deleteFrom(table).execute();
    }
  };

  it('pushes from its first case on, whatever else is in the log', async () => {
    expect(await health()).toEqual({ status: 'running' });
    await lose();
    await world.record('organisation-casa-lumina', 'OrganisationRegistered', {});
    await start();
    expect(await health()).toEqual({ status: 'running' });
  });

  it('pushes nothing over old cases until it is told from where', async () => {
    await subscribe();
    await world.offer(randomUUID(), SHELTER);
    await receiver.until(1);
    await lose();
    await start();
    await fed(1);
    expect(await health()).toEqual({ status: 'untold' });
    expect(await world.deliveries()).toEqual([]);
    await app.close();
    await start('now');
    await world.offer(randomUUID(), SHELTER);
    await receiver.until(2);
    expect(receiver.received.map(({ message }) => message.data.sequence)).toEqual([1, 2]);
    await lose();
    await start('start');
    await receiver.until(4);
    expect(
      receiver.received
        .slice(2)
        .map(({ message }) => message.id)
        .sort(),
    ).toEqual(
      receiver.received
        .slice(0, 2)
        .map(({ message }) => message.id)
        .sort(),
    );
  });
});

it('sends a dead letter again when its recipient asks, also after a restart', async () => {
  await subscribe();
  receiver.answer = () => 410;
  await world.offer(randomUUID(), SHELTER);
  await receiver.until(1);
  const dead = async () => (await get<{ deliveries: { id: string }[] }>('/v1/deliveries', SHELTER)).body.deliveries;
  let deliveries = await dead();
  while (deliveries.length === 0) deliveries = await dead();
  await app.close();
  await start();
  receiver.answer = () => 204;
  const path = `/v1/deliveries/${deliveries[0]!.id}/redelivery`;
  expect(await write('POST', path, CLINIC)).toMatchObject({ status: 404 });
  expect(await write('POST', path, SHELTER)).toMatchObject({ status: 200, body: { state: 'waiting' } });
  await receiver.until(2);
  expect(receiver.received[1]!.body).toBe(receiver.received[0]!.body);
});

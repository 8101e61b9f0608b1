/** Who is sent what, when, and by which process. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { LEASE_MILLISECONDS } from './contract/world.js';
import { deliveriesTo, redeliver } from './deliveries.js';
import { delayAfter, RETRY_DELAYS } from './retry.js';
import { close, fixture, open, reach, start, world } from './contract/sending.js';

beforeEach(open);
afterEach(close);

it('lets a subscriber that never answers delay nobody else', async () => {
  const process = await start();
  await process.outbox.pushAfter(START);
  await reach('asociatia-punte', 'casa-lumina');
  fixture.receiver('asociatia-punte').answer = () => 'never';
  for (let i = 0; i < 20; i++) await world.offer(randomUUID(), 'asociatia-punte');
  for (let i = 0; i < 20; i++) await world.offer(randomUUID(), 'casa-lumina');
  const running = new AbortController();
  const done = process.notifier.run(running.signal);
  await fixture.receiver('casa-lumina').until(20);
  await fixture.receiver('asociatia-punte').until(4);
  expect(fixture.receiver('asociatia-punte').received).toHaveLength(4);
  await world.offer(randomUUID(), 'casa-lumina');
  await fixture.receiver('casa-lumina').until(21);
  running.abort();
  await fixture.close();
  await done;
});

it('finishes what it began when it is stopped, and begins nothing more', async () => {
  const process = await start();
  await process.outbox.pushAfter(START);
  await reach('casa-lumina');
  for (let i = 0; i < 9; i++) await world.offer(randomUUID(), 'casa-lumina');
  await process.reader.catchUp();
  const stop = new AbortController();
  fixture.receiver('casa-lumina').answer = () => {
    stop.abort();
    return 204;
  };
  await process.sender.run(stop.signal);
  const states = (await world.deliveries()).map(({ state }) => state);
  expect(states.filter((state) => state === 'sent')).toHaveLength(fixture.receiver('casa-lumina').received.length);
  expect(states.filter((state) => state === 'waiting').length).toBeGreaterThanOrEqual(5);
});

it('attempts again by itself when the time has come', async () => {
  const process = await start();
  await process.outbox.pushAfter(START);
  await reach('casa-lumina');
  const partner = fixture.receiver('casa-lumina');
  partner.answer = () => (partner.received.length < 3 ? 503 : 204);
  const running = new AbortController();
  const done = process.notifier.run(running.signal);
  await world.offer(randomUUID(), 'casa-lumina');
  for (let attempt = 1; attempt <= 3; attempt++) {
    await partner.until(attempt);
    await stateIs(attempt === 3 ? 'sent' : 'waiting', attempt);
    world.time.advance((RETRY_DELAYS[attempt - 1] ?? 0) + 1);
  }
  expect(new Set(partner.received.map(({ body }) => body)).size).toBe(1);
  running.abort();
  await done;
});

it('is one at a time: another takes over when the lease has run out', async () => {
  const first = await start('first');
  const second = await start('second');
  expect(await first.lease.acquire()).toBe(true);
  expect(await second.lease.acquire()).toBe(false);
  await world.offer(randomUUID(), 'casa-lumina');
  await expect(second.reader.catchUp()).rejects.toMatchObject({ name: 'LeaseLost' });
  expect((await second.outbox.checkpoint()).position).toBe(START);
  world.time.advance(LEASE_MILLISECONDS - 1);
  expect(await second.lease.acquire()).toBe(false);
  world.time.advance(1);
  expect(await second.lease.acquire()).toBe(true);
  await expect(first.lease.require()).rejects.toMatchObject({ name: 'LeaseLost' });
  await second.lease.release();
  expect(await first.lease.acquire()).toBe(true);
});

it('checks the lease before each publish', async () => {
  const first = await start('first');
  await first.outbox.pushAfter(START);
  await reach('casa-lumina');
  await world.offer(randomUUID(), 'casa-lumina');
  await first.reader.catchUp();
  world.time.advance(LEASE_MILLISECONDS);
  await (await start('second')).lease.acquire();
  const [delivery] = await world.deliveries();
  await expect(first.sender.sendDue(delivery!)).rejects.toMatchObject({ name: 'LeaseLost' });
  expect(fixture.receiver('casa-lumina').received).toEqual([]);
  expect(await world.deliveries()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
});

it('stops a reader whose checkpoint another one moved', async () => {
  const { outbox } = await start();
  await outbox.advance(START, 'a');
  await expect(outbox.advance(START, 'b')).rejects.toMatchObject({ name: 'CheckpointMoved' });
});

it('sends nothing more to a subscription that ended', async () => {
  const process = await start();
  await process.outbox.pushAfter(START);
  const { way } = await fixture.reach('casa-lumina');
  await world.subscribe('casa-lumina', way);
  fixture.receiver('casa-lumina').answer = () => 500;
  await world.offer(randomUUID(), 'casa-lumina');
  await process.settle();
  await world.record(`subscription-${way}`, 'SubscriptionEnded', { subscriptionId: way }, 'casa-lumina');
  await world.offer(randomUUID(), 'casa-lumina');
  world.time.advance(86_400_000);
  await process.settle();
  expect(fixture.receiver('casa-lumina').received).toHaveLength(1);
  expect(await world.deliveries()).toMatchObject([{ state: 'withdrawn', answer: 'unsubscribed' }]);
});

it('shows its dead letters to their recipient only, who alone has them sent again', async () => {
  const process = await start();
  await process.outbox.pushAfter(START);
  await reach('casa-lumina');
  fixture.receiver('casa-lumina').answer = () => 410;
  await world.offer(randomUUID(), 'casa-lumina');
  await process.settle();
  const { database, time } = world;
  const [dead] = await deliveriesTo(database, 'casa-lumina', 'dead');
  expect(dead).toMatchObject({ state: 'dead', attempts: 1, answer: 'PublishRefused' });
  expect(await deliveriesTo(database, 'clinica-aurora', 'dead')).toEqual([]);
  expect(await redeliver(database, 'clinica-aurora', dead!.id, time.clock)).toBeUndefined();
  fixture.receiver('casa-lumina').answer = () => 204;
  expect(await redeliver(database, 'casa-lumina', dead!.id, time.clock)).toMatchObject({
    state: 'waiting',
    attempts: 0,
  });
  await process.settle();
  expect(await redeliver(database, 'casa-lumina', dead!.id, time.clock)).toMatchObject({ state: 'sent' });
  expect(fixture.receiver('casa-lumina').received).toHaveLength(2);
});

it('leaves a case that this build can not fold to one that can, and counts no attempt', async () => {
  const process = await start();
  await process.outbox.pushAfter(START);
  await reach('casa-lumina');
  const caseId = randomUUID();
  await world.offer(caseId, 'casa-lumina');
  await process.reader.catchUp();
  await world.record(`case-${caseId}`, 'OfANewerBuild', {});
  const [delivery] = await world.deliveries();
  await process.sender.sendDue(delivery!);
  expect(await world.deliveries()).toMatchObject([{ state: 'waiting', attempts: 0, answer: 'undecided' }]);
  expect(fixture.receiver('casa-lumina').received).toEqual([]);
  expect(await process.sender.sendDue(delivery!)).toBe(0);
  world.time.advance(60_000);
  expect(await process.sender.sendDue(delivery!)).toBe(1);
});

it('sends to one subscription what another one of the same organisation does not take', async () => {
  const process = await start();
  await process.outbox.pushAfter(START);
  await reach('casa-lumina');
  fixture.receiver('casa-lumina').answer = () => 410;
  const dead = fixture.receiver('casa-lumina');
  await reach('casa-lumina');
  const caseId = randomUUID();
  for (let i = 0; i < 3; i++) await world.offer(caseId, 'casa-lumina');
  await process.settle();
  expect(dead.received).toHaveLength(1);
  expect(fixture.receiver('casa-lumina').received).toHaveLength(3);
  await dead.close();
});

it('spreads attempts by a fifth to each side', () => {
  expect(delayAfter(1, () => 0)).toBe(4_000);
  expect(delayAfter(1, () => 0.5)).toBe(5_000);
  expect(delayAfter(9, () => 0.5)).toBe(86_400_000);
  expect(delayAfter(10, () => 0.5)).toBeUndefined();
});

const stateIs = async (state: string, attempts: number) => {
  for (;;) {
    const [delivery] = await world.deliveries();
    if (delivery?.state === state && delivery.attempts === attempts) return;
    await new Promise(setImmediate);
  }
};

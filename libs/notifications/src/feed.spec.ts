import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Process, startProcess, World } from './contract/world.js';
import { FEED_PAGE } from './feed.js';
import { markFetched, progressOf, unfetchedSince } from './visibility.js';

const SHELTER = 'casa-lumina';

describe('feed', () => {
  let world: World;
  let running: Process;
  beforeEach(async () => {
    world = await World.open();
    running = await startProcess(world);
  });
  afterEach(() => world.close());

  const never = new AbortController().signal;
  const sequences = (items: readonly { notice: { data: { sequence: number } } }[]) =>
    items.map(({ notice }) => notice.data.sequence);

  it('gives pages in order, each once, and goes on from a cursor', async () => {
    for (let i = 0; i < FEED_PAGE + 3; i++) await world.offer(randomUUID(), SHELTER);
    await running.reader.catchUp();
    const first = await running.feed.read(SHELTER);
    const second = await running.feed.read(SHELTER, first.next);
    expect(sequences(first.items)).toEqual(Array.from({ length: FEED_PAGE }, (_, i) => i + 1));
    expect(sequences(second.items)).toEqual([FEED_PAGE + 1, FEED_PAGE + 2, FEED_PAGE + 3]);
    expect((await running.feed.read(SHELTER, second.next)).items).toEqual([]);
    expect(sequences((await running.feed.read(SHELTER, second.items[0]!.cursor)).items)).toEqual([
      FEED_PAGE + 2,
      FEED_PAGE + 3,
    ]);
  });

  it('has cursors that are good for their organisation only, and tell nothing', async () => {
    await world.offer(randomUUID(), SHELTER);
    await running.reader.catchUp();
    const { next } = await running.feed.read(SHELTER);
    await expect(running.feed.read('clinica-aurora', next)).rejects.toMatchObject({ name: 'UnknownCursor' });
    await expect(running.feed.read(SHELTER, 'MQ')).rejects.toMatchObject({ name: 'UnknownCursor' });
    expect((await running.feed.read(SHELTER)).next).not.toBe(next);
  });

  it('says that something is recalled, which push does not', async () => {
    const caseId = randomUUID();
    const thing = randomUUID();
    await world.offer(caseId, SHELTER, thing, world.time.clock());
    await world.record(`case-${caseId}`, 'Withdrawn', { referralId: thing, to: SHELTER });
    await running.reader.catchUp();
    const { items } = await running.feed.read(SHELTER);
    expect(items).toMatchObject([{ recall: true, notice: { data: { sequence: 2 } } }]);
    expect(items[0]?.notice.data).not.toHaveProperty('replyBy');
  });

  it('decides access at each read, and passes over what is not allowed any more', async () => {
    const caseId = randomUUID();
    const thing = randomUUID();
    await world.offer(caseId, SHELTER, thing);
    await world.offer(randomUUID(), SHELTER);
    await running.reader.catchUp();
    expect(sequences((await running.feed.read(SHELTER)).items)).toEqual([1, 2]);
    await world.record(`case-${caseId}`, 'Hidden', { referralId: thing, to: SHELTER });
    const { items, next } = await running.feed.read(SHELTER);
    expect(sequences(items)).toEqual([2]);
    expect((await running.feed.read(SHELTER, next)).items).toEqual([]);
  });

  it('waits for something to come, and no longer than asked', async () => {
    const until = new Date(Date.parse(world.time.clock()) + 30_000).toISOString();
    const waiting = running.feed.readOrWait(SHELTER, undefined, until, never);
    await world.offer(randomUUID(), SHELTER);
    await running.reader.catchUp();
    const { items, next } = await waiting;
    expect(sequences(items)).toEqual([1]);
    const inVain = running.feed.readOrWait(SHELTER, next, until, never);
    let ended = false;
    void inVain.finally(() => (ended = true));
    for (let second = 0; second < 30; second++) {
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      expect(ended).toBe(false);
      world.time.advance(1_000);
    }
    expect((await inVain).items).toEqual([]);
  });

  it('shows sent, fetched and answered apart', async () => {
    const caseId = randomUUID();
    const thing = randomUUID();
    await world.offer(caseId, SHELTER, thing);
    await running.reader.catchUp();
    const progress = async () => (await progressOf(world.database, world.store, caseId))[0];
    const steps = async () => Object.keys((await progress()) ?? {}).filter((step) => step.endsWith('At'));
    expect(await steps()).toEqual(['madeAt']);
    const { next } = await running.feed.read(SHELTER);
    expect(await steps()).toEqual(['madeAt', 'sentAt']);
    await running.feed.read(SHELTER, next);
    expect(await steps()).toEqual(['madeAt', 'sentAt']);
    await running.feed.acknowledge(SHELTER, next);
    expect(await steps()).toEqual(['madeAt', 'sentAt', 'fetchedAt']);
    await world.record(`case-${caseId}`, 'Noted', { referralId: thing }, 'clinica-aurora');
    expect(await steps()).toEqual(['madeAt', 'sentAt', 'fetchedAt']);
    const answer = await world.record(`case-${caseId}`, 'Accepted', { referralId: thing }, SHELTER);
    expect(await progress()).toMatchObject({
      recipient: SHELTER,
      thing,
      recall: false,
      answeredAt: answer.metadata.recordedAt,
    });
  });

  it('does not take for fetched what was withheld', async () => {
    const [caseId, thing] = [randomUUID(), randomUUID()];
    await world.offer(caseId, SHELTER, thing);
    await world.record(`case-${caseId}`, 'Hidden', { referralId: thing, to: SHELTER });
    await running.reader.catchUp();
    const { items, next } = await running.feed.read(SHELTER);
    expect(items).toEqual([]);
    await running.feed.acknowledge(SHELTER, next);
    expect((await progressOf(world.database, world.store, caseId))[0]).not.toHaveProperty('fetchedAt');
  });

  it('knows what was opened on another way', async () => {
    const caseId = randomUUID();
    const thing = randomUUID();
    await world.offer(caseId, SHELTER, thing);
    await running.reader.catchUp();
    const at = world.time.clock();
    await markFetched(world.database, 'clinica-aurora', thing, at);
    expect((await progressOf(world.database, world.store, caseId))[0]).not.toHaveProperty('fetchedAt');
    world.time.advance(1);
    const unfetched = { caseId, recipient: SHELTER, thing, madeAt: at };
    expect(await unfetchedSince(world.database, world.time.clock())).toEqual([unfetched]);
    expect(await unfetchedSince(world.database, at)).toEqual([]);
    await markFetched(world.database, SHELTER, thing, at);
    expect(await unfetchedSince(world.database, world.time.clock())).toEqual([]);
    expect((await progressOf(world.database, world.store, caseId))[0]).toMatchObject({ fetchedAt: at });
  });
});

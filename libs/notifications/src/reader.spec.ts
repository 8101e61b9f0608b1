import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { openAliasRegister } from '#privacy';
import { startProcess, TRANSLATE, World } from './contract/world.js';
import { Notifier } from './notifier.js';

const CASE = '3f0e0b7f-1111-4a59-9c0b-6a2f3a2d9a10';
const OTHER_CASE = '3f0e0b7f-2222-4a59-9c0b-6a2f3a2d9a10';

describe('reader', () => {
  let world: World;
  beforeEach(async () => {
    world = await World.open();
  });
  afterEach(() => world.close());

  const namedCases = async () => {
    const names = await world.names.kysely.selectFrom('alias').select('case_id').distinct().execute();
    return names.map(({ case_id }) => case_id);
  };
  const notices = () =>
    world.database.kysely.selectFrom('notices').selectAll().orderBy('recipient').orderBy('sequence').execute();

  it('numbers notices densely for each recipient', async () => {
    const { reader } = await startProcess(world);
    for (const to of ['casa-lumina', 'clinica-aurora', 'casa-lumina', 'casa-lumina']) await world.offer(CASE, to);
    await reader.catchUp();
    expect((await notices()).map(({ recipient, sequence }) => [recipient, sequence])).toEqual([
      ['casa-lumina', 1],
      ['casa-lumina', 2],
      ['casa-lumina', 3],
      ['clinica-aurora', 1],
    ]);
  });

  it('resumes behind what it has read and makes nothing twice', async () => {
    await world.offer(CASE, 'casa-lumina');
    await (await startProcess(world, { holder: 'one' })).reader.catchUp();
    await world.offer(OTHER_CASE, 'casa-lumina');
    await (await startProcess(world, { holder: 'one' })).reader.catchUp();
    expect((await notices()).map(({ sequence }) => sequence)).toEqual([1, 2]);
    expect((await (await startProcess(world)).outbox.checkpoint()).position).toBe(await world.store.head());
  });

  it('stops at an event whose translation throws, and passes nothing behind it', async () => {
    const fails = new Set(['Hidden']);
    const translate = [TRANSLATE, ({ type }: { type: string }) => (fails.has(type) ? broken() : [])];
    const { reader, outbox } = await startProcess(world, { translate });
    const first = await world.offer(CASE, 'casa-lumina');
    const bad = await world.record(`case-${CASE}`, 'Hidden', { referralId: 'x', to: 'casa-lumina' });
    await world.offer(OTHER_CASE, 'casa-lumina');
    await expect(reader.catchUp()).rejects.toMatchObject({ name: 'TranslationFailed', eventId: bad.id });
    expect((await outbox.checkpoint()).position).toBe(first.position);
    expect(await notices()).toHaveLength(1);
    fails.clear();
    await reader.catchUp();
    expect(await notices()).toHaveLength(2);
  });

  it('is unhealthy while it stands, and the queue is still sent', async () => {
    const { promise: sent, resolve: onSent } = Promise.withResolvers<string>();
    const publisher = {
      publish: (_: unknown, __: string, message: { id: string }) => {
        onSent(message.id);
        return Promise.resolve({ answer: 'ok' });
      },
      close: () => Promise.resolve(),
    };
    const ways = () => [{ channel: 'broker', way: 'topic' }];
    const translate = [TRANSLATE, ({ type }: { type: string }) => (type === 'Hidden' ? broken() : [])];
    const process = await startProcess(world, { translate, ways, publishers: { broker: publisher } });
    const notifier = new Notifier({ ...process, clock: world.time.clock, wait: world.time.wait });
    await notifier.pushAfter(START);
    const offered = await world.offer(CASE, 'casa-lumina');
    const bad = await world.record(`case-${CASE}`, 'Hidden', { referralId: 'x', to: 'casa-lumina' });
    const stop = new AbortController();
    const running = notifier.run(stop.signal);
    await sent;
    while ((await notifier.health()).status === 'running') await new Promise(setImmediate);
    expect(await notifier.health()).toEqual({ status: 'stopped', event: bad.id, because: 'translation-failed' });
    expect(await notices()).toMatchObject([{ position: offered.position }]);
    stop.abort();
    await running;
  });

  it('pushes nothing without a checkpoint until it is told from where, and fills the feed meanwhile', async () => {
    const process = await startProcess(world, { ways: () => [{ channel: 'broker', way: 'topic' }] });
    const notifier = new Notifier({ ...process, clock: world.time.clock, wait: world.time.wait });
    const told = await world.offer(CASE, 'casa-lumina');
    await world.offer(CASE, 'casa-lumina');
    await process.reader.catchUp();
    expect(await notices()).toHaveLength(2);
    expect(await world.deliveries()).toEqual([]);
    await notifier.pushAfter(told.position);
    expect(await world.deliveries()).toMatchObject([{ sequence: 2, state: 'waiting' }]);
    await world.offer(CASE, 'casa-lumina');
    await process.reader.catchUp();
    expect((await world.deliveries()).map(({ sequence }) => sequence)).toEqual([2, 3]);
    await notifier.pushAfter(told.position);
    expect(await world.deliveries()).toHaveLength(2);
  });

  it('does not push what was taken back before it was told from where', async () => {
    const process = await startProcess(world, { ways: () => [{ channel: 'broker', way: 'topic' }] });
    await world.offer(CASE, 'casa-lumina', OTHER_CASE);
    await world.record(`case-${CASE}`, 'Withdrawn', { referralId: OTHER_CASE, to: 'casa-lumina' });
    await process.reader.catchUp();
    await process.outbox.pushAfter(START);
    expect((await world.deliveries()).map(({ state }) => state)).toEqual(['withdrawn', 'waiting']);
  });

  it('builds the same feed again from the log, and pushes none of it', async () => {
    await world.subscribe('casa-lumina');
    for (const to of ['casa-lumina', 'clinica-aurora', 'casa-lumina']) await world.offer(CASE, to);
    await (await startProcess(world, { holder: 'one' })).reader.catchUp();
    const before = await notices();
    for (const table of [
      'notices',
      'notice_sequences',
      'notifier_checkpoint',
      'deliveries',
      'subscriptions',
    ] as const) {
      await world.database.kysely.deleteFrom(table).execute();
    }
    await (await startProcess(world, { holder: 'one' })).reader.catchUp();
    expect(await notices()).toEqual(before);
    expect(await world.deliveries()).toEqual([]);
  });

  it('forgets an erased case, and does not name it again when the log is read anew', async () => {
    const { outbox, reader } = await startProcess(world, { ways: () => [{ channel: 'broker', way: 'topic' }] });
    await outbox.pushAfter(START);
    await world.offer(CASE, 'casa-lumina');
    await world.offer(OTHER_CASE, 'casa-lumina');
    await reader.catchUp();
    await world.record(`case-${CASE}`, 'Erased', {});
    await reader.catchUp();
    expect((await notices()).map(({ case_id, sequence }) => [case_id, sequence])).toEqual([[OTHER_CASE, 2]]);
    expect((await world.deliveries()).map(({ case_id }) => case_id)).toEqual([OTHER_CASE]);
    expect(await namedCases()).toEqual([OTHER_CASE]);
    for (const table of ['notices', 'notice_sequences', 'notifier_checkpoint', 'deliveries'] as const) {
      await world.database.kysely.deleteFrom(table).execute();
    }
    await reader.catchUp();
    expect((await notices()).map(({ case_id, sequence }) => [case_id, sequence])).toEqual([[OTHER_CASE, 2]]);
    expect(await namedCases()).toEqual([OTHER_CASE]);
  });

  it('asks whoever only came to look to delete too: it knows a name, and had no notice before the erasure', async () => {
    const { reader } = await startProcess(world);
    const aliases = await openAliasRegister(world.names);
    await world.offer(CASE, 'casa-lumina', OTHER_CASE);
    const reference = await aliases.aliasFor('casa-lumina', 'thing', OTHER_CASE, CASE);
    await world.record(`case-${CASE}`, 'Erased', { holders: [{ organisation: 'casa-lumina', kind: 'REFERRAL', thingId: OTHER_CASE }] });
    await world.record(`case-${CASE}`, 'Withdrawn', { referralId: OTHER_CASE, to: 'casa-lumina' });
    await reader.catchUp();
    expect((await notices()).map(({ recall, reference: name }) => [recall, name])).toEqual([[1, reference]]);
  });

  it('shows nothing of an erased case while it has not come to its erasure yet', async () => {
    const translate = [TRANSLATE, ({ type }: { type: string }) => (type === 'Hidden' ? broken() : [])];
    const { reader } = await startProcess(world, { translate });
    await world.offer(CASE, 'casa-lumina');
    await world.offer(OTHER_CASE, 'casa-lumina');
    await world.record(`case-${OTHER_CASE}`, 'Hidden', { referralId: 'x', to: 'casa-lumina' });
    await world.record(`case-${CASE}`, 'Erased', {});
    await expect(reader.catchUp()).rejects.toMatchObject({ name: 'TranslationFailed' });
    expect((await notices()).map(({ case_id, sequence }) => [case_id, sequence])).toEqual([[OTHER_CASE, 2]]);
    expect(await namedCases()).toEqual([OTHER_CASE]);
  });

  it('names a case as its recipient knows it everywhere else', async () => {
    const { reader } = await startProcess(world);
    await world.offer(CASE, 'casa-lumina', CASE);
    await world.offer(CASE, 'casa-lumina', OTHER_CASE);
    await reader.catchUp();
    const aliases = await openAliasRegister(world.names);
    const references = (await notices()).map(({ reference }) => reference);
    expect(references).toEqual([
      await aliases.aliasFor('casa-lumina', 'case', CASE, CASE),
      await aliases.aliasFor('casa-lumina', 'thing', OTHER_CASE, CASE),
    ]);
  });
});

function broken(): never {
  throw new Error('a bug');
}

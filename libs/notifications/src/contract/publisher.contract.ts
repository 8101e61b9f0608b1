/**
 * What every way to push promises, whichever adapter carries it. An adapter's spec calls `publisherPromises` with a
 * fixture that opens the adapter against its other side and says what arrived there, in order of arrival.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import type { PartnerMessage } from '../message.js';
import { type Publisher, PublishRefused } from '../publisher.js';
import { RETRY_DELAYS } from '../retry.js';
import { type Process, startProcess, World } from './world.js';

export interface PublisherFixture {
  readonly publisher: Publisher;
  readonly channel: string;
  /** Makes an organisation reachable; answers the way to it. Webhooks are subscribed to by an event with this id. */
  reach(organisation: string): Promise<{ way: string; subscribed: boolean }>;
  /** The messages that arrived for an organisation, once there are at least `count`. */
  arrived(organisation: string, count: number): Promise<readonly PartnerMessage[]>;
  close(): Promise<void>;
}

/** What becomes of an attempt: refused for ever, failed before it left, or arrived while its acknowledgement was lost. */
type Fault = 'refused' | 'failed' | 'acknowledgement lost' | undefined;

const DAY = 86_400_000;
const SHELTER = 'casa-lumina';
const CLINIC = 'clinica-aurora';

export function publisherPromises(
  name: string,
  open: (world: World) => Promise<PublisherFixture>,
  openWorld: () => Promise<World> = () => World.open(),
): void {
  describe(`publisher: ${name}`, () => {
    let world: World;
    let fixture: PublisherFixture;
    let running: Process;
    let fault: (message: PartnerMessage) => Fault;
    const ways = new Map<string, string>();

    const publisher: Publisher = {
      async publish(address, key, message) {
        const now = fault(message);
        if (now === 'refused') throw new PublishRefused('told to');
        if (now === 'failed') throw new Error('told to');
        const acknowledgement = await fixture.publisher.publish(address, key, message);
        if (now === 'acknowledgement lost') throw new Error('told to');
        return acknowledgement;
      },
      close: () => Promise.resolve(),
    };

    const start = () =>
      startProcess(world, {
        holder: 'one',
        publishers: { [fixture.channel]: publisher },
        ways: (recipient) =>
          [...ways].filter(([to]) => to === recipient).map(([, way]) => ({ channel: fixture.channel, way })),
      });

    const reach = async (organisation: string) => {
      const { way, subscribed } = await fixture.reach(organisation);
      if (subscribed) await world.subscribe(organisation, way);
      else ways.set(organisation, way);
    };

    const later = async (milliseconds: number) => {
      world.time.advance(milliseconds);
      await running.settle();
    };

    const sequences = async (organisation: string, count: number) =>
      (await fixture.arrived(organisation, count)).map(({ data }) => data.sequence);

    beforeEach(async () => {
      world = await openWorld();
      fixture = await open(world);
      ways.clear();
      fault = () => undefined;
      running = await start();
      await running.outbox.pushAfter(START);
      await reach(SHELTER);
      await reach(CLINIC);
    });
    afterEach(async () => {
      await fixture.close();
      await world.close();
    });

    it('delivers what the feed shows, to its recipient and nobody else', async () => {
      await world.offer(randomUUID(), SHELTER, randomUUID(), world.time.clock());
      await world.offer(randomUUID(), CLINIC);
      await running.settle();
      for (const organisation of [SHELTER, CLINIC]) {
        const { items } = await running.feed.read(organisation);
        expect(await fixture.arrived(organisation, 1)).toEqual(items.map(({ notice }) => notice));
        expect(items).toHaveLength(1);
      }
    });

    it('keeps the order of a case for a recipient, whatever fails in between', async () => {
      const caseId = randomUUID();
      let attempts = 0;
      fault = () => (++attempts % 2 === 1 ? 'failed' : undefined);
      for (let i = 0; i < 4; i++) await world.offer(caseId, SHELTER);
      await running.settle();
      for (let i = 0; i < 4; i++) await later(60_000);
      expect(await sequences(SHELTER, 4)).toEqual([1, 2, 3, 4]);
    });

    it('delivers at least once: the same message again when its acknowledgement was lost', async () => {
      let lost = 0;
      fault = () => (lost++ === 0 ? 'acknowledgement lost' : undefined);
      await world.offer(randomUUID(), SHELTER);
      await running.settle();
      await later(60_000);
      const [first, second] = await fixture.arrived(SHELTER, 2);
      expect(second).toEqual(first);
      await later(DAY);
      expect(await fixture.arrived(SHELTER, 2)).toHaveLength(2);
    });

    it('lets a recall overtake what is tried again or parked, of its own thing only', async () => {
      const caseId = randomUUID();
      const [recalled, kept] = [randomUUID(), randomUUID()];
      fault = ({ data }) => (data.sequence === 1 ? 'refused' : data.sequence === 2 ? 'failed' : undefined);
      await world.offer(caseId, SHELTER, recalled);
      await world.offer(caseId, SHELTER, recalled);
      await world.offer(caseId, SHELTER, kept);
      await running.settle();
      await world.record(`case-${caseId}`, 'Withdrawn', { referralId: recalled, to: SHELTER });
      await running.settle();
      expect(await sequences(SHELTER, 2)).toEqual([4, 3]);
      expect((await world.deliveries()).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'sent', 'sent']);
    });

    it('lets a recall pass a dead message of another thing in the same order', async () => {
      const caseId = randomUUID();
      const thing = randomUUID();
      const refused = randomUUID();
      fault = ({ data }) => ([1, 3].includes(data.sequence) ? 'refused' : undefined);
      await world.offer(caseId, SHELTER, refused);
      await world.offer(caseId, SHELTER, thing);
      await running.settle();
      for (const referralId of [refused, thing])
        await world.record(`case-${caseId}`, 'Withdrawn', { referralId, to: SHELTER });
      await running.settle();
      expect(await sequences(SHELTER, 1)).toEqual([4]);
      expect((await world.deliveries()).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'dead', 'sent']);
    });

    it('keeps the order of recalls that are tried again', async () => {
      const caseId = randomUUID();
      const things = [randomUUID(), randomUUID()];
      let attempts = 0;
      fault = ({ data }) => (data.sequence === 3 && ++attempts === 1 ? 'failed' : undefined);
      for (const thing of things) await world.offer(caseId, SHELTER, thing);
      await running.reader.catchUp();
      for (const referralId of things) await world.record(`case-${caseId}`, 'Withdrawn', { referralId, to: SHELTER });
      await running.settle();
      await later(60_000);
      expect(await sequences(SHELTER, 2)).toEqual([3, 4]);
    });

    it('parks the case of a poison message and nothing else', async () => {
      const caseId = randomUUID();
      fault = ({ data }) => (data.sequence === 1 ? 'refused' : undefined);
      await world.offer(caseId, SHELTER);
      await world.offer(caseId, SHELTER);
      await world.offer(randomUUID(), SHELTER);
      await world.offer(caseId, CLINIC);
      await running.settle();
      await later(DAY);
      expect(await sequences(SHELTER, 1)).toEqual([3]);
      expect((await world.deliveries()).map(({ state }) => state)).toEqual(['dead', 'waiting', 'sent', 'dead']);
    });

    it('gives up after days, and a dead letter sent again releases what it parked', async () => {
      const caseId = randomUUID();
      fault = ({ data }) => (data.sequence === 1 ? 'failed' : undefined);
      await world.offer(caseId, SHELTER);
      await world.offer(caseId, SHELTER);
      await running.settle();
      for (const delay of RETRY_DELAYS) await later(delay);
      const [dead] = await world.deliveries();
      expect(dead).toMatchObject({ state: 'dead', attempts: RETRY_DELAYS.length + 1 });
      fault = () => undefined;
      await world.database.kysely
        .updateTable('deliveries')
        .set({ state: 'waiting', attempts: 0 })
        .where('id', '=', dead?.id ?? '')
        .execute();
      await running.settle();
      expect(await sequences(SHELTER, 2)).toEqual([1, 2]);
    });

    it('stops at the next attempt when access ended in between', async () => {
      const caseId = randomUUID();
      const thing = randomUUID();
      fault = () => 'failed';
      await world.offer(caseId, SHELTER, thing);
      await running.settle();
      await world.record(`case-${caseId}`, 'Hidden', { referralId: thing, to: SHELTER });
      fault = () => undefined;
      await later(DAY);
      expect(await fixture.arrived(SHELTER, 0)).toEqual([]);
      expect(await world.deliveries()).toMatchObject([{ state: 'withdrawn', answer: 'not-allowed' }]);
    });

    it('sends nothing of an erased case', async () => {
      const caseId = randomUUID();
      fault = () => 'failed';
      await world.offer(caseId, SHELTER);
      await running.settle();
      await world.record(`case-${caseId}`, 'Erased', {});
      fault = () => undefined;
      await later(DAY);
      expect(await fixture.arrived(SHELTER, 0)).toEqual([]);
      expect(await world.deliveries()).toEqual([]);
    });

    it('goes on after a restart in the middle of its attempts', async () => {
      fault = () => 'failed';
      await world.offer(randomUUID(), SHELTER);
      await running.settle();
      await later(60_000);
      running = await start();
      fault = () => undefined;
      await later(1_000);
      expect(await fixture.arrived(SHELTER, 0)).toEqual([]);
      await later(10 * 60_000);
      expect(await fixture.arrived(SHELTER, 1)).toHaveLength(1);
      expect(await world.deliveries()).toMatchObject([{ state: 'sent', attempts: 3 }]);
    });
  });
}

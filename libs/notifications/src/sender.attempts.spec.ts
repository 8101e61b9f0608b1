/** What comes while an attempt is decided or under way: a recall, a database that fails, another process. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { LEASE_MILLISECONDS, type Process } from './contract/world.js';
import type { Publisher } from './publisher.js';
import { close, fixture, open, reach, start, world } from './contract/sending.js';

beforeEach(open);
afterEach(close);

describe('while an attempt is decided or under way', () => {
  const caseId = randomUUID();
  const thing = randomUUID();
  const offer = async (process: Process) => {
    await process.outbox.pushAfter(START);
    await reach('casa-lumina');
    await world.offer(caseId, 'casa-lumina', thing);
    await process.reader.catchUp();
  };
  const recall = async (process: Process) => {
    await world.record(`case-${caseId}`, 'Withdrawn', { referralId: thing, to: 'casa-lumina' });
    await process.reader.catchUp();
  };
  const sequences = () => fixture.receiver('casa-lumina').received.map(({ message }) => message.data.sequence);
  const states = async () => (await world.deliveries()).map(({ state }) => state);

  it('a recall is sent instead', async () => {
    const process: Process = await start('one', { mayReceive: () => recall(process).then(() => true) });
    await offer(process);
    await process.settle();
    expect(sequences()).toEqual([2]);
    expect(await states()).toEqual(['withdrawn', 'sent']);
  });

  it('a recall comes behind what was sent already, and what was recalled stays so', async () => {
    const webhook: Publisher = {
      ...fixture.publisher,
      publish: async (...message) => {
        if (message[2].data.sequence === 1) await recall(process);
        return fixture.publisher.publish(...message);
      },
    };
    const process: Process = await start('one', { publishers: { webhook } });
    await offer(process);
    await process.settle();
    expect(sequences()).toEqual([1, 2]);
    expect(await states()).toEqual(['withdrawn', 'sent']);
  });

  it('a database that fails ends the sender at once', async () => {
    const fail = async () => {
      await world.database.kysely.schema.dropTable('deliveries').execute();
      return true;
    };
    const process: Process = await start('one', { mayReceive: fail });
    await offer(process);
    await expect(process.sender.run(new AbortController().signal)).rejects.toThrow('deliveries');
    expect(sequences()).toEqual([]);
  });

  it('a lost lease ends the sender', async () => {
    const other = await start('other');
    const lose = async () => {
      world.time.advance(LEASE_MILLISECONDS);
      return other.lease.acquire();
    };
    const process: Process = await start('one', { mayReceive: lose });
    await offer(process);
    await expect(process.sender.run(new AbortController().signal)).rejects.toMatchObject({ name: 'LeaseLost' });
    expect(sequences()).toEqual([]);
    expect(await states()).toEqual(['waiting']);
  });
});

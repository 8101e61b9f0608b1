/** What two partners ever received can not be joined, however they lay it side by side. Source: architecture.md 6. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { openWebhookFixture, type WebhookFixture } from './contract/webhook-fixture.js';
import { PORTAL, startProcess, World } from './contract/world.js';
import { MESSAGE_SOURCE, MESSAGE_TYPE } from './message.js';

const PARTNERS = ['casa-lumina', 'clinica-aurora'] as const;

/** Every value at any depth; texts that are JSON or an address also in their parts. */
function valuesOf(value: unknown): readonly (string | number)[] {
  if (typeof value === 'number') return [value];
  if (typeof value === 'string') return [value, ...value.split(/[/?&=,;:"{}\s]+/)];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [key, ...valuesOf(part)]);
}

describe('two partners of the same case', () => {
  let world: World;
  let fixture: WebhookFixture;
  beforeEach(async () => {
    world = await World.open();
    fixture = await openWebhookFixture(world);
  });
  afterEach(async () => {
    await fixture.close();
    await world.close();
  });

  const isMinute = (value: string) =>
    /:\d\d:00(\.000)?Z$/.test(value) ||
    /^\d\dT\d\d$/.test(value) ||
    /^\d{4}-\d\d-\d\dT\d\d$/.test(value) ||
    value === '00Z';
  const isWholeMinute = (value: string) => /^\d{10}$/.test(value) && Number(value) % 60 === 0;

  it('hold nothing in common but constants, minutes and small numbers', async () => {
    const process = await startProcess(world, { publishers: { webhook: fixture.publisher } });
    await process.outbox.pushAfter(START);
    const ways = new Map<string, string>();
    for (const partner of PARTNERS) {
      const { way } = await fixture.reach(partner);
      ways.set(partner, way);
      await world.subscribe(partner, way);
    }
    // The same case, the same things, at the same moments, with the same reply-by.
    for (let i = 0; i < 3; i++) {
      const [caseId, thing] = [randomUUID(), randomUUID()];
      for (const partner of PARTNERS) await world.offer(caseId, partner, thing, world.time.clock());
      for (const partner of PARTNERS)
        await world.record(`case-${caseId}`, 'Withdrawn', { referralId: thing, to: partner });
    }
    await process.settle();
    const received: Record<string, ReadonlySet<string | number>> = {};
    for (const partner of PARTNERS) {
      const pushed = fixture
        .receiver(partner)
        .received.map(({ headers, body }) => ({ ...headers, body, message: JSON.parse(body) as unknown }));
      expect(pushed.length).toBeGreaterThanOrEqual(3);
      const pulled = await process.feed.read(partner);
      received[partner] = new Set(valuesOf([pushed, pulled, ways.get(partner)]));
    }
    const [one, other] = PARTNERS.map((partner) => received[partner] ?? new Set<string | number>());
    const common = [...(one ?? [])].filter((value) => other?.has(value));
    const constants = new Set<string | number>([
      ...valuesOf([
        PORTAL,
        MESSAGE_SOURCE,
        MESSAGE_TYPE,
        '1.0',
        'application/cloudevents+json; charset=utf-8',
        'close',
        '127.0.0.1',
        'v1',
        '',
      ]),
      ...[
        'specversion',
        'id',
        'source',
        'type',
        'time',
        'data',
        'reference',
        'replyBy',
        'link',
        'sequence',
        'body',
        'message',
        'host',
        'connection',
      ],
      ...[
        'content-type',
        'content-length',
        'webhook-id',
        'webhook-timestamp',
        'webhook-signature',
        'items',
        'next',
        'notice',
        'recall',
        'cursor',
      ],
    ]);
    const telling = common.filter((value) => {
      if (constants.has(value)) return false;
      const text = String(value);
      return !(isMinute(text) || isWholeMinute(text) || /^\d{1,3}$/.test(text));
    });
    expect(telling).toEqual([]);
    expect(common).toContain(MESSAGE_TYPE);
  });
});

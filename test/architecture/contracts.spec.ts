/** What partners are promised in `contracts/` is what they get. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { START } from '#event-store';
import { recordOf } from '../../libs/notifications/src/adapters/kafka/record.js';
import { openWebhookFixture, type WebhookFixture } from '../../libs/notifications/src/contract/webhook-fixture.js';
import { type Process, startProcess, World } from '../../libs/notifications/src/contract/world.js';

const CONTRACTS = join(import.meta.dirname, '../../contracts');
const SCHEMAS = [
  'notice.v1.schema.json',
  'webhook-headers.v1.schema.json',
  'kafka-headers.v1.schema.json',
  'feed-item.v1.schema.json',
] as const;

const schema = (name: string) => JSON.parse(readFileSync(join(CONTRACTS, name), 'utf8')) as { properties: object };

const ajv = new Ajv2020({ strict: true, allErrors: true });
addFormats.default(ajv);
for (const name of SCHEMAS) ajv.addSchema(schema(name));

function errors(name: (typeof SCHEMAS)[number], value: unknown): readonly string[] {
  const validate = ajv.getSchema(name);
  if (validate === undefined) throw new Error(`${name} is no schema`);
  return validate(value) === true
    ? []
    : (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
}

describe('message contracts', () => {
  let world: World;
  let fixture: WebhookFixture;
  let running: Process;
  const partner = 'casa-lumina';

  beforeAll(async () => {
    world = await World.open();
    fixture = await openWebhookFixture(world);
    running = await startProcess(world, { publishers: { webhook: fixture.publisher } });
    await running.outbox.pushAfter(START);
    await world.subscribe(partner, (await fixture.reach(partner)).way);
    const [caseId, thing] = [randomUUID(), randomUUID()];
    await world.offer(caseId, partner, thing, world.time.clock());
    await running.settle();
    await world.record(`case-${caseId}`, 'Withdrawn', { referralId: thing, to: partner });
    await world.offer(caseId, partner);
    await running.settle();
  });
  afterAll(async () => {
    await fixture.close();
    await world.close();
  });

  const received = () => {
    const all = fixture.receiver(partner).received;
    expect(all).toHaveLength(3);
    return all;
  };

  it('hold for every message that a webhook receives, recalls too', () => {
    for (const { body } of received()) expect(errors('notice.v1.schema.json', JSON.parse(body))).toEqual([]);
    expect(received().map(({ message }) => message.data.replyBy === undefined)).toEqual([false, true, true]);
  });

  it('hold for the headers of a webhook', () => {
    for (const { headers } of received()) expect(errors('webhook-headers.v1.schema.json', headers)).toEqual([]);
  });

  it('hold for a record on a topic, which is what a webhook posts', () => {
    for (const { message, body } of received()) {
      const { value, headers } = recordOf(randomUUID(), message, world.time.clock());
      expect(value).toBe(body);
      expect(errors('kafka-headers.v1.schema.json', headers)).toEqual([]);
      const attributes = Object.entries(headers).flatMap(([name, text]) =>
        name.startsWith('ce_') ? [[name.slice(3), text]] : [],
      );
      expect(message).toMatchObject(Object.fromEntries(attributes) as object);
      expect(errors('kafka-headers.v1.schema.json', { ...headers, ce_subject: 'case' })).toEqual([
        ' additionalProperties',
      ]);
    }
  });

  it('hold for what the feed shows', async () => {
    const { items } = await running.feed.read(partner);
    expect(items.map(({ recall }) => recall)).toEqual([true, false]);
    for (const item of items) expect(errors('feed-item.v1.schema.json', item)).toEqual([]);
  });

  it('allow nothing else in a message', () => {
    const { message } = received()[0]!;
    const bad: [unknown, string][] = [
      [{ ...message, subject: 'case' }, ' additionalProperties'],
      [{ ...message, data: { ...message.data, service: 'HOUS' } }, '/data additionalProperties'],
      [{ ...message, type: 'recall.v1' }, '/type const'],
      [{ ...message, source: '/referrals' }, '/source const'],
      [{ ...message, time: '2026-11-24T10:15:07Z' }, '/time pattern'],
      [{ ...message, data: { ...message.data, replyBy: '2026-11-24T10:15:00.000Z' } }, '/data/replyBy pattern'],
      [{ ...message, data: { ...message.data, reference: 'case 7' } }, '/data/reference format'],
      [{ ...message, data: { ...message.data, sequence: 0 } }, '/data/sequence minimum'],
    ];
    for (const [value, error] of bad) expect(errors('notice.v1.schema.json', value)).toEqual([error]);
  });
});

describe('AsyncAPI document', () => {
  interface Operation {
    readonly channel: { $ref: string };
    readonly messages: readonly { $ref: string }[];
  }
  const document = parse(readFileSync(join(CONTRACTS, 'asyncapi.yaml'), 'utf8')) as {
    asyncapi: string;
    channels: Record<string, { address: string; parameters?: object; messages: object }>;
    operations: Record<string, Operation>;
    components: { messages: Record<string, { name: string }>; schemas: Record<string, { schema: { $ref: string } }> };
  };

  const references = (part: unknown): readonly string[] =>
    typeof part !== 'object' || part === null
      ? []
      : Object.entries(part).flatMap(([key, value]) => (key === '$ref' ? [String(value)] : references(value)));

  const at = (pointer: string): unknown =>
    pointer
      .slice(2)
      .split('/')
      .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);

  it('is of version 3 and refers only to what exists', () => {
    expect(document.asyncapi).toBe('3.0.0');
    expect(references(document).length).toBeGreaterThan(10);
    for (const reference of references(document)) {
      const exists = reference.startsWith('#/') ? at(reference) !== undefined : existsSync(join(CONTRACTS, reference));
      expect([reference, exists]).toEqual([reference, true]);
    }
  });

  it('has operations whose messages are those of their channel', () => {
    for (const { channel, messages } of Object.values(document.operations)) {
      expect(messages.length).toBeGreaterThan(0);
      for (const { $ref } of messages) expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true);
    }
    const served = Object.values(document.operations).map(({ channel }) => channel.$ref);
    expect(served.sort()).toEqual(
      Object.keys(document.channels)
        .map((name) => `#/channels/${name}`)
        .sort(),
    );
  });

  it('declares every parameter of its addresses', () => {
    for (const { address, parameters = {} } of Object.values(document.channels)) {
      expect(Object.keys(parameters)).toEqual([...address.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    }
  });

  it('speaks of the schemas that messages are checked against, and of all of them', () => {
    const named = Object.values(document.components.schemas).map(({ schema: { $ref } }) => $ref);
    expect(named.sort()).toEqual(SCHEMAS.map((name) => `./${name}`).sort());
    expect(schema('notice.v1.schema.json').properties).toMatchObject({
      type: { const: document.components.messages['topicNotice']?.name },
    });
  });
});

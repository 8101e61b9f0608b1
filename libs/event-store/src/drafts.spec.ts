import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { draft } from '../../../test/contract/event-store/events.js';
import { chainOf, GENESIS } from './chain.js';
import { sealDrafts } from './drafts.js';
import { eventIdOf, uuidV5 } from './ids.js';
import type { StoredEvent } from './port.js';

const COMMAND = '886313e1-3b8a-5372-9b90-0c9aee199e5d';
const stream = 'case-0f8fad5b-d9cb-469f-a165-70867728950e';
const sealed = (last: StoredEvent | undefined, now: string) =>
  sealDrafts(stream, last, [draft({ b: 1, a: 'ș' }, COMMAND), draft({}, COMMAND)], now).map(
    (event, index): StoredEvent => ({ ...event, stream, revision: (last?.revision ?? -1) + 1 + index, position: '' }),
  );

describe('uuidV5', () => {
  it('is the one of RFC 9562', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  it('refuses a namespace that is not a UUID', () => {
    expect(() => uuidV5('case-1', 'x')).toThrow(RangeError);
    expect(() => uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430cg', 'x')).toThrow(RangeError);
  });
});

describe('sealDrafts', () => {
  it('derives ids from the command, so a retry makes the same', () => {
    const ids = sealed(undefined, '2026-11-24T08:00:00.000Z').map(({ id }) => id);
    expect(ids).toEqual([eventIdOf(COMMAND, 0), eventIdOf(COMMAND, 1)]);
    expect(ids).toEqual(['8650caec-6cb1-5e6a-aedd-1c881a6dbdf3', '2f6d1e45-be79-5edd-a4e1-9bef3e523949']);
  });

  it('chains as anybody can recompute it with SHA-256 and sorted JSON', () => {
    const [event, next] = sealed(undefined, '2026-11-24T08:00:00.000Z');
    const text =
      `{"data":{"a":"ș","b":1,"provider":"casa-lumina","service":"shelter"},"id":"${event!.id}","metadata":{` +
      `"actor":"officer-17","causationId":"${COMMAND}","commandId":"${COMMAND}","correlationId":"${COMMAND}",` +
      '"legalBasis":"consent","occurredAt":"2026-11-24T08:00:00.000Z","organisation":"politia-exemplu",' +
      '"recordedAt":"2026-11-24T08:00:00.000Z","reference":{"policy":"RO@1"},"role":"DETECT","schema":1,"sensitivity":2},' +
      `"revision":0,"stream":"${stream}","type":"ReferralRequested"}`;
    expect(event!.metadata.chain).toBe(
      createHash('sha256')
        .update('0'.repeat(64) + text)
        .digest('hex'),
    );
    expect(next!.metadata.chain).toBe(chainOf(event!.metadata.chain, next!));
    expect(chainOf(GENESIS, event!)).toBe(event!.metadata.chain);
  });

  it('never records an event before the one that stands before it', () => {
    const [, last] = sealed(undefined, '2026-11-24T08:00:00.000Z');
    expect(sealed(last, '2026-11-24T07:59:59.000Z')[0]?.metadata.recordedAt).toBe('2026-11-24T08:00:00.000Z');
    expect(sealed(last, '2026-11-24T08:00:01.000Z')[0]?.metadata.recordedAt).toBe('2026-11-24T08:00:01.000Z');
    expect(sealed(last, '2026-11-24T08:00:01.000Z')[0]?.revision).toBe(2);
  });

  it('refuses a text that has no canonical form', () => {
    expect(() => sealDrafts(stream, undefined, [draft({ text: '\ud800' })], '')).toThrow(/surrogate/);
  });
});

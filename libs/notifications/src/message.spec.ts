import { describe, expect, it } from '@jest/globals';
import { bytesOf, messageId, messageOf, toTheMinute } from './message.js';

const PARTS = {
  id: '5c8f6a0e-9d0f-5d1c-8a53-0f0d1b1f2a3b',
  time: '2026-11-24T10:15:59.999Z',
  reference: '0b7f6a55-3f0e-4a59-9c0b-6a2f3a2d9a10',
  sequence: 7,
};

describe('partner message', () => {
  it('says what may be said by push, byte for byte', () => {
    const message = messageOf({ ...PARTS, replyBy: '2026-11-24T11:15:30.500Z' }, 'https://portal.example/open');
    expect(bytesOf(message)).toBe(
      '{"specversion":"1.0","id":"5c8f6a0e-9d0f-5d1c-8a53-0f0d1b1f2a3b","source":"/notices","type":"notice.v1",' +
        '"time":"2026-11-24T10:15:00Z","data":{"reference":"0b7f6a55-3f0e-4a59-9c0b-6a2f3a2d9a10",' +
        '"replyBy":"2026-11-24T11:15:00Z","link":"https://portal.example/open/0b7f6a55-3f0e-4a59-9c0b-6a2f3a2d9a10",' +
        '"sequence":7}}',
    );
  });

  it('has no reply-by where nothing is owed, as on a recall', () => {
    const message = messageOf({ ...PARTS, replyBy: null }, 'https://portal.example/open/');
    expect(bytesOf(message)).toBe(
      '{"specversion":"1.0","id":"5c8f6a0e-9d0f-5d1c-8a53-0f0d1b1f2a3b","source":"/notices","type":"notice.v1",' +
        '"time":"2026-11-24T10:15:00Z","data":{"reference":"0b7f6a55-3f0e-4a59-9c0b-6a2f3a2d9a10",' +
        '"link":"https://portal.example/open/0b7f6a55-3f0e-4a59-9c0b-6a2f3a2d9a10","sequence":7}}',
    );
  });

  it('rounds times down, so that a reply is never promised later than it is owed', () => {
    expect(toTheMinute('2026-11-24T10:15:59.999Z')).toBe('2026-11-24T10:15:00Z');
    expect(toTheMinute('2026-11-24T10:15:00.000Z')).toBe('2026-11-24T10:15:00Z');
  });

  it('has an id that depends on event and recipient only', () => {
    const event = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
    // Reference value of RFC 9562, appendix A.4: version 5, namespace DNS.
    expect(messageId(event, 'www.example.com', 0)).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(messageId(event, 'casa-lumina', 0)).not.toBe(messageId(event, 'clinica-aurora', 0));
    expect(messageId(event, 'casa-lumina', 1)).not.toBe(messageId(event, 'casa-lumina', 0));
  });
});

import { describe, expect, it } from '@jest/globals';
import type { LookupAddress } from 'node:dns';
import { isPublicAddress, publicLookup, type Resolve, webhookUrl } from './public-address.js';

const FORBIDDEN = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.127.255.254', '127.0.0.1', '127.9.9.9', '169.254.169.254'],
  ...[
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.8',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.7',
  ],
  ...['203.0.113.9', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...[
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::1',
  ],
  ...['fc00::1', 'fd12:3456::1', 'fe80::1', 'fe80::1%lo', 'fec0::1', 'ff02::1', '100::1', '2001::1', '2001:db8::1'],
  ...['2002:7f00:1::', '3fff::1', '5f00::1', 'not an address', ''],
];
const PUBLIC = [
  '8.8.8.8',
  '93.184.216.34',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '2a00:1450:4001::1',
  '2606:4700::1111',
];

describe('addresses that a webhook may lead to', () => {
  it.each(FORBIDDEN)('%s is not public', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(PUBLIC)('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['http://hooks.example/a', 'https only'],
    ['ftp://hooks.example/a', 'https only'],
    ['https://hooks.example:22/a', 'port'],
    ['https://user@hooks.example/a', 'user information'],
    ['https://:password@hooks.example/a', 'user information'],
    ['https://hooks.example/a#b', 'fragment'],
    ['https://127.0.0.1/a', 'no public address'],
    ['https://127.1/a', 'no public address'],
    ['https://0x7f000001/a', 'no public address'],
    ['https://2130706433/a', 'no public address'],
    ['https://0177.0.0.1/a', 'no public address'],
    ['https://[::1]/a', 'no public address'],
    ['https://[::ffff:127.0.0.1]/a', 'no public address'],
    ['https://169.254.169.254/latest', 'no public address'],
    ['hooks.example', 'not an address'],
  ])('%s is refused: %s', (text, because) => {
    expect(() => webhookUrl(text, false)).toThrow(because);
  });

  it('takes https to a name, on the ports of proxies', () => {
    expect(webhookUrl('https://hooks.example/a?key=b', false).hostname).toBe('hooks.example');
    expect(webhookUrl('https://hooks.example:8443/a', false).port).toBe('8443');
  });

  it('opens the own machine in a demo only, and nothing else with it', () => {
    expect(() => webhookUrl('http://localhost:3000/a', false)).toThrow('https only');
    expect(webhookUrl('http://localhost:3000/a', true).port).toBe('3000');
    expect(() => webhookUrl('http://user@localhost:3000/a', true)).toThrow('user information');
    expect(() => webhookUrl('http://10.0.0.1/a', true)).toThrow('https only');
    expect(() => webhookUrl('https://10.0.0.1/a', true)).toThrow('no public address');
  });
});

describe('look-up at connect', () => {
  const answers =
    (...addresses: string[]): Resolve =>
    (_name, _options, answer) => {
      answer(
        null,
        addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    };
  const look = (resolve: Resolve, all: boolean) =>
    new Promise((settle) => {
      publicLookup(resolve)('hooks.example', { all }, (error, address, family) => {
        settle(error === null ? (all ? address : [address, family]) : error);
      });
    });

  it('answers the address that it judged', async () => {
    expect(await look(answers('8.8.8.8'), false)).toEqual(['8.8.8.8', 4]);
    expect(await look(answers('8.8.8.8', '2606:4700::1111'), true)).toEqual([
      { address: '8.8.8.8', family: 4 },
      { address: '2606:4700::1111', family: 6 },
    ]);
  });

  it.each([false, true])('refuses a name of which any address is not public', async (all) => {
    expect(await look(answers('8.8.8.8', '10.0.0.1'), all)).toMatchObject({ code: 'forbidden-address' });
    expect(await look(answers('::ffff:127.0.0.1'), all)).toMatchObject({ code: 'forbidden-address' });
    expect(await look(answers(), all)).toMatchObject({ code: 'forbidden-address' });
  });

  it('passes on that a name is unknown', async () => {
    const unknown = Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
    expect(
      await look((_name, _options, answer) => {
        answer(unknown, undefined);
      }, false),
    ).toBe(unknown);
  });
});

/**
 * No byte that is kept or sent holds a personal value in clear, and after erasure none holds it at all: two whole cases with
 * a canary in every personal field, told over HTTP on files. Source: architecture.md 5; domain.md 8.3 to 8.5, appendix C 12.
 */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disclosureStream } from '#privacy';
import { Receiver } from '../../libs/notifications/src/contract/receiver.js';
import { Canaries, personalFields } from '../support/canaries.js';
import { done } from '../support/story.js';
import { type Exchange, MINUTE, type Tandem, startTandem } from '../support/tandem.js';
import { SHAPES, Storyteller, aChildsCase, anAdultsCase } from '../support/whole-story.js';

const data = mkdtempSync(join(tmpdir(), 'tandem-canaries-'));
const log: string[] = [];
const heard: { readonly exchange: Exchange; readonly disclosed: number }[] = [];
const canaries = new Canaries(await personalFields(), SHAPES);
let tandem: Tandem;
let partner: Receiver;
let disclosures = 0;

/** Answers that open sealed values: to who leads or helps, and to the addressee of a referral. */
const isDisclosure = ({ method, path, status }: Exchange): boolean =>
  method === 'GET' && status === 200 && (/\/personal-data\?/.test(path) || /^\/v1\/referrals\/[^/]+$/.test(path));

const files = (): readonly string[] => readdirSync(data);

beforeAll(async () => {
  partner = await Receiver.open();
  tandem = await startTandem({
    data, logTo: { write: (line) => log.push(line) },
    hear: (exchange) => heard.push({ exchange, disclosed: disclosures }),
    between: (engines) => {
      const append = engines.store.append.bind(engines.store);
      engines.store.append = async (stream, events, expected) => {
        if (events.some(({ type }) => type === 'IdentityViewed')) disclosures += 1;
        return append(stream, events, expected);
      };
      return engines;
    },
  });
  for (const who of ['casa-verde', 'clinica-aurora', 'asociatia-punte']) done(await tandem.as(who).post('/v1/subscriptions', { url: partner.url }));
  const teller = new Storyteller(tandem, canaries);
  await aChildsCase(teller);
  await tandem.pass(MINUTE);
  await anAdultsCase(teller);
}, 60_000);

afterAll(async () => {
  await tandem.stop();
  await partner.close();
  rmSync(data, { recursive: true });
});

describe('the story', () => {
  it('fills every personal field that any command has', () => {
    expect(canaries.unsent()).toEqual([]);
  });
});

describe('no canary', () => {
  it('is found in a file', () => {
    expect(files()).toEqual(expect.arrayContaining(['events.db', 'vault.db', 'views.db', 'operations.db', 'keyring.json']));
    expect(files().flatMap((name) => canaries.in(readFileSync(join(data, name))).map((found) => ({ name, ...found })))).toEqual([]);
  });
});

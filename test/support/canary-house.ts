/** A house on files in which every personal field of two whole cases holds a canary, and all that is heard of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { START } from '#event-store';
import { Receiver } from '../../libs/notifications/src/contract/receiver.js';
import { Canaries, personalFields } from './canaries.js';
import { keptBytes } from './kept-bytes.js';
import { done } from './story.js';
import { type Exchange, MINUTE, startTandem, type Tandem } from './tandem.js';
import { aChildsCase, anAdultsCase, SHAPES, Storyteller } from './whole-story.js';

/** Events that publish what a country or a catalogue says, of nobody. */
export const DOCUMENTS = ['PolicyPublished', 'CataloguePublished', 'InstrumentPublished'];

export const data = mkdtempSync(join(tmpdir(), 'tandem-canaries-'));
export const log: string[] = [];
export const heard: { readonly exchange: Exchange; readonly disclosed: number }[] = [];
export const canaries = new Canaries(await personalFields(), SHAPES);
/** The house, its partners’ server, and how who leads them names the two cases; there from `tell` on. */
export let tandem: Tandem;
export let partner: Receiver;
export let child: string;
export let adult: string;
let disclosures = 0;
let published = '';

/** Answers that open sealed values: to who leads or helps, and to the addressee of a referral. */
export const isDisclosure = ({ method, path, status }: Exchange): boolean =>
  method === 'GET' && status === 200 && (/\/personal-data\?/.test(path) || /^\/v1\/referrals\/[^/]+$/.test(path));

/** Tells both cases over HTTP, with a canary in every personal field. */
export async function tell(): Promise<void> {
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
  for await (const page of tandem.engines.store.readAll(START)) published += JSON.stringify(page.filter(({ type }) => DOCUMENTS.includes(type)));
  for (const who of ['casa-verde', 'clinica-aurora', 'asociatia-punte']) done(await tandem.as(who).post('/v1/subscriptions', { url: partner.url }));
  const teller = new Storyteller(tandem, canaries);
  child = await aChildsCase(teller);
  await tandem.pass(MINUTE);
  adult = await anAdultsCase(teller);
}

export async function tidyUp(): Promise<void> {
  await tandem.stop();
  await partner.close();
  rmSync(data, { recursive: true });
}

/** Codes that stand in a published catalogue lie in the log for all to read: in the file of the log they are looked for by stream. */
export const isPublished = ({ name, canary }: { readonly name: string; readonly canary: string }): boolean => name.startsWith('events.db') && published.includes(canary);
/** Names of all that is kept, and the canaries found there. */
export async function inKept(): Promise<{ readonly names: readonly string[]; readonly found: readonly object[] }> {
  const kept = [...(await keptBytes(data))];
  const found = kept.flatMap(([name, bytes]) => canaries.in(bytes).map((one) => ({ name, ...one })));
  return { names: kept.map(([name]) => name), found: found.filter((one) => !isPublished(one)) };
}
export async function inStreams(): Promise<readonly object[]> {
  const found: object[] = [];
  for await (const page of tandem.engines.store.readAll(START))
    found.push(...canaries.in(Buffer.from(JSON.stringify(page.filter(({ type }) => !DOCUMENTS.includes(type))))));
  return found;
}
export const others = () => heard.filter(({ exchange }) => !isDisclosure(exchange)).map(({ exchange }) => exchange);

/**
 * What several organisations hold of one case can not be joined, and none gets at it by the names that another has for it.
 * Everything that each of them ever received is kept, over a whole story, and compared. Source: architecture.md 6, 7.
 */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { START } from '#event-store';
import { DEMONSTRATION_DIRECTORY } from '#mechanism';
import { Receiver } from '../../libs/notifications/src/contract/receiver.js';
import { Canaries, personalFields } from '../support/canaries.js';
import { type Exchange, type Reply, type Tandem, patience, startTandem } from '../support/tandem.js';
import { SHAPES, Storyteller, anAdultsCase } from '../support/whole-story.js';

// A whole story, on a machine that has other work too.
jest.setTimeout(60_000);

const PARTNERS = ['casa-lumina', 'clinica-aurora', 'asociatia-punte', 'podul-intoarcerii', 'centrul-coordonare'] as const;
type Partner = (typeof PARTNERS)[number];

/** One world in which the story was told: what each partner received, and the path of who leads the case at the end. */
interface World {
  readonly tandem: Tandem;
  readonly held: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly leader: string;
  stop(): Promise<void>;
}

/** Looks at everything that an organisation may look at. */
async function look(tandem: Tandem, who: Partner): Promise<void> {
  const client = tandem.as(who);
  const { cases } = (await client.get('/v1/cases')).body as { cases: { caseId: string }[] };
  for (const { caseId } of cases) for (const what of ['', '/history', '/disclosures']) await client.get(`/v1/cases/${caseId}${what}`);
  const { items } = (await client.get('/v1/inbox')).body as { items: { thingId: string }[] };
  for (const { thingId } of items) await client.get(`/v1/referrals/${thingId}`);
  await client.get('/v1/feed');
  await client.get('/v1/cases/not-a-name');
}

/** Every value in an answer, whole and in its parts, with the place where it stood. */
function valuesOf(text: string, place: string): readonly (readonly [string, string])[] {
  const leaves = (value: unknown, path: string): (readonly [string, string])[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, part]) => leaves(part, Array.isArray(value) ? path : `${path}.${key}`))
      : [[String(value), path] as const];
  const whole = text.startsWith('{') ? leaves(JSON.parse(text), place) : [[text, place] as const];
  return whole.flatMap(([value, path]) => [[value, path] as const, ...value.split(/[\s"/?=&,;]+/).map((part) => [part, path] as const)]);
}

function note(held: Map<string, Map<string, string>>, organisation: string, text: string, place: string): void {
  const mine = held.get(organisation) ?? new Map<string, string>();
  held.set(organisation, mine);
  for (const [value, path] of valuesOf(text, place)) mine.set(value, path);
}

/** The time of the connection, to the second: every server on earth sends it. The length follows from what is said, and is compared there. */
const OF_THE_CONNECTION = ['date', 'content-length'];

async function tell(at: string): Promise<World> {
  const held = new Map<string, Map<string, string>>();
  const hear = ({ organisation, method, path, headers, text }: Exchange): void => {
    // What the person let several of them see is the same for all: her own words, sealed on the way here.
    if (path.includes('/personal-data')) return;
    // An address of its own software is nothing of a case.
    if (path.startsWith('/v1/subscriptions')) return;
    const place = `${method} ${path.replace(/[0-9a-f-]{36}/g, ':id')}`;
    note(held, organisation, text, place);
    for (const [name, value] of headers) if (!OF_THE_CONNECTION.includes(name)) note(held, organisation, value, `${place} ${name}`);
  };
  const tandem = await startTandem({ at, hear });
  const hooks = await Promise.all(PARTNERS.slice(0, 4).map(async (who) => {
    const hook = await Receiver.open();
    await tandem.as(who).post('/v1/subscriptions', { url: hook.url });
    return [who, hook] as const;
  }));
  class Looking extends Storyteller {
    override async records(...step: Parameters<Storyteller['records']>): Promise<Reply> {
      const reply = await super.records(...step);
      for (const who of PARTNERS) await look(tandem, who);
      return reply;
    }
  }
  const leader = await anAdultsCase(new Looking(tandem, new Canaries(await personalFields(), SHAPES)));
  await hooks[2]?.[1].until(2);
  for (const [who, hook] of hooks) {
    const ports = new RegExp(`127\\.0\\.0\\.1:${new URL(hook.url).port}`, 'g');
    for (const { headers, body } of hook.received) note(held, who, JSON.stringify({ ...JSON.parse(body), headers }).replace(ports, ':port'), 'webhook');
  }
  const stop = async (): Promise<void> => {
    await tandem.stop();
    for (const [, hook] of hooks) await hook.close();
  };
  return { tandem, held, leader, stop };
}

let world: World;
let other: World;
beforeAll(async () => {
  // Seconds and milliseconds that no rounding leaves, and other ones in the other world.
  world = await tell('2026-03-02T08:13:27.431Z');
  other = await tell('2026-05-04T10:21:44.117Z');
}, patience(60_000));
afterAll(async () => {
  await world.stop();
  await other.stop();
});

/** As ISO 8601, or in seconds since 1970 as webhook headers say it. */
const toTheMinute = (value: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:00(\.000)?Z$/.test(value) || (/^1\d{9}$/.test(value) && Number(value) % 60 === 0);
const smallNumber = (value: string): boolean => /^\d{1,4}$/.test(value);

describe('what two partners hold of one case', () => {
  const pairs = PARTNERS.flatMap((one, index) => PARTNERS.slice(index + 1).map((two) => [one, two] as const));

  it.each(pairs)('%s and %s share no value but documented ones, times to the minute and small numbers', (one, two) => {
    const [mine, theirs] = [world.held.get(one)!, world.held.get(two)!];
    expect(Math.min(mine.size, theirs.size)).toBeGreaterThan(100);
    // A value that stands in the other world too says nothing about this case: it is a code, a name of a field, a version.
    const documented = new Set([...other.held.values()].flatMap((values) => [...values.keys()]));
    const joins = [...mine].filter(([value]) => theirs.has(value) && !documented.has(value) && !toTheMinute(value) && !smallNumber(value));
    expect(joins.map(([value, place]) => ({ value, place, there: theirs.get(value) }))).toEqual([]);
  });
});

interface Alias { readonly organisation: string; readonly alias: string; readonly kind: string; readonly thing: string }

const aliases = async (): Promise<readonly Alias[]> => world.tandem.engines.persons.kysely.selectFrom('alias').selectAll().execute();
const OTHERWISE: Readonly<Record<string, (alias: string) => string>> = {
  'upper-case': (alias) => alias.toUpperCase(),
  'padded before': (alias) => `%20${alias}`,
  'padded behind': (alias) => `${alias}%20`,
  'with a null byte': (alias) => `${alias}%00`,
  'url-encoded': (alias) => alias.replace(/./g, (char) => `%${char.charCodeAt(0).toString(16)}`),
  'of the inside': (alias) => alias,
};

/** An answer as far as it may differ: not by the request that it answers. */
const shown = ({ status, headers, body }: Reply): string => {
  const rest = [...headers].filter(([name]) => name !== 'date' && name !== 'x-request-id').map(String).sort();
  return JSON.stringify([status, rest, body]).replace(/"requestId":"[^"]*"/g, '');
};

/** All routes that name a case or a thing in one. */
async function routes(): Promise<readonly { readonly method: 'get' | 'post'; readonly path: string }[]> {
  const { paths } = (await (await fetch(`${world.tandem.address}/openapi.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, methods]) => {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
    if (names.length === 0 || !names.every((name) => name.endsWith('Id') || name === 'revision')) return [];
    return (['get', 'post'] as const).filter((method) => method in methods).map((method) => ({ method, path }));
  });
}

const filled = (path: string, caseAlias: string, thing: string): string =>
  path.replaceAll('{caseId}', caseAlias).replaceAll('{revision}', '0').replace(/\{\w+\}/g, thing);

const written = async () => {
  const { store, persons } = world.tandem.engines;
  let events = 0;
  for await (const page of store.readAll(START)) events += page.filter(({ stream }) => !stream.startsWith('access-')).length;
  return { events, rows: (await persons.kysely.selectFrom('vault_row').select('reference').execute()).length };
};

describe('names of others', () => {
  let before: Awaited<ReturnType<typeof written>>;
  beforeAll(async () => {
    before = await written();
  });

  it('open nothing on any route, for any organisation: the answer is that to a name nobody has', async () => {
    const known = await aliases();
    const differing: string[] = [];
    let tried = 0;
    for (const { id: attacker } of DEMONSTRATION_DIRECTORY) {
      const client = world.tandem.as(attacker);
      const send = (method: 'get' | 'post', path: string) => (method === 'get' ? client.get(path) : client.post(path, {}));
      for (const { method, path } of await routes()) {
        const unknown = shown(await send(method, filled(path, randomUUID(), randomUUID())));
        for (const victim of PARTNERS.filter((one) => one !== attacker).slice(0, 2)) {
          const theirs = known.filter(({ organisation }) => organisation === victim);
          const caseAlias = theirs.find(({ kind }) => kind === 'case')!.alias;
          const thing = theirs.filter(({ kind }) => kind !== 'case')[tried % 7]?.alias ?? caseAlias;
          tried += 1;
          if (shown(await send(method, filled(path, caseAlias, thing))) !== unknown) differing.push(`${attacker} ${method} ${path} as ${victim}`);
        }
      }
    }
    expect(differing).toEqual([]);
    expect(tried).toBeGreaterThan(1_000);
  }, patience(60_000));

  it.each(Object.entries(OTHERWISE))('open nothing when written %s', async (name, write) => {
    const known = await aliases();
    for (const { id: attacker } of DEMONSTRATION_DIRECTORY) {
      const client = world.tandem.as(attacker);
      const { alias, thing } = known.find(({ organisation, kind }) => organisation !== attacker && kind === 'case')!;
      for (const path of ['', '/personal-data?purpose=CARE', '/history', '/export', '/person-page']) {
        const attempt = await client.get(`/v1/cases/${write(name === 'of the inside' ? thing : alias)}${path}`);
        expect({ attacker, answer: shown(attempt) }).toEqual({ attacker, answer: shown(await client.get(`/v1/cases/${randomUUID()}${path}`)) });
      }
    }
  });

  it('of a thing are no names of a case, not even one’s own', async () => {
    const known = await aliases();
    for (const who of PARTNERS) {
      const thing = known.find(({ organisation, kind }) => organisation === who && kind !== 'case')!.alias;
      const client = world.tandem.as(who);
      expect(shown(await client.get(`/v1/cases/${thing}`))).toBe(shown(await client.get(`/v1/cases/${randomUUID()}`)));
    }
  });

  it('were all tried in vain: nothing was written but the attempts, and the person is told of them', async () => {
    expect(await written()).toEqual(before);
    const page = (await world.tandem.as('asociatia-punte').get(`${world.leader}/person-page?language=en&format=text`)).body as string;
    for (const { id, name } of DEMONSTRATION_DIRECTORY.filter(({ id }) => id !== 'asociatia-punte')) {
      expect({ id, told: page.includes(name) }).toEqual({ id, told: true });
    }
  });
});

/**
 * No byte that is kept or sent holds a personal value in clear, and after erasure none holds it at all: two whole cases with
 * a canary in every personal field, told over HTTP on files. Source: architecture.md 5; domain.md 8.3 to 8.5, appendix C 12.
 */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { verifyBundle } from '#audit';
import { grantDemonstrationMandate } from '#audit/nest';
import type { Database } from '#database';
import { START } from '#event-store';
import { DEMONSTRATION_DIRECTORY } from '#mechanism';
import { sql } from 'kysely';
import { lost } from '../support/kept-bytes.js';
import { done } from '../support/story.js';
import { asServices, DAY, patience } from '../support/tandem.js';
import { adult, canaries, child, data, heard, inKept, inStreams, isDisclosure, log, others, partner, tandem, tell, tidyUp } from '../support/canary-house.js';

// A whole story, on a machine that has other work too.
jest.setTimeout(60_000);

beforeAll(tell, patience(60_000));
afterAll(tidyUp);

describe('the story', () => {
  it('fills every personal field that any command has', () => {
    expect(canaries.unsent()).toEqual([]);
  });
});

describe('a canary', () => {
  it('is found in nothing that is kept', async () => {
    const { names, found } = await inKept();
    expect(names).toEqual(expect.arrayContaining(asServices ? ['vault_row', 'duties', 'notices', 'keyring.json'] : ['events.db', 'vault.db', 'views.db', 'operations.db', 'keyring.json']));
    expect(found).toEqual([]);
    expect(await inStreams()).toEqual([]);
  });

  it('is found in nothing that was pushed', async () => {
    await partner.until(4);
    expect(partner.received.flatMap(({ headers, body }) => canaries.in(JSON.stringify(headers) + body))).toEqual([]);
  });

  it('is found in no feed and no inbox', async () => {
    let told = 0;
    for (const { id } of DEMONSTRATION_DIRECTORY) {
      told += (done(await tandem.as(id).get('/v1/feed')).body.items as unknown[]).length;
      done(await tandem.as(id).get('/v1/inbox'));
    }
    expect(told).toBeGreaterThan(1);
    expect(others().flatMap(({ text }) => canaries.in(text))).toEqual([]);
  });

  it('is found in no view, history, export or page of those who may read them', async () => {
    const { mandate } = await grantDemonstrationMandate(tandem.engines.store, tandem.engines.clock);
    const auditor = tandem.as({ organisation: 'garda-audit', mandate });
    const { cases } = done(await auditor.get(`/v1/audits/${mandate}/cases`)).body as { cases: { caseId: string }[] };
    expect(cases).toHaveLength(2);
    for (const { caseId } of cases) for (const what of ['', '/history', '/disclosures', '/export']) done(await auditor.get(`/v1/cases/${caseId}${what}`));
    done(await tandem.as('asociatia-punte').get(`${adult}/person-page?format=text`));
    done(await tandem.as('centrul-coordonare').get('/v1/desk'));
    expect(others().flatMap(({ path, text }) => canaries.in(text).map((found) => ({ path, ...found })))).toEqual([]);
  });

  it('is found in no answer that refuses what was sent, whatever was wrong with it', async () => {
    const shelter = tandem.as('asociatia-punte');
    const before = heard.length;
    for (const command of new Set(canaries.fields.map((field) => field.command))) {
      const body = canaries.bodyOf(command);
      for (const path of [`${adult}/identity`, `${adult}/closure`, '/v1/cases', `/v1/returns/${randomUUID()}/approval`, '/v1/subscriptions']) {
        expect((await shelter.post(path, { ...body, [String(Object.values(body).find((value) => typeof value === 'string'))]: 1 })).status).toBeGreaterThanOrEqual(400);
      }
    }
    const refusals = heard.slice(before).map(({ exchange }) => exchange);
    expect(refusals.length).toBeGreaterThan(100);
    expect(refusals.flatMap(({ path, text, headers }) => canaries.in(text + JSON.stringify([...headers])).map((found) => ({ path, ...found })))).toEqual([]);
  });

  it('is found in no header, address, log line or figure, nor in the reference', async () => {
    expect(heard.flatMap(({ exchange: { path, headers } }) => canaries.in(JSON.stringify([path, ...headers])))).toEqual([]);
    expect(log.length).toBeGreaterThan(heard.length / 2);
    expect(canaries.in(log.join(''))).toEqual([]);
    expect(canaries.in(await tandem.metrics())).toEqual([]);
    expect(canaries.in(await (await fetch(`${tandem.address}/openapi.json`)).text(), { codes: false })).toEqual([]);
  });

  it('is found where sealed values are opened, and each time it was written down first who opens them', () => {
    const opened = heard.filter(({ exchange }) => isDisclosure(exchange));
    expect(opened.filter(({ exchange }) => canaries.in(exchange.text).length === 0)).toEqual([]);
    // The count that was heard with an answer is that of the disclosures recorded by then: one more with each.
    expect(opened.map(({ disclosed }) => disclosed)).toEqual(opened.map((_, index) => index + 1));
  });
});

/** Runs until so many erasures are confirmed in the log. */
async function erased(count: number): Promise<void> {
  let seen = 0;
  for await (const page of tandem.engines.store.subscribe(START, new AbortController().signal)) {
    seen += page.filter(({ type }) => type === 'IdentityErased').length;
    if (seen >= count) return;
  }
}

const DPO = (organisation: string) => tandem.as({ organisation, actor: 'the-officer', roles: ['DPO'] });
const stored = async () => {
  const { kysely } = tandem.engines.persons;
  const rows = await kysely.selectFrom('vault_row').select('sealed').execute();
  const keys = await kysely.selectFrom('vault_key').select('wrapped').execute();
  const aliases = await kysely.selectFrom('alias').select('alias').execute();
  return {
    sealed: [...rows.flatMap(({ sealed }) => [Buffer.from(sealed.slice(0, 48)), Buffer.from(sealed.slice(-32))]), ...keys.map(({ wrapped }) => Buffer.from(wrapped))],
    aliases: aliases.map(({ alias }) => Buffer.from(alias)),
  };
};

describe('after erasure', () => {
  let before: Awaited<ReturnType<typeof stored>>;
  let published: readonly string[];
  let streams: readonly string[];
  const report = async (name: string): Promise<string> => JSON.stringify(done(await tandem.as('centrul-coordonare').get(`/v1/reports/${name}?period=2026`)).body);
  const figures = () => Promise.all(['registered-victims', 'assisted', 'service-gap'].map(report));

  beforeAll(async () => {
    await tandem.pass(310 * DAY);
    published = await figures();
    before = await stored();
    streams = (await tandem.engines.persons.kysely.selectFrom('alias').select('case_id').distinct().execute()).map(({ case_id }) => case_id);
  }, patience(30_000));

  it('was refused under a legal hold, with the reason; lifted, it is done (scenario 12)', async () => {
    const officer = DPO('asociatia-punte');
    const { holdId } = done(await officer.post(`${adult}/legal-hold`, { ground: 'CRIMINAL_PROCEEDINGS' })).body;
    const refused = await officer.post(`${adult}/erasure`, { reason: 'PERSON_REQUEST' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'legal-hold', details: { grounds: ['CRIMINAL_PROCEEDINGS'] } } });
    done(await officer.post(`${adult}/legal-hold/${holdId as string}/lifting`));
    expect(await lost(data, before.sealed)).toEqual([]);
    expect(done(await officer.post(`${adult}/erasure`, { reason: 'PERSON_REQUEST' })).body.recorded).toEqual(['ErasureOrdered']);
    expect(done(await DPO('protectia-copilului').post(`${child}/erasure`, { reason: 'RETENTION_OVER' })).body.recorded).toEqual(['ErasureOrdered']);
    await erased(2);
    await tandem.settled();
  });

  it('neither canaries, ciphertext nor wrapped keys are kept', async () => {
    expect(before.sealed.length).toBeGreaterThan(80);
    expect((await inKept()).found).toEqual([]);
    expect(await inStreams()).toEqual([]);
    expect(await lost(data, before.sealed)).toEqual(before.sealed);
  });

  it('of the cases stays that who was told deletes it, and says so, and that somebody looks after it; then no name of them is kept', async () => {
    const inbox = async (organisation: string) => (await tandem.as(organisation).get('/v1/inbox')).body.items as { waitsFor: string; thingId: string }[];
    const duties = await Promise.all(DEMONSTRATION_DIRECTORY.map(async ({ id }) => (await inbox(id)).map((item) => ({ id, ...item }))));
    const toldWith: Readonly<Record<string, string>> = { 'deletion-confirmation': 'referrals', 'return-deletion-operator': 'returns' };
    expect(new Set(duties.flat().map(({ waitsFor }) => waitsFor))).toEqual(new Set([...Object.keys(toldWith), 'deletion-chase', 'received-data-chase']));
    const owed = duties.flat().filter(({ waitsFor }) => toldWith[waitsFor] !== undefined);
    expect(owed.length).toBeGreaterThan(1);
    for (const { id, thingId, waitsFor } of owed) done(await tandem.as(id).post(`/v1/${toldWith[waitsFor] ?? ''}/${thingId}/deletion-confirmation`));
    await tandem.settled();
    expect(await lost(data, before.aliases)).toEqual(before.aliases);
  });

  it('no organisation finds the case by any name it had, in any list, inbox or board', async () => {
    for (const { id } of DEMONSTRATION_DIRECTORY) {
      const client = tandem.as(id);
      expect((await client.get('/v1/cases')).body.cases).toEqual([]);
      expect((await client.get('/v1/inbox')).body.items).toEqual([]);
      for (const alias of before.aliases.slice(0, 15)) expect((await client.get(`/v1/cases/${alias.toString()}`)).status).toBe(404);
    }
    expect(JSON.stringify((await tandem.as('centrul-coordonare').get('/v1/desk')).body)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('duties, lists and the folded cases of this process know nothing of it', async () => {
    const holding = async ({ kysely }: Database<unknown>): Promise<readonly string[]> => {
      const names = (await kysely.introspection.getTables()).map(({ name }) => name);
      const held = await Promise.all(names.map(async (name) => [name, JSON.stringify(await sql.raw(`select * from "${name}"`).execute(kysely))] as const));
      return held.filter(([, rows]) => streams.some((id) => rows.includes(id))).map(([name]) => name);
    };
    const { operations, views } = tandem.engines;
    // What came after the order, the recall of a referral that was open, seals nothing; nor do figures. Among services it is one database.
    const left = /^(notices|deliveries)$|caseload|service_gap/;
    for (const database of [operations as unknown as Database<unknown>, views]) expect((await holding(database)).filter((name) => !left.test(name))).toEqual([]);
  });

  it('published figures are what they were', async () => {
    expect(await figures()).toEqual(published);
  });

  it('the history still replays and its export still verifies', async () => {
    const { mandate } = await grantDemonstrationMandate(tandem.engines.store, tandem.engines.clock);
    const auditor = tandem.as({ organisation: 'garda-audit', mandate });
    const { cases } = done(await auditor.get(`/v1/audits/${mandate}/cases`)).body as { cases: { caseId: string }[] };
    for (const { caseId } of cases) {
      const exchange = await auditor.get(`/v1/cases/${caseId}/export`);
      const report = verifyBundle(Buffer.from(done(exchange).body as string), {});
      expect({ holds: report.holds, broken: report.broken }).toEqual({ holds: true, broken: [] });
      expect(done(await auditor.get(`/v1/cases/${caseId}/history`)).body.steps).toContainEqual(expect.objectContaining({ type: 'IdentityErased' }));
      expect(done(await auditor.get(`/v1/cases/${caseId}`)).body).toMatchObject({ erasure: 'ERASED' });
    }
    expect(cases).toHaveLength(2);
  });

  it('a second order changes nothing', async () => {
    const [caseId = ''] = streams;
    const before = await tandem.engines.store.readStream(`case-${caseId}`);
    const officer = caseId === streams[0] ? 'protectia-copilului' : 'asociatia-punte';
    for (const organisation of ['protectia-copilului', 'asociatia-punte', officer]) {
      const alias = await tandem.engines.aliases.aliasFor(organisation, 'case', caseId, caseId);
      const again = await DPO(organisation).post(`/v1/cases/${alias}/erasure`, { reason: 'PERSON_REQUEST' });
      expect([200, 404]).toContain(again.status);
      if (again.status === 200) expect(again.body).toMatchObject({ recorded: [], receipt: null });
    }
    expect(await tandem.engines.store.readStream(`case-${caseId}`)).toEqual(before);
  });
});

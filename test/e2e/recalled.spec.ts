/**
 * Whoever was told of a person with something else than a referral is asked to delete it as well: the bodies of a return, and an
 * authority that was asked to identify her. Source: domain.md 8.1, 8.2, 8.4, 8.5; GDPR art. 17, 19.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { allTold } from '../support/feed.js';
import { agreed, COORDINATOR, HOME, LEADER, OFFICER, pathsOf, returning, TRAVEL, writes } from '../support/fuzz/under-way.js';
import { aCase, done } from '../support/story.js';
import { type As, DAY, type Tandem, startTandem } from '../support/tandem.js';

const AUTHORITY = 'politia-exemplu';
/** Steps of the return behind it when the receiving body has agreed. */
const RECEIVER_AGREED = 4;

let tandem: Tandem;
let path: string;

interface Item { readonly waitsFor: string; readonly thingId: string; readonly by: string }
const waitsFor = async (who: string, name: string): Promise<Item | undefined> =>
  (done(await tandem.as(who).get('/v1/inbox')).body.items as Item[]).find((item) => item.waitsFor === name);
const recalls = async (who: string): Promise<readonly unknown[]> =>
  (done(await tandem.as(who).get('/v1/feed')).body.items as { recall: boolean; notice: { data: object } }[]).filter(({ recall }) => recall).map(({ notice }) => notice.data);
const board = async (who: As, name: string) =>
  (done(await tandem.as(who).get('/v1/deadlines')).body.deadlines as { deadline: string; caseId: string; thingId: string }[]).filter(({ deadline }) => deadline === name);
const names = async (who: string) => (await tandem.engines.persons.kysely.selectFrom('alias').select('kind').where('organisation', '=', who).execute()).map(({ kind }) => kind).sort();

beforeEach(async () => {
  tandem = await startTandem();
  const write = writes(tandem);
  path = await aCase(tandem.as(LEADER));
  await write(LEADER, `${path}/presumption`, { grounds: 'Locked in, no pay.' });
  await agreed(write, path);
  await write(LEADER, `${path}/formal-identification/request`, { authority: AUTHORITY });
  await returning(tandem, write, path, pathsOf(tandem, path), RECEIVER_AGREED);
  await allTold(tandem);
});
afterEach(() => tandem.stop());

describe('a return that is cancelled after the receiving body agreed', () => {
  beforeEach(async () => {
    const { stages } = done(await tandem.as(LEADER).get(path)).body as { stages: { repatriation: { returns: { returnId: string }[] } } };
    done(await tandem.as(LEADER).post(`/v1/returns/${stages.repatriation.returns[0]?.returnId ?? ''}/cancellation`, { reason: 'PERSON_DECLINED' }));
    await allTold(tandem);
  });

  it('is owed back within a day by who organises the journey and by who agreed, and is told as a reference only', async () => {
    for (const [who, name] of [[TRAVEL, 'return-deletion-operator'], [HOME, 'return-deletion-receiver']] as const) {
      const item = await waitsFor(who, name);
      expect(item?.by).toBe(new Date(Date.parse(tandem.now()) + DAY).toISOString());
      expect((await recalls(who)).map((data) => Object.keys(data as object).sort())).toEqual([['link', 'reference', 'sequence']]);
      expect(await board({ organisation: LEADER }, name)).toHaveLength(1);
      const confirmation = `/v1/returns/${item?.thingId ?? ''}/deletion-confirmation`;
      expect(done(await tandem.as(who).post(confirmation)).body.recorded).toEqual(['ReturnDataDeleted']);
      expect(done(await tandem.as(who).post(confirmation)).body.recorded).toEqual([]);
      await tandem.settled();
      expect([await waitsFor(who, name), await board({ organisation: LEADER }, name)]).toEqual([undefined, []]);
    }
    expect(await waitsFor(AUTHORITY, 'formal-request-deletion')).toBeUndefined();
  });

  it('is said to be late, and the coordination hears, when nobody confirms', async () => {
    await tandem.pass(3 * DAY);
    await tandem.settled();
    const { steps } = done(await tandem.as(LEADER).get(`${path}/history`)).body as { steps: { type: string; facts: { deadline?: string } }[] };
    const said = steps.filter(({ facts }) => facts.deadline === 'return-deletion-receiver').map(({ type }) => type);
    expect(said).toEqual(expect.arrayContaining(['DeadlineBreached', 'DeadlineEscalated']));
    expect(await board({ organisation: COORDINATOR }, 'return-deletion-receiver')).toHaveLength(1);
  });
});

describe('an erasure', () => {
  beforeEach(async () => {
    done(await tandem.as(OFFICER).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' }));
    for await (const page of tandem.engines.store.subscribe(START, new AbortController().signal)) if (page.some(({ type }) => type === 'IdentityErased')) break;
    await allTold(tandem);
  });

  it('reaches the authority, which keeps its own file by law and is asked no more', async () => {
    const item = await waitsFor(AUTHORITY, 'formal-request-deletion');
    expect(await recalls(AUTHORITY)).toMatchObject([{ reference: item?.thingId }]);
    const answer = `/v1/formal-requests/${item?.thingId ?? ''}/deletion-confirmation`;
    expect(done(await tandem.as(AUTHORITY).post(answer, { legalProvision: 'RO/L363/16' })).body.recorded).toEqual(['FormalRequestDataKept']);
    await allTold(tandem);
    expect([await waitsFor(AUTHORITY, 'formal-request-deletion'), await names(AUTHORITY)]).toEqual([undefined, []]);
    expect((await tandem.as(AUTHORITY).post(answer)).status).toBe(404);
  });

  it('reaches the bodies of a return: who says nothing is asked until the officer states that it was in vain', async () => {
    const item = await waitsFor(TRAVEL, 'return-deletion-operator');
    done(await tandem.as(TRAVEL).post(`/v1/returns/${item?.thingId ?? ''}/deletion-confirmation`));
    done(await tandem.as(AUTHORITY).post(`/v1/formal-requests/${(await waitsFor(AUTHORITY, 'formal-request-deletion'))?.thingId ?? ''}/deletion-confirmation`));
    await allTold(tandem);
    const [row, ...others] = await board(OFFICER, 'received-data-chase');
    expect(others).toEqual([]);
    const end = (who: As) => tandem.as(who).post(`/v1/cases/${row?.caseId ?? ''}/received-data/${row?.thingId ?? ''}/deletion-chase-end`, { reason: 'NO_ANSWER' });
    expect((await end(OFFICER)).body).toMatchObject({ status: 409, code: 'chase-too-short' });
    await tandem.pass(2 * DAY);
    for (const who of [HOME, TRAVEL]) expect((await end({ organisation: who })).status).toBe(404);
    expect(done(await end(OFFICER)).body.recorded).toEqual(['ReceivedDataChaseEnded']);
    await allTold(tandem);
    expect([await board(OFFICER, 'received-data-chase'), await names(HOME), await names(TRAVEL)]).toEqual([[], [], []]);
  });
});

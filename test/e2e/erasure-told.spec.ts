/**
 * An erasure reaches whoever was told (GDPR art. 19): under the reference it knows, however late it listens, and until
 * it says that it deleted. Then nothing joins that reference with the case any more. Source: domain.md 8.5.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type CommandLog, START } from '#event-store';
import { allTold } from '../support/feed.js';
import { FIRST_FORM, aCase, acceptedReferral, consentTo, done, refer, referralTo } from '../support/story.js';
import { DAY, type Tandem, startTandem } from '../support/tandem.js';

const CLINIC = 'clinica-aurora';
const SHELTER = 'casa-verde';

let tandem: Tandem;
let path: string;
let accepted: string;
let asked: string;
/** What the end of a command waits for before it is remembered. */
let before: Promise<void>;
let waiting: PromiseWithResolvers<undefined>;

/** The memory of commands, as slow as a disk may be. */
const slowly = (commands: CommandLog): CommandLog =>
  Object.assign(Object.create(commands) as CommandLog, {
    remember: async (entry: Parameters<CommandLog['remember']>[0]) => {
      waiting.resolve(undefined);
      await before;
      await commands.remember(entry);
    },
  });

beforeEach(async () => {
  before = Promise.resolve();
  waiting = Promise.withResolvers<undefined>();
  tandem = await startTandem({ between: (engines) => ({ ...engines, commands: slowly(engines.commands) }) });
  const manager = tandem.as('casa-lumina');
  path = await aCase(manager);
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  accepted = await acceptedReferral(tandem, path, CLINIC, ['MED']);
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', SHELTER)));
  asked = await refer(tandem, manager, path, referralTo(SHELTER, ['HOUS']));
  await tandem.settled();
});
afterEach(() => tandem.stop());

const erase = async (): Promise<void> => {
  done(await tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] }).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' }));
  await erasureConfirmed();
  await allTold(tandem);
};
async function erasureConfirmed(): Promise<void> {
  for await (const page of tandem.engines.store.subscribe(START, new AbortController().signal))
    if (page.some(({ type }) => type === 'IdentityErased')) return;
}
const names = () => tandem.engines.persons.kysely.selectFrom('alias').select(['organisation', 'kind', 'alias']).execute();
const notices = () => tandem.engines.operations.kysely.selectFrom('notices').select(['recipient', 'recall', 'reference']).execute();
const recalls = async (who: string): Promise<string[]> => {
  const { items } = done(await tandem.as(who).get('/v1/feed')).body as { items: { recall: boolean; notice: { data: { reference: string } } }[] };
  return items.filter(({ recall }) => recall).map(({ notice }) => notice.data.reference);
};

describe('who was told of an erased person', () => {
  it('is asked to delete under the reference it knows, and knows nothing else any more', async () => {
    await erase();
    expect(await recalls(CLINIC)).toEqual([accepted]);
    expect(await recalls(SHELTER)).toEqual([asked]);
    const kept = await names();
    expect(kept.filter(({ kind }) => kind === 'thing').map(({ alias }) => alias).sort()).toEqual([accepted, asked].sort());
    expect(kept.filter(({ kind }) => kind === 'case')).toEqual([]);
    expect((await notices()).every(({ recall }) => recall === 1)).toBe(true);
  });

  it('answers, and is then forgotten itself', async () => {
    await erase();
    const confirmed = done(await tandem.as(CLINIC).post(`/v1/referrals/${accepted}/deletion-confirmation`, {}));
    expect(confirmed.body.recorded).toEqual(['ReceivedDataDeleted']);
    await allTold(tandem);
    expect((await names()).map(({ organisation }) => organisation)).not.toContain(CLINIC);
    expect((await notices()).map(({ recipient }) => recipient)).not.toContain(CLINIC);
    expect((await tandem.as(CLINIC).post(`/v1/referrals/${accepted}/deletion-confirmation`, {})).status).toBe(404);
    expect(await recalls(SHELTER)).not.toEqual([]);
  });
});

describe('a recipient that never says that it deleted', () => {
  const officer = () => tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] });
  interface Row { readonly deadline: string; readonly thingId: string; readonly caseId: string; readonly by: string }
  const chases = async (): Promise<readonly Row[]> =>
    (done(await officer().get('/v1/deadlines')).body.deadlines as Row[]).filter(({ deadline }) => deadline === 'deletion-chase');
  const ends = ({ caseId, thingId }: Row, more: object = {}) => officer().post(`/v1/cases/${caseId}/referrals/${thingId}/deletion-chase-end`, { reason: 'NO_ANSWER', ...more });

  it('stands on the board of who answers for the data, until it is stated that it was asked in vain; then its name goes', async () => {
    await erase();
    const [row, other] = await chases();
    expect([row, other].map((one) => one?.by)).toEqual(['2026-03-04T08:00:00.000Z', '2026-03-04T08:00:00.000Z']);
    expect((await ends(row!)).body).toMatchObject({ status: 409, code: 'chase-too-short' });
    await tandem.pass(2 * DAY);
    expect((await ends(row!, { reason: 'BECAUSE' })).body).toMatchObject({ code: 'body-invalid' });
    expect((await tandem.as('casa-lumina').post(`/v1/cases/${row!.caseId}/referrals/${row!.thingId}/deletion-chase-end`, { reason: 'NO_ANSWER' })).status).toBe(200);
    await allTold(tandem);
    expect(await chases()).toHaveLength(1);
    expect((await notices()).map(({ recipient }) => recipient)).toHaveLength(1);
    const kept = new Set((await names()).map(({ organisation }) => organisation));
    expect([CLINIC, SHELTER].filter((one) => kept.has(one))).toHaveLength(1);
    done(await ends((await chases())[0]!, { reason: 'RECIPIENT_GONE' }));
    await allTold(tandem);
    expect([await names(), await notices(), await chases()]).toEqual([[], [], []]);
    expect([await recalls(CLINIC), await recalls(SHELTER)]).toEqual([[], []]);
    expect((await tandem.as(CLINIC).post(`/v1/referrals/${accepted}/deletion-confirmation`, {})).status).toBe(404);
  });

  it('is left alone by everybody else, and while no person was erased', async () => {
    expect(await chases()).toEqual([]);
    await erase();
    const [row] = await chases();
    await tandem.pass(2 * DAY);
    for (const who of [CLINIC, SHELTER, { organisation: CLINIC, roles: ['DPO'] }] as const)
      expect((await tandem.as(who).post(`/v1/cases/${row!.caseId}/referrals/${row!.thingId}/deletion-chase-end`, { reason: 'NO_ANSWER' })).status).toBe(404);
    expect((await tandem.as({ organisation: 'casa-lumina', roles: ['CM'] }).post(`/v1/cases/${row!.caseId}/referrals/${row!.thingId}/deletion-chase-end`, { reason: 'NO_ANSWER' })).status).toBe(404);
  });
});

describe('a command that is under way while the person is erased', () => {
  it('leaves no row that names the case, however late its end is remembered', async () => {
    const held = Promise.withResolvers<undefined>();
    const rows = () => tandem.engines.operations.kysely.selectFrom('commands').select('stream').execute();
    const streams = new Set((await rows()).map(({ stream }) => stream));
    expect(streams.size).toBe(1);
    before = held.promise;
    waiting = Promise.withResolvers<undefined>();
    const late = tandem.as('casa-lumina').post(`${path}/basic-needs`, { met: ['FOOD', 'SLEEP'], refused: [] });
    await waiting.promise;
    before = Promise.resolve();
    await erase();
    held.resolve(undefined);
    await late;
    expect(await rows()).toEqual([]);
  });
});

/** Majority by birthday over HTTP (domain.md 12.1 R-4, appendix C 13): nobody records it, the vault knows the day. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ComingOfAge } from '#casework/nest';
import type { Engines } from '#engines';
import { START } from '#event-store';
import { VaultUnavailable } from '#privacy';
import { FIRST_FORM, NOTIFICATION, aCase, byGuardian, consentTo, done, helpedByGuardiansWord, referralTo } from '../support/story.js';
import { DAY, HOUR, MINUTE, type Tandem, patience, startTandem } from '../support/tandem.js';

/** The last minute of 19 March in Bucharest. */
const EVE = Date.parse('2026-03-19T21:59:00.000Z');
const BORN = '2008-03-20';

let tandem: Tandem;
let path: string;
let service: string;
let away = false;
const authority = () => tandem.as('protectia-copilului');
const clinic = () => tandem.as('clinica-aurora');
const until = (moment: number) => tandem.pass(moment - Date.parse(tandem.now()));
const asks = (recipient: string) => authority().post(`${path}/referrals`, referralTo(recipient, ['HOUS.EMERG']));
const session = async (): Promise<number> => (await clinic().post(`/v1/services/${service}/sessions`, { quantity: 1, beneficiary: 'DIRECT', programmes: [] })).status;
const inLog = async () => (await Array.fromAsync(tandem.engines.store.readAll(START))).flat().filter(({ stream }) => stream.startsWith('case-'));
const majority = async () => (await inLog()).filter(({ type }) => type === 'MajorityReached');
const sealed = () => tandem.engines.persons.kysely.selectFrom('vault_row').select('compartment').where('compartment', '=', 'majority').execute();

/** A vault that can be away. */
const between = (engines: Engines): Engines => ({
  ...engines,
  vault: {
    put: (rows) => engines.vault.put(rows),
    open: (references, purpose) => (away ? Promise.reject(new VaultUnavailable('away')) : engines.vault.open(references, purpose)),
  },
});

/** The name under which the clinic knows the case that it works on. */
const clinicsPath = async (): Promise<string> => {
  const inside = (await inLog())[0]?.stream.slice('case-'.length) ?? '';
  return `/v1/cases/${await tandem.engines.aliases.aliasFor('clinica-aurora', 'case', inside, inside)}`;
};

/** A girl with a guardian, helped by a clinic; the shelter may be asked too. */
async function aGirl(born: string, ageStatus = 'DOCUMENTED'): Promise<void> {
  path = await aCase(authority(), { ...NOTIFICATION, ageBand: '14-17' });
  done(await authority().post(`${path}/case-manager`, { manager: 'protectia-copilului' }));
  done(await authority().post(`${path}/guardians`, { type: 'PUBLIC', organisation: 'protectia-copilului' }));
  done(await authority().post(`${path}/age`, { ageBand: '14-17', ageStatus }));
  done(await authority().post(`${path}/identity`, { name: 'Ana Testescu', dateOfBirth: born }));
  service = await helpedByGuardiansWord(tandem, authority(), path);
}

beforeEach(async () => {
  away = false;
  tandem = await startTandem({ at: '2026-02-26T08:00:00.000Z', between });
}, patience(60_000));
afterEach(() => tandem.stop());

describe('the 18th birthday of a girl whose date of birth lies sealed', () => {
  it('ends what her guardian may open, at midnight of her country and not a minute before; help goes on', async () => {
    await aGirl(BORN);
    await until(EVE);
    done(await asks('casa-verde'));
    await tandem.pass(MINUTE);
    expect(await authority().post(`${path}/referrals`, referralTo('casa-verde', ['GRP']))).toMatchObject({ status: 422, body: { code: 'consent-missing' } });
    expect(await authority().post(`${path}/consents`, byGuardian('REFERRAL', 'asociatia-punte'))).toMatchObject({ body: { code: 'guardian-consent-for-adult' } });
    expect(await session()).toBe(200);
    expect(await majority()).toEqual([]);
  });

  it('is told by her own first word on it, said by the house', async () => {
    await aGirl(BORN);
    await until(EVE);
    expect((await authority().post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde'))).body.code).toBe('self-consent-by-minor');
    await tandem.pass(MINUTE);
    expect(done(await authority().post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde'))).body.recorded).toEqual(['MajorityReached', 'ConsentGiven']);
    done(await authority().post(`${path}/referrals`, referralTo('casa-verde', ['HOUS.EMERG'])));
    expect(await majority()).toMatchObject([{ data: { by: 'BIRTHDAY' }, metadata: { role: 'CLOCK', organisation: 'tandem' } }]);
    await tandem.pass(20 * DAY);
    expect(await majority()).toHaveLength(1);
  });

  it('is told by the clock within a week else, and who leads her case asks her anew within thirty days of the day itself', async () => {
    await aGirl(BORN);
    await until(EVE + MINUTE + 8 * DAY);
    const [told, ...more] = await majority();
    expect(more).toEqual([]);
    const { body } = done(await authority().get(path));
    expect(body).toMatchObject({ ageBand: '18-25', underMinorRules: false, guardians: [] });
    const { deadlines } = done(await authority().get('/v1/deadlines')).body as { deadlines: { deadline: string; by: string }[] };
    const asked = deadlines.filter(({ deadline }) => deadline === 'majority-reask');
    expect(asked).toHaveLength(3);
    const month = Date.parse('2026-04-19T21:00:00.000Z');
    for (const { by } of asked) {
      expect(Date.parse(by)).toBeLessThanOrEqual(month);
      expect(Date.parse(by)).toBeGreaterThan(Date.parse(told?.metadata.occurredAt ?? ''));
    }
    expect(await session()).toBe(200);
  });

  it('stands nowhere in clear, and is erased with her', async () => {
    await aGirl(BORN);
    expect(await sealed()).toHaveLength(1);
    const clear = JSON.stringify((await inLog()).map(({ data }) => data));
    for (const day of [BORN, '2026-03-20']) expect(clear).not.toContain(day);
    const duties = JSON.stringify(await tandem.engines.views.kysely.selectFrom('duties' as never).selectAll().execute());
    expect(duties).toContain('majority-watch');
    expect(duties).not.toMatch(/2026-03-(?:19|2[0-7])/);
    expect(JSON.stringify(done(await authority().get(`${path}/personal-data?purpose=CARE`)).body)).not.toContain('2026-03-20');
    expect(JSON.stringify(done(await authority().get(path)).body)).not.toContain('majorityDays');
    done(await tandem.as({ organisation: 'protectia-copilului', roles: ['DPO'], actor: 'the-officer' }).post(`${path}/erasure`, { reason: 'PERSON_REQUEST' }));
    await tandem.settled();
    await tandem.pass(30 * DAY);
    expect(await sealed()).toEqual([]);
    expect(await majority()).toEqual([]);
  });

  it('of somebody born on 29 February comes on 1 March, as the provisional policy says', async () => {
    await aGirl('2008-02-29');
    await until(Date.parse('2026-02-28T12:00:00.000Z'));
    done(await asks('casa-verde'));
    await until(Date.parse('2026-02-28T22:00:00.000Z'));
    expect((await authority().post(`${path}/referrals`, referralTo('casa-verde', ['GRP']))).body.code).toBe('consent-missing');
  });

  it('on which two organisations differ is the later one: doubt makes a child', async () => {
    await aGirl(BORN);
    done(await clinic().post(`${await clinicsPath()}/identity`, { dateOfBirth: '2008-03-23' }));
    await until(EVE + MINUTE + DAY);
    done(await asks('casa-verde'));
    await until(EVE + MINUTE + 3 * DAY);
    expect((await authority().post(`${path}/referrals`, referralTo('casa-verde', ['GRP']))).body.code).toBe('consent-missing');
  });

  it('closes to who leads what only the care for a child opened', async () => {
    await aGirl(BORN);
    done(await clinic().post(`${await clinicsPath()}/identity`, { phone: '0700 000 000' }));
    const shown = async () => JSON.stringify(done(await authority().get(`${path}/personal-data?purpose=CARE`)).body);
    await until(EVE);
    expect(await shown()).toContain('0700 000 000');
    await tandem.pass(MINUTE);
    expect(await shown()).not.toContain('0700 000 000');
    expect(await shown()).toContain('Ana Testescu');
  });

  it('is told on a day that nobody can work out: drawn for each case, within the week', async () => {
    await aGirl(BORN);
    const [event] = await inLog();
    const { facts } = await tandem.engines.cases.state(event?.stream.slice('case-'.length) ?? '');
    const { policy } = tandem.engines.reference({ policy: facts.policy });
    const ages = new ComingOfAge(tandem.engines.vault, tandem.engines.keyring);
    const days = await Promise.all(Array.from({ length: 200 }, (_, n) => ages.toldFrom(`case ${String(n)}`, facts, policy)));
    expect([...new Set(days)].sort()).toEqual(['19', '20', '21', '22', '23', '24', '25', '26'].map((day) => `2026-03-${day}T22:00:00.000Z`));
  });

  it('that was only claimed makes nobody an adult (INV-9)', async () => {
    await aGirl(BORN, 'CLAIMED');
    await until(EVE + 20 * DAY);
    done(await authority().post(`${path}/risk-assessments`, FIRST_FORM));
    expect((await authority().post(`${path}/consents`, consentTo('REFERRAL', 'casa-verde'))).body.code).toBe('self-consent-by-minor');
    done(await asks('casa-verde'));
    expect(await majority()).toEqual([]);
  });

  it('waits for a vault that is away, and stops nothing meanwhile', async () => {
    await aGirl(BORN);
    away = true;
    await until(EVE + 10 * DAY);
    expect(await session()).toBe(200);
    expect(await majority()).toEqual([]);
    away = false;
    await tandem.pass(HOUR);
    expect(await majority()).toHaveLength(1);
  });
});

describe('a date of birth', () => {
  it('that no calendar has is refused by name', async () => {
    path = await aCase(authority(), { ...NOTIFICATION, ageBand: '14-17' });
    const refused = await authority().post(`${path}/identity`, { dateOfBirth: '2008-02-30' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'body-invalid' } });
    expect(JSON.stringify(refused.body)).toContain('/dateOfBirth');
  });
});

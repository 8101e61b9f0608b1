/** What must hold when something of the house is lost or wrong: a clock that steps back, a memory of commands that is gone. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NOTIFICATION, aCase, consentTo, done } from '../support/story.js';
import { HOUR, type Tandem, startTandem } from '../support/tandem.js';

let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  await tandem.stop();
});

describe('a clock that steps back', () => {
  it('opens nothing again that was over when the last fact was recorded', async () => {
    const [shelter, punte] = [tandem.as('casa-lumina'), tandem.as('asociatia-punte')];
    const path = await aCase(shelter, { ...NOTIFICATION, account: 'What she told.' });
    done(await shelter.get(`${path}/personal-data?purpose=CARE`));
    await tandem.pass(2 * HOUR);
    done(await shelter.post(`${path}/case-manager`, { manager: 'asociatia-punte' }));
    await tandem.settled();
    const { items } = done(await punte.get('/v1/inbox')).body as { items: { waitsFor: string; thingId: string }[] };
    const offer = items.find(({ waitsFor }) => waitsFor === 'case-management-reply')!.thingId;
    done(await punte.post(`/v1/case-management-offers/${offer}/acceptance`));
    await tandem.pass(-HOUR);
    expect((await shelter.get(`${path}/personal-data?purpose=CARE`)).status).toBe(404);
    expect(done(await shelter.get(path)).body).not.toHaveProperty('assistance');
    const { cases } = done(await shelter.get('/v1/cases')).body as { cases: { caseId: string; scope: string }[] };
    expect(cases.find(({ caseId }) => path.endsWith(caseId))?.scope).toBe('OWN');
    expect(done(await tandem.as('centrul-coordonare').get('/v1/cases')).body.cases).not.toEqual([]);
  });
});

describe('a key that is used again once the memory of commands is lost', () => {
  it('records the same wish once on a case, and on another case another fact', async () => {
    const shelter = tandem.as('casa-lumina');
    const [first, second] = [await aCase(shelter), await aCase(shelter)];
    const key = { 'idempotency-key': randomUUID() };
    const consents = (path: string) => shelter.post(`${path}/consents`, consentTo('ASSESSMENT'), key);
    const once = done(await consents(first)).body;
    await tandem.engines.commands.forgetOlderThan('2999-01-01T00:00:00.000Z');
    const other = done(await consents(second)).body;
    await tandem.engines.commands.forgetOlderThan('2999-01-01T00:00:00.000Z');
    const { consentId, receipt, recorded } = once;
    expect(done(await consents(first)).body).toMatchObject({ consentId, receipt, recorded });
    expect(other.consentId).not.toBe(consentId);
    const inside = async (path: string) => (await tandem.engines.aliases.resolve('casa-lumina', path.split('/').at(-1)!))!.thing;
    const given = await Promise.all([first, second].map(async (path) => (await tandem.engines.store.readStream(`case-${await inside(path)}`)).filter(({ type }) => type === 'ConsentGiven')));
    expect(given.map((events) => events.length)).toEqual([1, 1]);
    const [one, two] = given.flat();
    expect(one!.id).not.toBe(two!.id);
    expect((one!.data as { consentId: string }).consentId).not.toBe((two!.data as { consentId: string }).consentId);
    expect(one!.metadata.commandId).not.toBe(two!.metadata.commandId);
  });
});

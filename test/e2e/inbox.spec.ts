/** The plain page over HTTP: what waits for an organisation, what it may do about it once, and whose forms are taken. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Visitor } from '../support/visitor.js';
import { startTandem, type Tandem } from '../support/tandem.js';
import { acceptedReferral, consentTo, done } from '../support/story.js';
import { assessedCase, waitingReferral } from '../support/waiting-referral.js';

let tandem: Tandem;
beforeAll(async () => {
  tandem = await startTandem();
});
afterAll(async () => {
  await tandem.stop();
});

const ACCEPTED = { worker: 'w-17', startFrom: '2026-03-02T12:30', meeting: 'Ana waits at nine.' };

describe('a request that waits', () => {
  it('stands in the list, late in words, and is told as far as the person agreed', async () => {
    const reference = await waitingReferral(tandem);
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    expect((await visitor.get('/inbox')).text).toContain(`href="/inbox/${reference}"`);
    const { text } = await visitor.get(`/inbox/${reference}`);
    for (const shown of ['Urgent medical care', 'Casa Lumina', '26 to 40', 'North-West', 'Romanian', '3 March 2026 at 10:00']) expect(text).toContain(shown);
    expect(text).not.toMatch(/Female|LABOUR/);
  });

  it('is accepted once, however often the form is sent', async () => {
    const reference = await waitingReferral(tandem);
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const form = { ...(await visitor.get(`/inbox/${reference}`)).form(`/inbox/${reference}/accept`), ...ACCEPTED };
    const answers = await Promise.all([visitor.post(`/inbox/${reference}/accept`, form), visitor.post(`/inbox/${reference}/accept`, form)]);
    for (const answer of answers) expect(answer).toMatchObject({ status: 303, location: `/inbox/${reference}?done=accept` });
    const { text } = await visitor.get(`/inbox/${reference}?done=accept`);
    expect(text).toContain('Accepted. The organisation that asked was told.');
    // Half past twelve on the wall in Romania, in winter.
    const { body } = await tandem.as('clinica-aurora').get(`/v1/referrals/${reference}`);
    expect(body).toMatchObject({ status: 'ACCEPTED', worker: 'w-17', startFrom: '2026-03-02T10:30:00.000Z' });
  });

  it('is shown again with what was written when something is wrong, and can be sent again', async () => {
    const reference = await waitingReferral(tandem);
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const path = `/inbox/${reference}/accept`;
    const form = (await visitor.get(`/inbox/${reference}`)).form(path);
    const wrong = await visitor.post(path, { ...form, ...ACCEPTED, worker: 'Ana "Pop" <b>', startFrom: 'soon' });
    expect(wrong.status).toBe(400);
    expect(wrong.text).toContain('value="Ana &quot;Pop&quot; &lt;b&gt;"');
    expect(wrong.text).toContain('Ana waits at nine.');
    expect(wrong.text.match(/aria-invalid="true"/g)).toHaveLength(2);
    const again = wrong.form(path);
    expect(again.key).not.toBe(form.key);
    expect((await visitor.post(path, { ...again, ...ACCEPTED })).status).toBe(303);
  });

  it('is declined with a reason; then its data is to be deleted, and that is confirmed', async () => {
    const reference = await waitingReferral(tandem);
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const path = `/inbox/${reference}/decline`;
    const form = (await visitor.get(`/inbox/${reference}`)).form(path);
    expect((await visitor.post(path, form)).status).toBe(400);
    const declined = await visitor.post(path, { ...(await visitor.get(`/inbox/${reference}`)).form(path), reason: 'NO_CAPACITY' });
    expect(declined).toMatchObject({ status: 303, location: '/inbox?done=decline' });
    await tandem.settled();
    const after = await visitor.get(`/inbox/${reference}`);
    expect(after.text).toContain('Confirm that received data was deleted');
    expect(after.text).not.toContain('North-West');
    const confirm = `/inbox/${reference}/confirm-deletion`;
    expect(await visitor.post(confirm, after.form(confirm))).toMatchObject({ status: 303, location: '/inbox?done=confirm-deletion' });
    await tandem.settled();
    expect((await visitor.get(`/inbox/${reference}`)).status).toBe(404);
  });

  it('that was accepted arrives, starts, and is told of', async () => {
    const manager = tandem.as('casa-lumina');
    const path = await assessedCase(tandem);
    done(await manager.post(`${path}/consents`, consentTo('SERVICE_DELIVERY', 'clinica-aurora')));
    const reference = await acceptedReferral(tandem, path, 'clinica-aurora', ['MED.GEN']);
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const send = async (action: string, more: object) => {
      const form = (await visitor.get(`/inbox/${reference}`)).form(`/inbox/${reference}/${action}`);
      return (await visitor.post(`/inbox/${reference}/${action}`, { ...form, ...more })).location;
    };
    expect(await send('handover', { escort: 'CASE_MANAGER' })).toBe(`/inbox/${reference}?done=handover`);
    expect(await send('start', { worker: 'w-17', agreement: 'WRITTEN' })).toBe(`/inbox/${reference}?done=start`);
    expect(await send('feedback', { status: 'GOING_WELL' })).toBe(`/inbox/${reference}?done=feedback`);
    expect(await send('end', { outcome: 'NEED_MET' })).toBe('/inbox?done=end');
  });
});

describe('somebody else’s request', () => {
  it('looks as if there were none, in reading and in writing', async () => {
    const reference = await waitingReferral(tandem);
    const other = await Visitor.in(tandem, 'asociatia-punte');
    const bare = ({ text }: { text: string }) => text.replaceAll(/[0-9a-f-]{36}/g, '');
    const unknown = randomUUID();
    const [foreign, none] = [await other.get(`/inbox/${reference}`), await other.get(`/inbox/${unknown}`)];
    expect(foreign.status).toBe(404);
    expect(bare(foreign)).toBe(bare(none));
    const { form } = (await other.get('/inbox')).form('/inbox/sign-out');
    const send = (to: string) => other.post(`/inbox/${to}/decline`, { form: form!, key: randomUUID(), reason: 'OTHER' });
    const [written, nothing] = [await send(reference), await send(unknown)];
    expect(written.status).toBe(404);
    expect(bare(written)).toBe(bare(nothing));
    expect((await tandem.as('clinica-aurora').get(`/v1/referrals/${reference}`)).body.status).toBe('REQUESTED');
  });
});

describe('a form that is not ours', () => {
  it.each([
    ['from another site', { 'sec-fetch-site': 'cross-site' }, {}],
    ['from a neighbour', { 'sec-fetch-site': 'same-site' }, {}],
    ['from another origin, of an older browser', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }, {}],
    ['from nowhere', { 'sec-fetch-site': undefined }, {}],
    ['without the token', {}, { form: undefined }],
    ['with the token of another session', {}, { form: 'other' }],
  ] as const)('%s records nothing', async (_from, headers, changes) => {
    const reference = await waitingReferral(tandem);
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const path = `/inbox/${reference}/decline`;
    const form = (await visitor.get(`/inbox/${reference}`)).form(path);
    const other = await Visitor.in(tandem, 'clinica-aurora');
    const { form: theirs } = (await other.get('/inbox')).form('/inbox/sign-out');
    const forged = { ...form, reason: 'OTHER', ...changes, ...('form' in changes && changes.form === 'other' ? { form: theirs } : {}) };
    expect((await visitor.post(path, forged, headers)).status).toBe(403);
    expect((await tandem.as('clinica-aurora').get(`/v1/referrals/${reference}`)).body.status).toBe('REQUESTED');
  });

  it('is refused as JSON, with a field twice, and beyond the limit; elsewhere forms are not read', async () => {
    const visitor = await Visitor.in(tandem, 'clinica-aurora');
    const send = async (path: string, body: string, type = 'application/x-www-form-urlencoded') => {
      const headers = { cookie: visitor.cookie, 'content-type': type, 'sec-fetch-site': 'same-origin', authorization: `Bearer ${await visitor.keyOf('clinica-aurora')}`, 'idempotency-key': randomUUID() };
      return (await fetch(`${tandem.address}${path}`, { method: 'POST', redirect: 'manual', headers, body })).status;
    };
    expect(await send('/inbox/sign-out', '{"form":"x"}', 'application/json')).toBe(415);
    expect(await send('/inbox/sign-out', 'form=a&form=b')).toBe(400);
    expect(await send('/inbox/sign-out', `form=${'a'.repeat(300_000)}`)).toBe(413);
    expect(await send('/v1/cases', 'channel=OUTREACH')).toBe(415);
    expect(await send('/demo/tokens', 'organisation=casa-lumina')).toBe(415);
  });
});

/** Acceptance scenario 8 of domain.md, appendix C, over HTTP: she wants no formal identification, and loses nothing by it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { START } from '#event-store';
import { FIRST_FORM, NOTIFICATION, aCase, acceptedReferral, consentTo, done } from '../support/story.js';
import { DAY, MINUTE, type Tandem, patience, startTandem } from '../support/tandem.js';

const COORDINATOR = 'centrul-coordonare';
const GROUNDS = { grounds: 'Locked in, no pay, papers kept by the owner.' };
/** So many others in her region, and in another: a table shows no smaller figure, none that stands alone, also to who knows of her. */
const OTHERS = 12;

let tandem: Tandem;
let path: string;
let service: string;
const shelter = () => tandem.as('casa-lumina');
const clinic = () => tandem.as('clinica-aurora');
const police = () => tandem.as('politia-exemplu');
const seen = async () => done(await shelter().get(path)).body;
const asks = () => shelter().post(`${path}/formal-identification/request`, { authority: 'politia-exemplu' });
const PROGRAMME = 'PROGRAM-EXEMPLU';
const session = async (of = service): Promise<number> => (await clinic().post(`/v1/services/${of}/sessions`, { quantity: 1, beneficiary: 'DIRECT', programmes: [PROGRAMME] })).status;
const policeSees = async (): Promise<unknown> => (done(await police().get('/v1/cases')).body as { cases: unknown[] }).cases;
const figure = async (report: string, rows: string, category: string): Promise<unknown> => {
  const { table } = done(await tandem.as(COORDINATOR).get(`/v1/reports/${report}?period=2026&rows=${rows}`)).body;
  return table.cells[table.rows.indexOf(category)];
};
const registered = (): Promise<unknown> => figure('registered-victims', 'region', NOTIFICATION.region);

/** A clinic begins to help somebody; answers its service. */
async function helped(of: string): Promise<string> {
  done(await shelter().post(`${of}/risk-assessments`, FIRST_FORM));
  done(await shelter().post(`${of}/consents`, consentTo('SERVICE_DELIVERY', 'clinica-aurora')));
  const referral = await acceptedReferral(tandem, of, 'clinica-aurora', ['PSY.COUNS']);
  const { services } = done(await clinic().get(`/v1/referrals/${referral}`)).body as { services: { episodeId: string }[] };
  const episode = services[0]?.episodeId ?? '';
  done(await clinic().post(`/v1/services/${episode}/start`, { worker: 'w-3', agreement: 'WRITTEN' }));
  return episode;
}

/** Notified and presumed like her, in her region; the clinic helps them for the same programme. */
async function another(region: string): Promise<void> {
  const of = await aCase(shelter(), { ...NOTIFICATION, region });
  done(await shelter().post(`${of}/presumption`, GROUNDS));
  if (region === NOTIFICATION.region) await session(await helped(of));
}

/** Presumed, helped by a clinic, and the police are asked to decide. */
beforeAll(async () => {
  tandem = await startTandem();
  for (const region of [NOTIFICATION.region, 'RO32'])
    for (let count = 0; count < OTHERS; count += 1) await another(region);
  await tandem.pass(MINUTE);
  path = await aCase(shelter());
  service = await helped(path);
  done(await shelter().post(`${path}/presumption`, GROUNDS));
}, patience(60_000));
afterAll(() => tandem.stop());

describe('8. she declines formal identification', () => {
  it('the authority that was asked with her consent sees nothing more once she takes it back, and is not asked again without it', async () => {
    expect(await asks()).toMatchObject({ status: 422, body: { code: 'consent-missing' } });
    const { consentId } = done(await shelter().post(`${path}/consents`, consentTo('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu'))).body as { consentId: string };
    done(await asks());
    await tandem.settled();
    expect(await policeSees()).toHaveLength(1);
    done(await shelter().post(`${path}/consents/${consentId}/withdrawal`, { by: 'PERSON' }));
    await tandem.settled();
    expect(await seen()).toMatchObject({ identification: 'PRESUMED_DECLINED' });
    expect(await policeSees()).toEqual([]);
    expect((await asks()).body.code).toBe('consent-missing');
  });

  it('to say so again changes nothing, and help goes on that day and months later', async () => {
    expect(done(await shelter().post(`${path}/formal-identification/decline`, { reason: 'FEAR' })).body.recorded).toEqual([]);
    for (const days of [0, 14, 90]) {
      await tandem.pass(days * DAY);
      expect(await seen()).toMatchObject({ identification: 'PRESUMED_DECLINED', assistance: 'ACTIVE', openServices: 1 });
      expect(await session()).toBe(200);
    }
    // What a programme counts of her help is counted as before.
    const events = (await Array.fromAsync(tandem.engines.store.readAll(START))).flat();
    const since = events.slice(events.findIndex(({ type }) => type === 'FormalIdentificationDeclined'));
    expect(since.filter(({ type }) => type === 'ServiceSessionDelivered').map(({ data }) => (data as { programmes?: unknown }).programmes)).toEqual(Array(3).fill([PROGRAMME]));
    done(await shelter().post(`${path}/risk-assessments`, FIRST_FORM));
    await acceptedReferral(tandem, path, 'cabinet-echilibru', ['PSY.COUNS']);
  });

  it('nobody owes a plan to move on, or may contest what she chose herself', async () => {
    const { deadlines } = done(await shelter().get('/v1/deadlines')).body as { deadlines: { deadline: string; caseId?: string }[] };
    const hers = deadlines.filter(({ caseId }) => path.endsWith(caseId ?? 'none')).map(({ deadline }) => deadline);
    for (const deadline of ['move-on-plan', 'contest', 'formal-request']) expect(hers).not.toContain(deadline);
    expect(await shelter().post(`${path}/reconsideration`, { requestedBy: 'PERSON', newInformation: 'None.' })).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
  });

  it('she counts as a registered victim, once, like all who were presumed', async () => {
    await tandem.pass(300 * DAY);
    expect(await seen()).toMatchObject({ identification: 'PRESUMED_DECLINED' });
    expect(await registered()).toEqual([{ count: OTHERS + 1 }]);
  });

  it('and as a person assisted by the programme that pays for her help, once for all its sessions', async () => {
    expect(await figure('assisted', 'programme', PROGRAMME)).toEqual([{ count: OTHERS + 1 }]);
  });

  it('and as a possible victim, as those said who presumed it, in what another country is told with her consent', async () => {
    done(await shelter().post(`${path}/consents`, consentTo('CROSS_BORDER', 'rifugio-ponte', { countries: ['IT'] })));
    const { fields } = done(await shelter().get(`${path}/htcds?recipient=rifugio-ponte`)).body;
    expect(fields).toMatchObject({ vic_TraffickingStatus: 'PossibleVictimOfTrafficking', vic_TraffickingStatusDecisionMakingOrg: 'NGO', cas_Status: 'Active', con_Consent: true });
  });

  it('the way stays open: with her consent she is identified later, and still counts once', async () => {
    done(await shelter().post(`${path}/consents`, consentTo('FORMAL_IDENTIFICATION_REQUEST', 'politia-exemplu')));
    done(await asks());
    expect(await seen()).toMatchObject({ identification: 'PRESUMED' });
    done(await shelter().post(`${path}/formal-identification/decision`, { authority: 'politia-exemplu', decision: 'IDENTIFIED', decisionNumber: 'decision-1' }));
    expect(await seen()).toMatchObject({ identification: 'IDENTIFIED', openServices: 1 });
    await tandem.settled();
    expect(await registered()).toEqual([{ count: OTHERS + 1 }]);
  });
});

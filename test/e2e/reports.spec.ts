/** Reports and the coordinator's desk over HTTP: scenarios 3, 11 and 12 of domain.md, appendix C, as figures. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Database } from '#database';
import { register } from '#mechanism';
import { REPORTING_PROJECTIONS, REPORTS, desk, periodOf, publishedReport } from '#reporting';
import { sql } from 'kysely';
import { physicalName } from '../../libs/read-models/src/projection.js';
import { rebuild } from '../support/history.js';
import { FIRST_FORM, NOTIFICATION, aCase, acceptedReferral, consentTo, done, newInInbox, refer, referralTo } from '../support/story.js';
import { type As, DAY, type Reply, type Tandem, patience, startTandem } from '../support/tandem.js';

const COORDINATOR = 'centrul-coordonare';
const YEAR = '/v1/reports/caseload?period=2026';
const SUPPRESSED = { suppressed: true };

let tandem: Tandem;
/** The case whose first provider had no place, as its manager knows it. */
let declined: string;
/** The desk holds what was recorded before: the coordinator's newest write. */
let newest: string;

const read = (path: string, as: As | string = COORDINATOR): Promise<Reply> => tandem.as(as).get(path);
const readNow = (path: string): Promise<Reply> => tandem.as(COORDINATOR).get(path, { 'Tandem-Minimum-Position': newest });
const notify = async (more: object = {}): Promise<void> => {
  const { headers } = done(await tandem.as(COORDINATOR).post('/v1/cases', { ...NOTIFICATION, ...more }));
  newest = headers.get('tandem-position') ?? '';
};

/** Notified by the coordinator like all the others, for no organisation may take its own off and find one; led by a shelter. */
async function ledByTheShelter(): Promise<string> {
  const manager = tandem.as('casa-lumina');
  const path = await aCase(tandem.as(COORDINATOR));
  const offer = await newInInbox(tandem, manager, 'case-management-reply', async () => done(await tandem.as(COORDINATOR).post(`${path}/case-manager`, { manager: 'casa-lumina' })));
  return `/v1/cases/${done(await manager.post(`/v1/case-management-offers/${offer}/acceptance`, {})).body.caseId as string}`;
}

async function firstProviderHasNoPlace(): Promise<string> {
  const manager = tandem.as('casa-lumina');
  const path = await ledByTheShelter();
  done(await manager.post(`${path}/risk-assessments`, FIRST_FORM));
  done(await manager.post(`${path}/consents`, consentTo('REFERRAL', 'cabinet-echilibru')));
  const referral = await refer(tandem, manager, path, referralTo('cabinet-echilibru', ['PSY.COUNS']));
  done(await tandem.as('cabinet-echilibru').post(`/v1/referrals/${referral}/decline`, { reason: 'NO_CAPACITY' }));
  await acceptedReferral(tandem, path, 'clinica-aurora', ['PSY.COUNS']);
  return path;
}

/** 24 cases of 2026: twelve in each of two regions, three of them men's. */
beforeAll(async () => {
  tandem = await startTandem();
  declined = await firstProviderHasNoPlace();
  for (let number = 1; number < 24; number++) {
    await notify({ region: number < 12 ? 'RO11' : 'RO32', sex: number < 21 ? 'FEMALE' : 'MALE', danger: number === 23 });
  }
}, patience(60_000));
afterAll(() => tandem.stop());

describe('who reads', () => {
  const refused = { status: 403, body: { code: 'role-not-allowed' } };
  const OVER = '/v1/reports/caseload?period=2025';

  it.each<[string, As]>([
    ['the coordinator', { organisation: COORDINATOR, roles: ['NRM_COORD'] }],
    ['the rapporteur', { organisation: COORDINATOR, roles: ['RAPP'] }],
    ['a programme', { organisation: 'casa-lumina', roles: ['PROG'] }],
  ])('reports: %s', async (_who, as) => {
    expect(await read(OVER, as)).toMatchObject({ status: 200, body: { table: { total: { count: 0 } } } });
  });

  it.each<[string, As]>([
    ['a provider', { organisation: 'clinica-aurora' }],
    ['a case manager as such', { organisation: 'casa-lumina', roles: ['CM'] }],
    ['the police', { organisation: 'politia-exemplu' }],
    ['an auditor', { organisation: 'garda-audit' }],
    ['who claims a role that the directory does not know of', { organisation: 'clinica-aurora', roles: ['RAPP', 'NRM_COORD'] }],
  ])('neither reports nor desk: %s', async (_who, as) => {
    for (const path of [OVER, '/v1/desk', '/v1/desk/unmet']) expect(await read(path, as)).toMatchObject(refused);
  });

  it('no desk for rapporteur and programmes: they count, and look at no single case', async () => {
    for (const as of [{ organisation: COORDINATOR, roles: ['RAPP'] }, { organisation: 'casa-lumina', roles: ['PROG'] }] as const) {
      for (const path of ['/v1/desk', '/v1/desk/unmet']) expect(await read(path, as)).toMatchObject(refused);
    }
  });
});

describe('the desk', () => {
  it('shows the danger that nobody has opened first, and the coordinator opens the case by its own name of it', async () => {
    const { body } = done(await readNow('/v1/desk'));
    const cases = body.cases as { caseId: string; notOpenedYet: boolean }[];
    expect(cases).toHaveLength(24);
    expect(cases[0]).toMatchObject({ danger: true, notOpenedYet: true, region: 'RO32' });
    expect((await read(`/v1/cases/${cases[0]?.caseId ?? ''}`)).status).toBe(200);
    expect(cases.map(({ caseId }) => `/v1/cases/${caseId}`)).not.toContain(declined);
  });

  it('lists the request that nobody met, although another provider helped, and says no more of the person', async () => {
    const { body } = done(await readNow('/v1/desk/unmet'));
    const alias = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;
    expect(body).toEqual({ unmet: [{ caseId: alias, service: 'PSY.COUNS', region: 'RO11', reason: 'NO_CAPACITY', recordedAt: tandem.now() }] });
    expect((await read(`/v1/cases/${body.unmet[0].caseId as string}`)).status).toBe(200);
    expect(`/v1/cases/${body.unmet[0].caseId as string}`).not.toBe(declined);
  });

  it.each([
    ['service=PSY.COUNS', 1],
    ['region=RO11', 1],
    ['service=PSY.COUNS&region=RO11', 1],
    ['service=MED.GEN', 0],
    ['region=RO32', 0],
  ])('narrows the list with %s', async (query, length) => {
    expect(done(await readNow(`/v1/desk/unmet?${query}`)).body.unmet).toHaveLength(length);
  });

  it('shows no case to the coordination of another country or region, on neither list', async () => {
    for (const [id, country, regions] of [['coordinamento-esempio', 'IT', []], ['centrul-regional-vest', 'RO', ['RO42']], ['centrul-regional-centru', 'RO', ['RO11']]] as const)
      await register(tandem.engines.store, { id, name: id, kind: 'PUBLIC', country, regions, acceptsMinors: false, roles: ['NRM_COORD'], services: [] }, { actor: 'setup', organisation: 'tandem' }, tandem.now);
    await tandem.engines.directory.catchUp();
    for (const [id, some] of [['coordinamento-esempio', false], ['centrul-regional-vest', false], ['centrul-regional-centru', true]] as const) {
      const { cases } = done(await read('/v1/desk', id)).body as { cases: { caseId: string; region: string }[] };
      const { unmet } = done(await read('/v1/desk/unmet', id)).body as { unmet: object[] };
      expect({ id, shown: cases.length > 0, unmet: unmet.length > 0 }).toEqual({ id, shown: some, unmet: some });
      for (const { caseId, region } of cases) expect([region, (await read(`/v1/cases/${caseId}`, id)).status]).toEqual(['RO11', 200]);
    }
    // A row that the view holds wrongly is decided again on the case itself.
    const { kysely } = tandem.engines.views;
    const move = (country: string) => sql`update ${sql.table(physicalName(desk, 'desk'))} set country = ${country}`.execute(kysely);
    await move('IT');
    for (const list of ['/v1/desk', '/v1/desk/unmet']) expect(JSON.stringify(done(await read(list, 'coordinamento-esempio')).body)).not.toMatch(/[0-9a-f]{8}-/);
    await move('RO');
  });

  it('goes on from a cursor of its own only', async () => {
    expect((await readNow('/v1/desk/unmet?after=abc')).body.code).toBe('cursor-invalid');
  });

  it('refuses a position that was given to another organisation', async () => {
    for (const path of ['/v1/desk', '/v1/desk/unmet', '/v1/reports/caseload?period=2025']) {
      const reply = await tandem.as({ organisation: 'casa-lumina', roles: ['PROG'] }).get(path, { 'Tandem-Minimum-Position': newest });
      expect(reply.body.code).toBe(path.includes('reports') ? 'position-invalid' : 'role-not-allowed');
      expect((await tandem.as(COORDINATOR).get(path, { 'Tandem-Minimum-Position': 'invented' })).body.code).toBe('position-invalid');
    }
  });
});

describe('reports', () => {
  it('are refused while the period runs', async () => {
    expect(await read(YEAR)).toMatchObject({ status: 422, body: { code: 'period-not-over', details: { availableFrom: '2027-01-01T00:00:00.000Z' } } });
    expect((await read('/v1/reports/caseload?period=2025-Q1')).body.code).toBe('period-not-published');
    expect((await read('/v1/reports/caseload')).body.code).toBe('period-invalid');
    expect((await read('/v1/reports/nothing?period=2025')).status).toBe(404);
    expect((await read('/v1/reports/caseload?period=2025&format=xml')).body.code).toBe('query-invalid');
  });

  describe('after the year', () => {
    let figures: Record<string, unknown>;
    const everyFigure = async (): Promise<Record<string, unknown>> => {
      const all: Record<string, unknown> = {};
      for (const { name, dimensions } of REPORTS) {
        for (const rows of Object.keys(dimensions)) all[`${name} by ${rows}`] = done(await read(`/v1/reports/${name}?period=2026&rows=${rows}`)).body;
      }
      return all;
    };
    beforeAll(async () => {
      await tandem.pass(310 * DAY);
      figures = await everyFigure();
    }, patience(60_000));

    it('publish a dozen cases a cell, and the total rounded to five', async () => {
      const { body } = done(await read(`${YEAR}&rows=region`));
      expect(body).toMatchObject({ report: 'caseload', period: '2026', asOf: '2027-01-01T00:00:00.000Z', k: 11 });
      const { rows, cells, total } = body.table as { rows: string[]; cells: unknown[][]; total: unknown };
      expect(cells[rows.indexOf('RO11')]).toEqual([{ count: 12 }]);
      expect(cells[rows.indexOf('RO32')]).toEqual([{ count: 12 }]);
      expect(cells[rows.indexOf('RO21')]).toEqual([{ count: 0 }]);
      expect(total).toEqual({ count: 25 });
    });

    it('show a small cell as suppressed, and with it the cell from which it could be worked out', async () => {
      const { rows, cells, total } = done(await read(`${YEAR}&rows=sex`)).body.table as { rows: string[]; cells: unknown[][]; total: unknown };
      expect(cells[rows.indexOf('MALE')]).toEqual([SUPPRESSED]);
      expect(cells[rows.indexOf('FEMALE')]).toEqual([SUPPRESSED]);
      expect(total).toEqual({ count: 25 });
    });

    it('leave the house as a file only when every cell is shown, and say how to widen otherwise (scenario 11)', async () => {
      const file = done(await read(`${YEAR}&rows=region&format=csv`));
      expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(String(file.body).split('\r\n')).toEqual(expect.arrayContaining(['region,count', 'RO11,12', 'RO32,12', 'RO21,0', 'TOTAL,25']));
      const refused = await read(`${YEAR}&rows=region&columns=sex&format=csv`);
      expect(refused).toMatchObject({ status: 422, body: { code: 'export-would-disclose', details: { widen: expect.arrayContaining(['rows=region', 'rows=sex']) } } });
      expect((await read(`${YEAR}&rows=sex&format=csv`)).body.code).toBe('export-would-disclose');
    });

    it('count the service gap of scenario 3, which one case alone keeps from being seen', async () => {
      const { table } = done(await read('/v1/reports/service-gap?period=2026&rows=service')).body as { table: object };
      expect(table).toMatchObject({ rows: ['PSY.COUNS'], cells: [[SUPPRESSED]], total: SUPPRESSED });
    });

    it('are the same when all is built again from the log', async () => {
      const database: Database<unknown> = await rebuild(tandem.engines.store, REPORTING_PROJECTIONS);
      for (const report of REPORTS) {
        for (const rows of Object.keys(report.dimensions)) {
          const again = await publishedReport(database.kysely, report, { period: periodOf('2026'), rows }, tandem.engines.reference().policy.values['report.suppression'].published);
          expect(again).toEqual(figures[`${report.name} by ${rows}`]);
        }
      }
      await database.close();
    });

    it('are the same when a person is erased, whose case leaves the lists (scenario 12)', async () => {
      const office = tandem.as({ organisation: 'casa-lumina', roles: ['DPO'] });
      done(await office.post(`${declined}/erasure`, { reason: 'PERSON_REQUEST' }));
      await notify();
      expect(done(await readNow('/v1/desk/unmet')).body.unmet).toEqual([]);
      expect(await everyFigure()).toEqual(figures);
    });
  });
});

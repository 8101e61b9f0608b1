/** The person's page over HTTP: what really happened stands on it, and only those who hand it to her get it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Audited, startAudited } from './audited.js';

let audited: Audited;
beforeAll(async () => {
  audited = await startAudited();
});
afterAll(() => audited.tandem.stop());

const section = (body: { sections: readonly { name: string; lines: readonly string[] }[] }, name: string) => body.sections.find((one) => one.name === name)!.lines;

describe('the page of a case', () => {
  it('tells who tried with a name of the case that was not theirs, and who took the history away', async () => {
    const { path, alias } = await audited.aCase();
    const other = await audited.aCase();
    const police = audited.tandem.as('politia-exemplu');
    expect((await police.get(path)).status).toBe(404);
    expect((await police.post(`${path}/rights-information`, {})).status).toBe(404);
    expect((await police.get(`/v1/cases/${randomUUID()}`)).status).toBe(404);
    await audited.bytes(`${await audited.pathOf({ alias } as never)}/export`);
    const { body } = await audited.shelter.get(`${path}/person-page?language=en`);
    expect(section(body, 'tried')).toEqual(['2 March 2026: Poliția Exemplu asked, and was told nothing (2 times).']);
    expect(section(body, 'looked')).toEqual(['2 March 2026: Garda de Audit – checked what was done for you, without your name and your story.']);
    expect(section(body, 'who').filter((line) => line.startsWith('Garda de Audit – checks that everybody did what they must'))).toHaveLength(1);
    expect(section(body, 'ended')).toEqual(['Clinica Aurora: may be asked to help you, you said stop on 2 March 2026.']);
    expect(section((await audited.shelter.get(`${other.path}/person-page?language=en`)).body, 'tried')).toEqual(['Nobody.']);
  });

  it('tells who tried also when it had asked for twenty other things in that minute', async () => {
    const { path } = await audited.aCase();
    const labour = audited.tandem.as('inspectia-exemplu');
    for (let n = 0; n < 20; n++) expect((await labour.get(`/v1/cases/${randomUUID()}`)).status).toBe(404);
    expect((await labour.get(path)).status).toBe(404);
    const { body } = await audited.shelter.get(`${path}/person-page?language=en`);
    expect(section(body, 'tried')).toEqual(['2 March 2026: Inspecția Muncii Exemplu asked, and was told nothing.']);
  });

  it('comes as text to print, in Romanian unless asked otherwise', async () => {
    const { path } = await audited.aCase();
    const text = await audited.shelter.get(`${path}/person-page?format=text`);
    expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(text.body).toMatch(/^Ce se știe aici despre dumneavoastră\n2 martie 2026\n/);
    expect(text.body).toContain('- Casa Lumina – are grijă de tot ajutorul pentru dumneavoastră, din 2 martie 2026.');
    expect((await audited.shelter.get(`${path}/person-page?format=pdf`)).status).toBe(400);
    expect((await audited.shelter.get(`${path}/person-page?language=toString`)).status).toBe(400);
  });

  it('is for the case manager, not for others who see the case, nor for strangers', async () => {
    const known = await audited.aCase();
    const { aliases } = audited.tandem.engines;
    const caseId = (await aliases.resolve('casa-lumina', known.alias))!.thing;
    const coordinator = `/v1/cases/${await aliases.aliasFor('centrul-coordonare', 'case', caseId, caseId)}/person-page`;
    const routing = audited.tandem.as({ organisation: 'centrul-coordonare', roles: ['NRM_COORD'] });
    expect(await routing.get(coordinator)).toMatchObject({ status: 403, body: { code: 'role-not-allowed' } });
    expect((await audited.tandem.as('clinica-aurora').get(`${known.path}/person-page`)).status).toBe(404);
  });
});

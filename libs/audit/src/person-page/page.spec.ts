import { describe, expect, it } from '@jest/globals';
import { type CaseFacts, NO_FACTS } from '#casework';
import type { StoredEvent } from '#event-store';
import { COMPARTMENTS } from '#kernel';
import { CONSENT_PURPOSES, DISCLOSURE_GROUNDS, ROLES, type Organisation } from '#mechanism';
import type { AuditMandate } from '#platform';
import { pageText, personPage, type PageSources, type SectionName } from './page.js';
import { PAGE_LANGUAGES } from './words.js';

const NOW = '2026-03-10T09:00:00.000Z';
const BEFORE = '2026-03-01T22:30:00.000Z';
const entry = (id: string, name: string, roles: Organisation['roles'], kind: Organisation['kind'] = 'NGO'): [string, Organisation] => [
  id, { id, name, kind, country: 'RO', roles, services: [], regions: [], acceptsMinors: true, status: 'ACTIVE', version: '0' },
];
const organisations = new Map([
  entry('casa-lumina', 'Casa Lumina', ['CM', 'DETECT']), entry('clinica-aurora', 'Clinica Aurora', ['SP']), entry('asociatia-punte', 'Asociația Punte', ['SP']),
  entry('casa-verde', 'Casa Verde', ['SP']),
  entry('politia-exemplu', 'Poliția Exemplu', ['LE'], 'LAW_ENFORCEMENT'), entry('inspectia-exemplu', 'Inspecția Exemplu', ['DETECT'], 'PUBLIC'),
]);
const facts: CaseFacts = {
  ...NO_FACTS, person: 'p', notifiedBy: 'inspectia-exemplu', notifiedAt: BEFORE, recordedAt: BEFORE, assistance: 'ACTIVE', ageBand: '26-40',
  engagements: [
    { organisation: 'casa-lumina', role: 'CM', through: 'case', scope: 'FULL', since: BEFORE },
    { organisation: 'clinica-aurora', role: 'SP', through: 'r1', scope: 'FULL', since: BEFORE, until: '2026-04-01T00:00:00.000Z' },
    { organisation: 'asociatia-punte', role: 'SP', through: 'r2', scope: 'OFFER', since: BEFORE },
    { organisation: 'casa-verde', role: 'SP', through: 'r3', scope: 'OFFER', since: BEFORE },
  ],
  consents: [
    { consentId: 'c1', purpose: 'REFERRAL', recipient: 'clinica-aurora', countries: [], giver: 'SELF', givenAt: BEFORE, expiresAt: '2026-05-30T22:00:00.000Z' },
    { consentId: 'c2', purpose: 'REFERRAL', recipient: 'asociatia-punte', countries: [], giver: 'SELF', givenAt: BEFORE, withdrawnAt: '2026-03-05T10:00:00.000Z' },
    { consentId: 'c4', purpose: 'REFERRAL', recipient: 'casa-verde', countries: [], giver: 'SELF', givenAt: BEFORE },
    { consentId: 'c3', purpose: 'INTERVIEW', countries: [], giver: 'SELF', givenAt: BEFORE, expiresAt: '2026-03-03T00:00:00.000Z' },
  ],
  overrides: [{ overrideId: 'o1', ground: 'RISK_TO_LIFE', recipient: 'politia-exemplu', contents: [], madeBy: 'worker', madeAt: '2026-03-04T10:00:00.000Z', review: 'UPHELD' }],
} as unknown as CaseFacts;
const event = (organisation: string, data: object, recordedAt = '2026-03-06T10:00:00.000Z') => ({ data, metadata: { organisation, recordedAt } }) as unknown as StoredEvent;
const sources: PageSources = {
  facts, organisations, mandates: [], language: 'en', timeZone: 'Europe/Bucharest', now: NOW,
  disclosures: [event('clinica-aurora', { categories: ['identity', 'health'] }), event('garda-audit', { categories: [] })],
  refusals: [event('politia-exemplu', {}), event('politia-exemplu', {}), event('inspectia-exemplu', {})],
};
const lines = (name: SectionName, more: Partial<PageSources> = {}) => personPage({ ...sources, ...more }).sections.find((section) => section.name === name)?.lines;

describe('the page of the person', () => {
  it('says who can see what about her, in which role, since when and until when', () => {
    expect(lines('who')).toEqual([
      'Casa Lumina – looks after all the help for you, since 2 March 2026. It sees what is done for you and can open your private details. Each time it does is written below.',
      'Clinica Aurora – gives you help, since 2 March 2026, until 1 April 2026. It sees what is done for you and can open your private details. Each time it does is written below.',
      'Casa Verde – gives you help, since 2 March 2026. It was asked whether it can help. It knows your age group and what you need. It does not know your name.',
      'Inspecția Exemplu – was the first to say that you may need help. It knows only what it told us itself.',
    ]);
  });

  it('says who audits under a mandate that covers her, while it is in force, and no other', () => {
    const auditor = new Map([...organisations, entry('garda-audit', 'Garda Audit', ['AUDIT'], 'PUBLIC')]);
    const mandate: AuditMandate = {
      mandate: 'm1', organisation: 'garda-audit', legalBasis: 'law-1', country: 'RO', casesFrom: '2026-01-01T00:00:00.000Z', casesUntil: '2026-06-01T00:00:00.000Z',
      validFrom: '2026-03-05T10:00:00.000Z', expiresAt: '2026-03-20T10:00:00.000Z',
    };
    const told = (more: Partial<AuditMandate> = {}) => lines('who', { organisations: auditor, mandates: [{ ...mandate, ...more }] })?.filter((line) => line.startsWith('Garda'));
    expect(told()).toEqual(['Garda Audit – checks that everybody did what they must, since 5 March 2026, until 20 March 2026. It sees what is done for you. It does not see your name or your story.']);
    expect([told({ country: 'IT' }), told({ expiresAt: NOW }), told({ casesFrom: NOW }), told({ organisation: 'casa-verde' })]).toEqual([[], [], [], []]);
  });

  it('leaves out who can see nothing any more', () => {
    const later = lines('who', { now: '2026-04-02T00:00:00.000Z' });
    expect(later?.some((line) => line.startsWith('Clinica Aurora'))).toBe(false);
  });

  it('says what she agreed to and until when, and what is over', () => {
    expect(lines('agreed')).toEqual(['Clinica Aurora: may be asked to help you, until 31 May 2026.', 'Casa Verde: may be asked to help you.']);
    expect(lines('ended')).toEqual([
      'Asociația Punte: may be asked to help you, you said stop on 5 March 2026.',
      'Only those who work with you: talking with you about what happened, over since 3 March 2026.',
    ]);
  });

  it('says what she said no to', () => {
    const refusals = [{ purpose: 'FOLLOW_UP', recipient: 'casa-lumina', at: '2026-03-06T10:00:00.000Z' }];
    expect(lines('ended', { facts: { ...facts, consents: [], refusals } as unknown as CaseFacts })).toEqual(['Casa Lumina: may ask you later how you are, you said no on 6 March 2026.']);
  });

  it('says what was told without asking her, and whether somebody checked it', () => {
    expect(lines('unasked')).toEqual(['4 March 2026: Poliția Exemplu, because a life was in danger. A second person checked it and agreed.']);
    const [override] = facts.overrides;
    const due = { ...facts, overrides: [{ ...override!, review: undefined }] } as unknown as CaseFacts;
    expect(lines('unasked', { facts: due })?.[0]).toContain('A second person still has to check it.');
  });

  it('says who looked and who tried', () => {
    expect(lines('looked')).toEqual(['6 March 2026: Clinica Aurora – your name and papers, your health.', '6 March 2026: garda-audit – checked what was done for you, without your name and your story.']);
    const abroad = event('casa-lumina', { categories: [], recipient: 'casa-verde' });
    expect(lines('looked', { disclosures: [abroad] })).toEqual(['6 March 2026: Casa Lumina – prepared a page about you, without your name and your story, for Casa Verde in another country.']);
    expect(lines('tried')).toEqual(['6 March 2026: Poliția Exemplu asked, and was told nothing (2 times).', '6 March 2026: Inspecția Exemplu asked, and was told nothing.']);
  });

  it('says whether the state pays for a help, and that no help waits for it or ends with it; nothing where nobody asked', () => {
    const since = '2026-03-06T10:00:00.000Z';
    const funding = (state: string, dueAt = since) => ({ episodeId: `r1/${state}`, state, since, dueAt });
    const asked = ['REQUESTED', 'GRANTED', 'QUEUED', 'REFUSED'].map((state) => funding(state, '2026-03-10T22:00:00.000Z'));
    expect(lines('paid', { facts: { ...facts, fundings: [...asked, { ...funding('GRANTED'), episodeId: 'r2' }] } as unknown as CaseFacts })).toEqual([
      '6 March 2026: somebody asked. An answer is owed by 11 March 2026. Your help does not wait for it.', '6 March 2026: the state pays (2 times).',
      '6 March 2026: the state pays later. The help that you have goes on.',
      '6 March 2026: the state does not pay. The help that you have does not end because of that, and it can be asked again.',
    ]);
    expect(lines('paid')).toBeUndefined();
  });

  it('says so where there is nothing to tell', () => {
    const empty = { facts: { ...facts, consents: [], overrides: [] }, disclosures: [], refusals: [] };
    for (const name of ['agreed', 'ended', 'unasked', 'looked', 'tried'] as const) expect(lines(name, empty)).toHaveLength(1);
    expect(lines('who', { facts: NO_FACTS })).toEqual(['Nobody.']);
  });

  it.each(PAGE_LANGUAGES)('never names what happened to her, in %s', (language) => {
    const all = { ...facts, consents: CONSENT_PURPOSES.map((purpose) => ({ ...facts.consents[0]!, purpose })), overrides: DISCLOSURE_GROUNDS.map((ground) => ({ ...facts.overrides[0]!, ground })) };
    const everybody = new Map(ROLES.map((role) => entry(role.toLowerCase(), 'Casa', [role], 'PUBLIC')));
    const fundings = (['REQUESTED', 'GRANTED', 'QUEUED', 'REFUSED'] as const).map((state) => ({ episodeId: state, state, since: BEFORE, dueAt: NOW }));
    const engaged = { ...all, fundings, engagements: ROLES.map((role) => ({ ...facts.engagements[0]!, organisation: role.toLowerCase(), role })) };
    const looked = [event('casa-lumina', { categories: COMPARTMENTS })];
    const text = pageText(personPage({ ...sources, facts: engaged, disclosures: looked, organisations: everybody, language }));
    expect(text).not.toMatch(/trafic|traffick|victim|exploat|exploit|prostitu|sclav|slave|MNIR|NRM|ANITP|program/i);
    expect(text).not.toMatch(/undefined|null|\[object/);
    expect(text.split('\n').length).toBeGreaterThan(40);
  });

  it('is written in Romanian too, with the days of the country', () => {
    const text = pageText(personPage({ ...sources, language: 'ro' }));
    expect(text).toContain('Clinica Aurora: poate fi rugată să vă ajute, până la 31 mai 2026.');
    expect(text).toContain('6 martie 2026: Poliția Exemplu a întrebat și nu a aflat nimic (de 2 ori).');
  });
});

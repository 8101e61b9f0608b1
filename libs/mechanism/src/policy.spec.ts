import { describe, expect, it } from '@jest/globals';
import {
  InvalidDocument,
  knownPolicies,
  loadPolicy,
  type PolicyKey,
  resolveReference,
  romanianReference,
  shippedPolicy,
  shippedReference,
  UnknownVersion,
} from './index.js';
import { ROMANIA_2026_1 } from './policies/romania-2026-1.js';
import { ROMANIA_2026_2 } from './policies/romania-2026-2.js';
import { ROMANIA_2026_3 } from './policies/romania-2026-3.js';

type Document = Record<string, unknown> & { values: Record<string, Record<string, unknown>> };
const document = (): Document => structuredClone<unknown>(ROMANIA_2026_3) as Document;
const fault = (change: (document: Document) => void): string => {
  const changed = document();
  change(changed);
  try {
    loadPolicy(changed);
  } catch (error) {
    if (error instanceof InvalidDocument) return error.path;
    throw error;
  }
  return 'none';
};

/** Hashes under which documents were published. One is added, never changed. */
const PUBLISHED = {
  'RO/2026-1': '694a8554eb8b4f867e857a94c9e564a402aff509ff3bb0ce5575af4ea92f91f8',
  'RO/2026-2': '99c374ba7e704b5524bc6b8cb755752ae9d14b3ce811823f9d64a0fb730f5f25',
  'LV/2026-1': '228fd99a2ac0334684e28cf2773e8031e90e02a1152f8abe3e166e2ece5465f2',
  'UK/2026-1': '7380a9f3fe02286f8f71574f42631575e132cca583625795f98f84a2db247511',
  'BG/2026-1': '6c09b4e6cf6289fec8a1a6d3a23efab0e4ec4d01387213fab26cb93109c8ddc1',
  'RO/2026-3': 'dd06ac42b51bd8cdf0c679d83c20ba2b850f66662cef5fc31150dd393a837349',
  'LV/2026-2': '48c9d2f5112bf538055a795ecab27b23ca4b8bff742013a779d2877df48dccbe',
  'UK/2026-2': '9b4847e0cf67476954e6043231d1fb8073cf59237b0bdfafefa07d0c7ed5a5b3',
  'BG/2026-2': '2e5ee4b8b7281b7285cc439acf5b3f8a60b06cc48101be5f268cc689dc2eb170',
};

describe('a policy document', () => {
  it('is what it was when its version was published: a version never changes', () => {
    const hashes = Object.fromEntries(knownPolicies().map(({ version, hash }) => [version, hash]));
    expect(hashes).toEqual(PUBLISHED);
  });

  it('names the key where it is wrong', () => {
    expect(fault((d) => (d.values['screening.limit']!['value'] = { hours: 0 }))).toBe(
      '/values/screening.limit/value/hours',
    );
    expect(fault((d) => (d.values['screening.limit']!['value'] = { hours: 1, days: 1 }))).toBe(
      '/values/screening.limit/value',
    );
    expect(fault((d) => (d.values['id.rule']!['value'] = 'GUESS'))).toBe('/values/id.rule/value');
    expect(fault((d) => delete d.values['id.rule'])).toBe('/values/id.rule');
    expect(fault((d) => (d.values['id.rules'] = {}))).toBe('/values/id.rules');
    expect(fault((d) => delete d.values['minor.assent_age']!['source'])).toBe('/values/minor.assent_age/source');
    expect(fault((d) => (d['timeZone'] = 'Europe/Nowhere'))).toBe('/timeZone');
    expect(fault((d) => (d['country'] = 'LV'))).toBe('/version');
    expect(fault((d) => (d['holidays'] = 'XX'))).toBe('/holidays');
    expect(fault((d) => (d['format'] = 4))).toBe('/format');
    expect(fault((d) => (d.values['rrp.warnings']!['value'] = []))).toBe('/values/rrp.warnings/value');
    expect(fault((d) => (d.values['id.presumption_days']!['provisional'] = false))).toBe('/values/id.presumption_days/provisional');
    expect(fault((d) => (d.values['id.rule']!['value'] = 'AMP_GROUPS'))).toBe('/values/id.group_minima/value');
    expect(fault((d) => (d.values['service.aftercare']!['value'] = { consultations: 5 }))).toBe('/values/service.aftercare/value/within');
    expect(fault((d) => (d.values['deadline.ladder']!['value'] = { WITHIN_A_DAY: {} }))).toMatch(/^\/values\/deadline\.ladder\/value/);
    expect(() => loadPolicy(undefined)).toThrow(InvalidDocument);
  });

  it('has another hash when any value is another', () => {
    const changed = document();
    changed.values['minor.assent_age']!['value'] = 12;
    expect(loadPolicy(changed).hash).not.toBe(romanianReference([]).policy.hash);
    expect(loadPolicy(document()).hash).toBe(romanianReference([]).policy.hash);
  });

  it('of the first format is read as it was, and says of all later keys that they are not known', () => {
    const { values, unknown, provisional } = loadPolicy(ROMANIA_2026_1);
    for (const [key, { value }] of Object.entries(ROMANIA_2026_1.values)) expect(values[key as PolicyKey]).toEqual(value);
    expect(unknown).toContain('rrp.days');
    expect(unknown).not.toContain('id.rule');
    expect(provisional).toEqual(expect.arrayContaining([...unknown]));
  });
});

describe('a policy document of format 2', () => {
  it('is read as it was, and says of the keys that came later that they are not known', () => {
    const { values, unknown } = loadPolicy(ROMANIA_2026_2);
    for (const [key, { value }] of Object.entries(ROMANIA_2026_2.values)) expect(values[key as PolicyKey]).toEqual(value);
    expect(unknown).toEqual(expect.arrayContaining(['break_glass.open', 'case_manager.reply', 'deadline.ladder', 'screening.not_now_max']));
    expect(loadPolicy(ROMANIA_2026_3).unknown).not.toContain('deadline.ladder');
    expect(loadPolicy(ROMANIA_2026_3).values['deadline.ladder']).toEqual(values['deadline.ladder']);
  });
});

describe('the policies of four countries (domain.md 2.9)', () => {
  const of = (version: string) => shippedPolicy(version);
  it.each<[PolicyKey, unknown, unknown, unknown, unknown]>([
    ['id.formal_deciders', ['ID_AUTH', 'LE', 'PROS'], ['LE', 'PROS', 'COURT', 'NGO_COMMISSION'], ['SCA'], ['LE']],
    ['id.notify_to', ['NRM_COORD'], ['NRM_COORD', 'SP', 'LE'], ['SCA'], ['NRM_COORD', 'LE']],
    ['id.presumption_days', { workingDays: 5 }, { workingDays: 3 }, { workingDays: 5 }, { workingDays: 5 }],
    ['id.dossier_days', 'NONE', { positive: { workingDays: 3 }, negative: { workingDays: 10 } }, 'NONE', 'NONE'],
    ['id.rule', 'DELPHI', 'AMP_GROUPS', 'TWO_STAGE', 'DELPHI'],
    ['notify.adult_identity', 'CONSENT_OR_LEGAL_BASIS', 'WITH_APPLICATION', 'CONSENT', 'CONSENT'],
    ['rrp.days', { days: 90 }, { days: 30 }, { days: 30 }, { days: 30 }],
    ['rrp.start_trigger', 'SERIOUS_REASONS', 'PRESUMPTION', 'PRESUMPTION', 'FORMAL_IDENTIFICATION'],
    ['rrp.count_mode', 'EXCLUSIVE', 'EXCLUSIVE', 'INCLUSIVE', 'EXCLUSIVE'],
    ['rrp.end_rule', 'FIXED', 'FIXED', 'LATER_OF_DECISION', 'FIXED'],
    ['rrp.ends_on_cooperation', false, false, false, true],
    ['service.decision_days', { workingDays: 5 }, { workingDays: 3 }, { workingDays: 5 }, { workingDays: 5 }],
    ['service.max_days', 'NONE', { days: 180 }, 'NONE', 'NONE'],
    ['service.aftercare', 'NONE', { consultations: 5, within: { months: 24 } }, 'NONE', 'NONE'],
    ['service.suspend_max', 'NONE', { months: 6 }, 'NONE', 'NONE'],
    ['court_support.hours_a_year', 'NONE', 150, 'NONE', 'NONE'],
    ['reconsider.days', { days: 30 }, { days: 30 }, { days: 30 }, { days: 30 }],
    ['return.child_authority', ['CONS', 'CP_AUTH'], ['CP_AUTH'], ['CP_AUTH'], ['CP_AUTH', 'CONS']],
  ])('%s', (key, romania, latvia, unitedKingdom, bulgaria) => {
    const found = ['RO/2026-3', 'LV/2026-2', 'UK/2026-2', 'BG/2026-2'].map((version) => of(version).values[key]);
    expect(found).toEqual([romania, latvia, unitedKingdom, bulgaria]);
  });

  it('say what is not known, and call it provisional', () => {
    for (const policy of knownPolicies()) {
      expect(policy.unknown.length).toBeGreaterThan(0);
      expect(policy.provisional).toEqual(expect.arrayContaining([...policy.unknown]));
    }
    expect(of('BG/2026-1').unknown).toContain('id.rule');
    expect(of('LV/2026-1').unknown).not.toContain('id.presumption_days');
    expect(of('UK/2026-1').provisional).not.toContain('reconsider.days');
  });

  it('count the public holidays of their country', () => {
    const due = (country: string): string => shippedReference(country, []).calendar.due('2026-11-16T09:00:00.000Z', { workingDays: 2 });
    expect(['RO', 'LV', 'UK', 'BG'].map(due)).toEqual([
      '2026-11-18T22:00:00.000Z', '2026-11-19T22:00:00.000Z', '2026-11-19T00:00:00.000Z', '2026-11-18T22:00:00.000Z',
    ]);
  });
});

describe('the Romanian policy', () => {
  it('names DELPHI explicitly and as provisional (R-10, R-18)', () => {
    const { policy } = romanianReference([]);
    expect(policy.values['id.rule']).toBe('DELPHI');
    expect(policy.provisional).toEqual(
      expect.arrayContaining(['id.rule', 'id.formal_deciders', 'id.presumption_deciders']),
    );
  });
});

describe('the registry', () => {
  const clinic = {
    id: 'clinica-aurora',
    name: 'Clinica Aurora',
    kind: 'NGO',
    country: 'RO',
    roles: ['SP'],
    services: ['MED'],
    regions: [],
    acceptsMinors: true,
    status: 'ACTIVE',
    version: '3',
  } as const;

  it('writes down every version that a decision rests on', () => {
    const reference = romanianReference([clinic]);
    expect(reference.versions).toEqual({
      policy: 'RO/2026-3',
      catalogue: 'DELPHI/2009-1',
      instrument: 'RA-1/1',
    });
    expect(reference.organisations.get('clinica-aurora')).toBe(clinic);
    expect(resolveReference(reference.versions, [clinic])).toEqual(reference);
  });

  it('guesses no version that it does not have', () => {
    const { versions } = romanianReference([]);
    for (const kind of ['policy', 'catalogue', 'instrument'] as const) {
      expect(() => resolveReference({ ...versions, [kind]: 'X/1' }, [])).toThrow(UnknownVersion);
      expect(() => resolveReference({ ...versions, [kind]: '' }, [])).toThrow(UnknownVersion);
    }
    expect(knownPolicies().map(({ version }) => version)).toEqual([
      'RO/2026-1', 'RO/2026-2', 'LV/2026-1', 'UK/2026-1', 'BG/2026-1', 'RO/2026-3', 'LV/2026-2', 'UK/2026-2', 'BG/2026-2',
    ]);
  });
});

describe('what binds every country', () => {
  const stated = (key: string, value: object) => fault((changed) => {
    changed.values[key] = { ...changed.values[key], value };
  });
  it.each([
    ['rrp.minimum', { days: 29 }, { days: 30 }],
    ['rrp.minimum', { minutes: 1 }, { days: 45 }],
    ['override.review', { hours: 25 }, { hours: 24 }],
    ['override.review', { days: 1 }, { minutes: 90 }],
    ['break_glass.open', { hours: 5 }, { hours: 4 }],
    ['break_glass.open', { months: 1 }, { hours: 1 }],
    ['report.suppression', { published: 10, restricted: 5 }, { published: 11, restricted: 5 }],
    ['report.suppression', { published: 11, restricted: 4 }, { published: 20, restricted: 10 }],
  ])('lets no document say of %s what it forbids: %j', (key, forbidden, lawful) => {
    expect(stated(key, forbidden)).toContain(`/values/${key}`);
    expect(stated(key, lawful)).toBe('none');
  });
});

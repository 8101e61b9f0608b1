import { describe, expect, it } from '@jest/globals';
import {
  InvalidPolicy,
  knownPolicies,
  loadPolicy,
  resolveReference,
  romanianReference,
  UnknownVersion,
} from './index.js';
import { ROMANIA_2026_1 } from './policies/romania-2026-1.js';

type Document = Record<string, unknown> & { values: Record<string, Record<string, unknown>> };
const document = (): Document => structuredClone<unknown>(ROMANIA_2026_1) as Document;
const fault = (change: (document: Document) => void): string => {
  const changed = document();
  change(changed);
  try {
    loadPolicy(changed);
  } catch (error) {
    if (error instanceof InvalidPolicy) return error.path;
    throw error;
  }
  return 'none';
};

describe('a policy document', () => {
  it('is what it was when its version was published: a version never changes', () => {
    expect(romanianReference([]).policy.hash).toBe('694a8554eb8b4f867e857a94c9e564a402aff509ff3bb0ce5575af4ea92f91f8');
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
    expect(() => loadPolicy(undefined)).toThrow(InvalidPolicy);
  });

  it('has another hash when any value is another', () => {
    const changed = document();
    changed.values['minor.assent_age']!['value'] = 12;
    expect(loadPolicy(changed).hash).not.toBe(romanianReference([]).policy.hash);
    expect(loadPolicy(document()).hash).toBe(romanianReference([]).policy.hash);
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
      policy: 'RO/2026-1',
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
    expect(knownPolicies().map(({ version }) => version)).toEqual(['RO/2026-1']);
  });
});

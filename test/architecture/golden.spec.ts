/** What was stored once is read for ever: samples of every event fold, and nobody changes a stored form without a new schema. */
import { describe, expect, it } from '@jest/globals';
import { FACTS_OF_EVENTS } from '#casework/nest';
import type { Envelope, Recorded } from '#kernel';
import { caseWorkflow } from '#casework';
import { samples, storedForms } from '../support/casework-files.js';
import { factsFault } from '../support/facts-shown.js';
import { type Form, conforms, formOf, mergeForms } from '../support/stored-form.js';

const SAMPLES = samples();
const FORMS = storedForms();
const TYPES = caseWorkflow.stages.flatMap((stage) => Object.keys(stage.events as object).map((type) => [stage.name, type] as const));

const ENVELOPE: Envelope = {
  schema: 1, occurredAt: '2026-03-10T08:00:00.000Z', recordedAt: '2026-03-10T08:00:00.000Z', actor: 'actor', organisation: 'casa-lumina', role: 'CM',
  commandId: '', correlationId: '', causationId: '', reference: {}, legalBasis: '', sensitivity: 2, chain: '',
};

function recorded(sample: { type: string; schema: number; data: object }, revision: number): Recorded {
  const { type, schema, data } = sample;
  return { id: String(revision), type, stream: 'case-golden', revision, data, metadata: { ...ENVELOPE, schema } };
}

function clear(data: object): object {
  const { personal: _sealed, ...rest } = data as { personal?: unknown };
  return rest;
}

describe('stored samples', () => {
  it.each(TYPES)('%s keeps one of %s in each of its schemas', (stage, type) => {
    const current = caseWorkflow.event(type)!.rule.schema;
    const kept = new Set(SAMPLES.filter((s) => s.type === type && s.stage === stage).map(({ schema }) => schema));
    expect([...kept].sort()).toEqual(Array.from({ length: current }, (_, index) => index + 1));
  });

  it('fold, each on a case that does not exist yet', () => {
    for (const sample of SAMPLES) expect(() => caseWorkflow.fold([recorded(sample, 0)])).not.toThrow();
  });

  it('fold one after the other, whatever the order of the stages', () => {
    const together = SAMPLES.map(recorded);
    expect(caseWorkflow.fold(together).revision).toBe(together.length - 1);
    expect(caseWorkflow.fold(together.toReversed().map((event, revision) => ({ ...event, revision }))).revision).toBe(together.length - 1);
  });

  it('have the form that stands for their schema', () => {
    const odd = SAMPLES.filter(({ type, schema, data }) => !(FORMS[`${type}/${String(schema)}`] ?? []).some((form) => conforms(clear(data), form)));
    expect(odd.map(({ type, schema, data }) => ({ [`${type}/${String(schema)}`]: [formOf(clear(data))] }))).toEqual([]);
  });

  it('are told in a history as the API says', () => {
    const current = SAMPLES.filter(({ type, schema }) => schema === caseWorkflow.event(type)?.rule.schema);
    expect(current.flatMap(({ type, data }) => factsFault(type, clear(data)) ?? [])).toEqual([]);
    expect(FACTS_OF_EVENTS.map(({ type }) => type)).toEqual(TYPES.map(([, type]) => type).sort());
  });

  it('are of events that a stage still knows', () => {
    expect(SAMPLES.filter(({ type }) => caseWorkflow.event(type) === undefined)).toEqual([]);
  });
});

describe('a form', () => {
  const form: Form = { a: 'string', 'b?': ['number'], c: { d: 'boolean' } };

  it('takes what has all keys, and refuses a key more, a key less and another type', () => {
    expect(conforms({ a: '', c: { d: true } }, form)).toBe(true);
    expect(conforms({ a: '', b: [1], c: { d: true } }, form)).toBe(true);
    for (const odd of [{ a: '' }, { a: '', c: {} }, { a: 1, c: { d: true } }, { a: '', b: [''], c: { d: true } }, { a: '', c: { d: true }, e: 1 }]) {
      expect(conforms(odd, form)).toBe(false);
    }
  });

  it('of two values has the keys of both, and marks what one of them lacks', () => {
    expect(mergeForms(formOf({ a: 'x', b: [] }), formOf({ a: 1, b: [2], c: true }))).toEqual({ a: 'number|string', b: ['number'], 'c?': 'boolean' });
  });
});

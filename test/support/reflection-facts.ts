/** Facts and wishes of which the specifications of the reflection period are made. */
import type { Given } from '#kernel';
import { shippedReference } from '#mechanism';
import { caseWorkflow } from '#casework';
import { given } from './case-specification.js';
import { ORGANISATIONS } from './reference.js';

export type Country = 'RO' | 'LV' | 'UK' | 'BG';
export const REFERENCES = Object.fromEntries(['RO', 'LV', 'UK', 'BG'].map((country) => [country, shippedReference(country, ORGANISATIONS)]));
export const COORDINATOR = { organisation: 'centrul-coordonare', role: 'NRM_COORD', actor: 'coordinator-1' } as const;
export const CLOCK = { organisation: 'tandem', role: 'CLOCK', actor: 'clock', human: false } as const;
export const at = (one: Given, occurredAt: string): Given => ({ ...one, metadata: { occurredAt } });
export const identified: Given = { type: 'VictimFormallyIdentified', data: { authority: 'politia-exemplu', deciderRole: 'LE', provisional: true } };
export const refused: Given = { type: 'FormalIdentificationRefused', data: { ...identified.data, reason: 'CRITERIA_NOT_MET' } };
export const declined: Given = { type: 'FormalIdentificationDeclined', data: { reason: 'FEAR' } };
export const offered: Given = { type: 'ReflectionPeriodOffered', data: { media: ['ORAL'] } };
export const start = { type: 'StartReflectionPeriod', body: {} };
export const end = (reason: string, more: object = {}) => ({ type: 'EndReflectionPeriod', body: { reason, ...more } });
export const started = (from: string, until: string, more: object = {}): Given => ({
  type: 'ReflectionPeriodStarted', data: { from, until, trigger: 'SERIOUS_REASONS', untilDecision: false, provisional: true, ...more },
});
export const FROM = '2026-03-10T09:00:00.000Z';
/** Midnight after the 90th day: summer time came in between, so Bucharest is an hour further from UTC. */
export const UNTIL = '2026-06-08T21:00:00.000Z';
export const running = started(FROM, UNTIL);
export const in_ = (country: Country, now = FROM) => ({ reference: REFERENCES[country]!, now, occurredAt: now });
/** The United Kingdom, were its policy another in one place. */
export const with_ = (values: object) => ({ ...REFERENCES['UK']!, policy: { ...REFERENCES['UK']!.policy, values: { ...REFERENCES['UK']!.policy.values, ...values } } });
export const dutiesIn = (country: Country, ...events: readonly Given[]) =>
  caseWorkflow.duties(given(...events).state, REFERENCES[country]!).filter(({ name }) => name.startsWith('reflection-period'));

/** Schemas of what auditors, officers and the person read. */
import { byName, closed, COUNT, FLAG, IDENTIFIER, type JsonSchema, list, MOMENT_TEXT as MOMENT, TEXT } from '#platform/nest';
import { COMPARTMENTS } from '#kernel';

/** What a fact was or is: a code, a number, or a thing of the case. Which facts there are is `CaseFacts`. */
const VALUE: JsonSchema = {};
const CHANGE: JsonSchema = { anyOf: [closed({ fact: TEXT, was: VALUE, is: VALUE }), closed({ fact: TEXT, removed: list(VALUE), added: list(VALUE) })] };
/** The clear facts of an event: which fields an event has is held by test/architecture/stored-forms.json. */
const FACTS: JsonSchema = { type: 'object' };

const STEP = closed({
  revision: COUNT, type: TEXT, occurredAt: MOMENT, recordedAt: MOMENT, actor: TEXT, organisation: TEXT, role: TEXT, legalBasis: TEXT,
  reference: byName(TEXT), facts: FACTS, sealed: list({ enum: COMPARTMENTS }), changes: list(CHANGE),
});
export const HISTORY = closed({ caseId: IDENTIFIER, steps: list(STEP), withheld: COUNT });

/** @param view schema of a case as it is shown */
export const visibility = (view: JsonSchema): JsonSchema =>
  closed({ organisation: TEXT, at: MOMENT, scope: TEXT, because: TEXT, personalData: FLAG, view: { anyOf: [view, { type: 'null' }] } });

const ENTRY = { type: TEXT, at: MOMENT, actor: TEXT, organisation: TEXT, role: TEXT, legalBasis: TEXT };
const DISCLOSURE = closed({ ...ENTRY, purpose: TEXT, categories: list({ enum: COMPARTMENTS }), references: COUNT, ground: TEXT }, ['ground']);
const REFUSAL = closed({ ...ENTRY, attempted: TEXT, because: TEXT });
export const DISCLOSURES = closed({ caseId: IDENTIFIER, disclosures: list(DISCLOSURE), refused: list(REFUSAL) });

export const MANDATE = closed({
  mandate: IDENTIFIER, organisation: TEXT, legalBasis: TEXT, country: TEXT, casesFrom: MOMENT, casesUntil: MOMENT, validFrom: MOMENT, expiresAt: MOMENT,
});
export const SAMPLE = closed({ mandate: IDENTIFIER, asOf: MOMENT, population: COUNT, cases: list(closed({ caseId: IDENTIFIER, notifiedAt: MOMENT, events: COUNT })) });
export const LEDGER_HEAD = closed({ at: MOMENT, root: TEXT, keyId: TEXT, signature: TEXT, keys: byName(TEXT) });
export const PERSON_PAGE = closed({
  language: { enum: ['ro', 'en'] }, title: TEXT, opening: TEXT, day: TEXT, sections: list(closed({ name: TEXT, heading: TEXT, lines: list(TEXT) })),
});

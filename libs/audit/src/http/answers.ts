/** Schemas of what auditors, officers and the person read. */
import { byName, closed, COUNT, FLAG, IDENTIFIER, type JsonSchema, list, MOMENT_TEXT as MOMENT, named, TEXT } from '#platform/nest';
import { FACTS_OF_EVENTS } from '#casework/nest';
import { COMPARTMENTS } from '#kernel';
import { AGE_BANDS } from '#mechanism';
import { DECISION_MAKERS, TRAFFICKING_STATUSES } from '../export/htcds.js';
import { FACTS } from './shown.generated.js';

/** Of a list what came and went; of any other fact what it was and is, nothing where it was not told. */
function changeOf([fact, schema]: readonly [string, JsonSchema]): JsonSchema {
  const { items } = schema as { items?: JsonSchema };
  if (items !== undefined) return closed({ fact: { const: fact }, removed: list(items), added: list(items) });
  const value = { anyOf: [schema, { type: 'null' }] };
  return closed({ fact: { const: fact }, was: value, is: value });
}
const CHANGE = named('ChangeOfCase', { anyOf: Object.entries(FACTS).map(changeOf) });

const STEP_OF_ANY = closed({
  revision: COUNT, type: TEXT, occurredAt: MOMENT, recordedAt: MOMENT, actor: TEXT, organisation: TEXT, role: TEXT, legalBasis: TEXT,
  reference: byName(TEXT), facts: { anyOf: FACTS_OF_EVENTS.map(({ facts }) => facts) }, sealed: list({ enum: COMPARTMENTS }), changes: list(CHANGE),
});
/** The facts are those of the event's own type: `oneOf` says which. */
const STEP = named('HistoryStep', { ...STEP_OF_ANY, oneOf: FACTS_OF_EVENTS.map(({ type, facts }) => ({ properties: { type: { const: type }, facts } })) });
export const HISTORY = closed({ caseId: IDENTIFIER, steps: list(STEP), withheld: COUNT });

/** @param view schema of a case as it is shown */
export const visibility = (view: JsonSchema): JsonSchema =>
  closed({ organisation: TEXT, at: MOMENT, scope: TEXT, because: TEXT, personalData: FLAG, view: { anyOf: [view, { type: 'null' }] } });

const ENTRY = { type: TEXT, at: MOMENT, actor: TEXT, organisation: TEXT, role: TEXT, legalBasis: TEXT };
const DISCLOSURE = closed({ ...ENTRY, purpose: TEXT, categories: list({ enum: COMPARTMENTS }), references: COUNT, ground: TEXT, recipient: TEXT }, ['ground', 'recipient']);
const REFUSAL = closed({ ...ENTRY, attempted: TEXT, because: TEXT });
export const DISCLOSURES = closed({ caseId: IDENTIFIER, disclosures: list(DISCLOSURE), refused: list(REFUSAL) });

const OF_THE_STANDARD = {
  cas_Status: { enum: ['Active', 'FollowUp', 'Closed', 'ClosedReferred'] }, prs_Gender: { enum: ['Feminine', 'Masculine', 'NonSpecifiedUnknown'] },
  prs_Citizenship: list(TEXT), vic_TraffickingStatus: { enum: TRAFFICKING_STATUSES }, vic_TraffickingStatusDecisionMakingOrg: { enum: DECISION_MAKERS },
  vic_TypeOfExploitation: list({ enum: ['SexualExploitation', 'ForcedLabour', 'Other'] }), con_Consent: { const: true },
};
const NOT_ALWAYS_KNOWN = ['cas_Status', 'prs_Citizenship', 'vic_TraffickingStatus', 'vic_TraffickingStatusDecisionMakingOrg', 'vic_TypeOfExploitation'] as const;
export const HTCDS = closed({
  standard: { const: 'HTCDS' }, version: { const: '2.0' }, fields: closed(OF_THE_STANDARD, NOT_ALWAYS_KNOWN),
  local: closed({ caseId: IDENTIFIER, ageBand: { enum: AGE_BANDS }, country: TEXT }),
});

export const MANDATE = closed({
  mandate: IDENTIFIER, organisation: TEXT, legalBasis: TEXT, country: TEXT, casesFrom: MOMENT, casesUntil: MOMENT, validFrom: MOMENT, expiresAt: MOMENT,
});
export const SAMPLE = closed({ mandate: IDENTIFIER, asOf: MOMENT, population: COUNT, cases: list(closed({ caseId: IDENTIFIER, notifiedAt: MOMENT, events: COUNT })) });
export const LEDGER_HEAD = closed({ at: MOMENT, root: TEXT, keyId: TEXT, signature: TEXT, keys: byName(TEXT) });
export const PERSON_PAGE = closed({
  language: { enum: ['ro', 'en'] }, title: TEXT, opening: TEXT, day: TEXT, sections: list(closed({ name: TEXT, heading: TEXT, lines: list(TEXT) })),
});

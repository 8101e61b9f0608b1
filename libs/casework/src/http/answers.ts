/** Schemas of what reads answer with. Closed: a field that nobody decided to show fails the fuzz test. */
import { byName, closed, FLAG, IDENTIFIER, type JsonSchema, list, MOMENT_TEXT as MOMENT, named, TEXT } from '#platform/nest';
import { COMPARTMENTS } from '#kernel';
import { EMERGENCY_STAGES, PARTNERS_STAGES } from '../edge/case-view.js';
import { VIEWING_PURPOSES } from '../edge/personal-data.js';
import { EVENTS, STAGES, VIEWS } from './shown.generated.js';

const AS_OF = closed({ revision: { type: 'integer', minimum: 0 }, at: MOMENT, reference: byName(TEXT) }, ['revision']);

type StageName = keyof typeof STAGES;
const pascal = (name: string): string => name.replaceAll(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
const stage = (name: StageName): JsonSchema => named(`StageOf${pascal(name)}`, STAGES[name]);

/** What stages show of their own slices: all of them, or those of a list. */
function stages(of: readonly string[] = Object.keys(STAGES)): JsonSchema {
  const names = (Object.keys(STAGES) as StageName[]).filter((name) => of.includes(name));
  return closed(Object.fromEntries(names.map((name) => [name, stage(name)])));
}

/** A case as one kind of viewer gets it: what the types of the view say, its stages, and of which moment it is. */
function viewed(name: string, facts: Partial<ClosedObject>, ...shown: readonly JsonSchema[]): JsonSchema {
  const properties = { caseId: IDENTIFIER, ...facts.properties, stages: either(shown), asOf: AS_OF };
  const required = ['caseId', ...(facts.required ?? []), 'stages'];
  return named(name, { type: 'object', required, properties, additionalProperties: false });
}

interface ClosedObject {
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, JsonSchema>>;
}
const either = (schemas: readonly JsonSchema[]): JsonSchema => (schemas.length === 1 ? (schemas[0] ?? {}) : { anyOf: schemas });

const WORKING_ON_IT = viewed('CaseOfWhoWorksOnIt', VIEWS.workingOnIt, stages());
const BROUGHT_IN = viewed('CaseOfWhoWasBroughtIn', VIEWS.broughtIn, stages(PARTNERS_STAGES), stages(EMERGENCY_STAGES));
const ITS_NOTIFIER = viewed('CaseOfItsNotifier', VIEWS.itsNotifier, stages());
const WAS_ASKED = viewed('CaseOfWhoWasAsked', {}, stages());

export const CASE: JsonSchema = { anyOf: [WORKING_ON_IT, BROUGHT_IN, ITS_NOTIFIER, WAS_ASKED] };

/** The clear facts of an event, by its type. */
export const FACTS_OF_EVENTS: readonly { readonly type: string; readonly facts: JsonSchema }[] = Object.entries(EVENTS).map(([type, facts]) => ({
  type, facts: named(`FactsOf${type}`, facts),
}));

export const CASE_PAGE = closed(
  {
    cases: list(
      closed(
        { caseId: IDENTIFIER, scope: TEXT, notifiedAt: MOMENT, opened: FLAG, assistance: TEXT, identification: TEXT, danger: FLAG },
        ['assistance', 'identification', 'danger'],
      ),
    ),
    next: { ...TEXT, description: 'Send it as `after`; absent on the last page.' },
  },
  ['next'],
);

export const PERSONAL_VALUES = closed({
  purpose: { enum: VIEWING_PURPOSES },
  values: list(closed({ compartment: { enum: COMPARTMENTS }, custodian: TEXT, value: {} }, ['value'])),
});

export const COMMAND: JsonSchema = {
  oneOf: [
    closed({ state: { const: 'unknown' } }),
    closed({ state: { const: 'refused' }, code: TEXT, at: MOMENT }),
    closed({ state: { const: 'recorded' }, events: { type: 'integer', minimum: 0 }, at: MOMENT }),
  ],
};

const DATASET = {
  referralId: IDENTIFIER, status: TEXT, referrer: TEXT, priority: TEXT, replyBy: MOMENT,
  services: list(closed({ episodeId: IDENTIFIER, service: TEXT, status: TEXT })), ageBand: TEXT, sex: TEXT, area: TEXT, riskLevel: TEXT,
  languages: list(TEXT), withChildren: FLAG, accessibility: list(TEXT), precautions: list(TEXT), worker: TEXT, startFrom: MOMENT,
};
/** Told only where the person agreed, or where it must be told (domain.md 8.4). */
const MAY_BE_TOLD = ['ageBand', 'sex', 'area', 'riskLevel', 'languages', 'withChildren', 'accessibility', 'precautions', 'worker', 'startFrom'];

export const REFERRAL = closed({ caseId: IDENTIFIER, ...DATASET }, MAY_BE_TOLD);

/** A case that the organisation is asked to lead, before it answers (domain.md 8.4, S1). */
const OFFER = closed({
  offerId: IDENTIFIER, manager: TEXT, replyBy: MOMENT, danger: FLAG, region: TEXT, ageBand: TEXT, underMinorRules: FLAG, interpreterNeeded: FLAG, raisedRisk: FLAG,
});

export const INBOX = closed({
  items: list(closed(
    { waitsFor: TEXT, thingId: IDENTIFIER, by: MOMENT, overdue: FLAG, caseId: IDENTIFIER, referral: closed(DATASET, MAY_BE_TOLD), offer: OFFER },
    ['caseId', 'referral', 'offer'],
  )),
});

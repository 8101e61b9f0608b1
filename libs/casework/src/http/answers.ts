/** Schemas of what reads answer with. Closed: a field that nobody decided to show fails the fuzz test. */
import { byName, closed, FLAG, IDENTIFIER, type JsonSchema, list, MOMENT_TEXT as MOMENT, TEXT } from '#platform/nest';
import { COMPARTMENTS } from '#kernel';
import { NO_FACTS } from '../shared/facts.js';
import { VIEWING_PURPOSES } from '../edge/personal-data.js';

const THINGS = { type: 'array', items: { type: 'object' } };

const AS_OF = closed({ revision: { type: 'integer', minimum: 0 }, at: MOMENT, reference: byName(TEXT) }, ['revision']);
const PAST = { asOf: AS_OF };
/** What each stage shows of its own slice. */
const STAGES = { type: 'object', additionalProperties: { type: 'object' } };

const CONSENT = closed(
  {
    consentId: IDENTIFIER, purpose: TEXT, recipient: TEXT, countries: list(TEXT), dataCategories: list(TEXT), giver: TEXT, givenAt: MOMENT,
    expiresAt: MOMENT, withdrawnAt: MOMENT, opensUntil: MOMENT, live: FLAG,
  },
  ['recipient', 'expiresAt', 'withdrawnAt', 'opensUntil'],
);
const OVERRIDE = closed({ overrideId: IDENTIFIER, ground: TEXT, recipient: TEXT, madeAt: MOMENT, review: TEXT });
const WITHDRAWAL = closed({ purpose: TEXT, recipient: TEXT, by: TEXT, statedTo: TEXT, statedAt: MOMENT }, ['recipient']);
const ENGAGEMENT = closed({ organisation: TEXT, role: TEXT, scope: TEXT, since: MOMENT, until: { type: ['string', 'null'] } });

function schemaOf(fact: unknown): JsonSchema {
  if (typeof fact === 'boolean') return FLAG;
  return Array.isArray(fact) ? THINGS : TEXT;
}

/** The shared facts by kind, but for those that a view shows otherwise or keeps inside. */
function factSchemas(): Readonly<Record<string, JsonSchema>> {
  const { person: _inside, majorityDays: _sealed, openings: _byStage, kept: _forTheClock, ...facts } = NO_FACTS;
  return Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, schemaOf(fact)]));
}

const WORKING_ON_IT = closed(
  {
    caseId: IDENTIFIER, ...factSchemas(), openedBy: TEXT, routedTo: list(TEXT), dangerEscalatedAt: MOMENT, rightsInformedAt: MOMENT, erasureOrderedAt: MOMENT, presumedAt: MOMENT, decidedAt: MOMENT,
    underMinorRules: FLAG, consents: list(CONSENT), overrides: list(OVERRIDE), withdrawals: list(WITHDRAWAL),
    engagements: list(ENGAGEMENT), openServices: { type: 'integer', minimum: 0 }, stages: STAGES, ...PAST,
  },
  ['openedBy', 'dangerEscalatedAt', 'rightsInformedAt', 'erasureOrderedAt', 'presumedAt', 'decidedAt', 'asOf'],
);
const BROUGHT_IN = closed(
  {
    caseId: IDENTIFIER, country: TEXT, region: TEXT, sex: TEXT, ageBand: TEXT, ageStatus: TEXT, signsOfChildhood: FLAG, danger: FLAG, rightsInformed: FLAG,
    interpreterNeeded: FLAG, interpreterProvided: FLAG, assistance: TEXT, guardians: THINGS, assented: FLAG, underMinorRules: FLAG,
    consents: list(CONSENT), overrides: list(OVERRIDE), engagements: list(ENGAGEMENT), stages: STAGES, ...PAST,
  },
  ['asOf'],
);
const ITS_NOTIFIER = closed({ caseId: IDENTIFIER, notifiedAt: MOMENT, danger: FLAG, opened: FLAG, stages: STAGES, ...PAST }, ['asOf']);
const WAS_ASKED = closed({ caseId: IDENTIFIER, stages: STAGES, ...PAST }, ['asOf']);

export const CASE: JsonSchema = { anyOf: [WORKING_ON_IT, BROUGHT_IN, ITS_NOTIFIER, WAS_ASKED] };

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

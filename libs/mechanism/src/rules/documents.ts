/**
 * What an indicator catalogue and a risk instrument look like as documents: everything that makes a screening or an assessment
 * come out as it does, with the names of the codes in three languages. Source: domain.md 3.1 to 3.3, 4.2.
 */
import { AMP_GROUPS, type AmpGroup } from '../policy-values.js';
import { SCREENING_PROFILES, type ScreeningProfile } from '../reference.js';

export interface Names {
  readonly en: string;
  readonly ro: string;
  readonly lv: string;
}
/** S strong, M medium, W weak; a trailing p is provisional; ? is not known yet; - is not in that profile's list. */
export const WEIGHT_MARKS = ['S', 'M', 'W', 'Sp', 'Mp', 'Wp', '?', '-'] as const;
export type WeightMark = (typeof WEIGHT_MARKS)[number];
/** The six dimensions: deception, coercion, abused vulnerability at recruitment; exploitation; coercion and vulnerability there. */
export const INDICATOR_DIMENSIONS = ['DR', 'CR', 'RV', 'EX', 'CD', 'VD'] as const;
export type IndicatorDimension = (typeof INDICATOR_DIMENSIONS)[number];

interface Rules {
  readonly format: 1;
  /** Of the form `DELPHI/2009-1`. */
  readonly version: string;
  /** False until words and weights were checked against their source (O-5). */
  readonly verified: boolean;
  readonly source: string;
}
interface Coded {
  readonly code: string;
  readonly names: Names;
}
export interface WeightedDocument extends Rules {
  readonly kind: 'WEIGHTED';
  readonly indicators: readonly (Coded & {
    readonly weights: Readonly<Record<ScreeningProfile, WeightMark>>;
    /** Numbers of the eleven forced-labour indicators that it stands for. */
    readonly forcedLabourIndicators: readonly number[];
  })[];
  /** Seen by anyone, without a weight. */
  readonly signs: readonly Coded[];
}
export interface GroupedDocument extends Rules {
  readonly kind: 'GROUPED';
  readonly criteria: readonly (Coded & { readonly group: AmpGroup })[];
  readonly signs: readonly Coded[];
}
export type CatalogueDocument = WeightedDocument | GroupedDocument;

export interface InstrumentRules {
  /** Names of likelihood 0 to 4 and of impact 1 to 4. */
  readonly likelihood: readonly string[];
  readonly impact: readonly string[];
  /** Lowest score of MEDIUM, HIGH and CRITICAL, out of likelihood times impact, 0 to 16. */
  readonly bands: readonly number[];
  /** From this many dimensions at MEDIUM or above, the overall level is one band higher. */
  readonly manyDimensions: number;
  /** Dimensions without an answer to each of whose items nothing is LOW. */
  readonly core: { readonly always: readonly string[]; readonly ofMinors: readonly string[]; readonly ofReturns: readonly string[] };
  /** At or above likelihood and impact, whatever else is answered, the level is CRITICAL. */
  readonly redFlags: readonly { readonly item: string; readonly likelihood: number; readonly impact: number }[];
  /** The two questions of the first form, and the items they stand for. */
  readonly firstForm: { readonly urgentMedicalNeed: string; readonly threat: string };
}
export interface InstrumentDocument extends Rules {
  /** Level: individual, household, community or structural, of the determinants-of-vulnerability model. */
  readonly items: readonly { readonly item: string; readonly level: string; readonly names: Names }[];
  readonly rules: InstrumentRules;
}

const WORDS = { type: 'string', minLength: 1, maxLength: 500 };
const whole = (least: number, most: number): object => ({ type: 'integer', minimum: least, maximum: most });
const only = (properties: Record<string, object>): object => ({ type: 'object', properties, required: Object.keys(properties), additionalProperties: false });
const some = (items: object, least = 1, most = 500): object => ({ type: 'array', items, minItems: least, maxItems: most });
const NAMES = only({ en: WORDS, ro: WORDS, lv: WORDS });
const HEAD = { format: { const: 1 }, version: { type: 'string', pattern: '^[A-Z][A-Z0-9-]*/[0-9][0-9-]*$' }, verified: { type: 'boolean' }, source: WORDS };
const SIGNS = some(only({ code: { type: 'string', pattern: '^OBS-[A-Z]{3}-[0-9]{2}$' }, names: NAMES }), 0);
const WEIGHTS = only(Object.fromEntries(SCREENING_PROFILES.map((profile) => [profile, { enum: WEIGHT_MARKS }])));

export const WEIGHTED_SHAPE = only({
  ...HEAD,
  kind: { const: 'WEIGHTED' },
  indicators: some(only({
    code: { type: 'string', pattern: `^(${INDICATOR_DIMENSIONS.join('|')})-[0-9]{2}$` }, names: NAMES, weights: WEIGHTS,
    forcedLabourIndicators: some(whole(1, 11), 0, 11),
  })),
  signs: SIGNS,
});
export const GROUPED_SHAPE = only({
  ...HEAD,
  kind: { const: 'GROUPED' },
  criteria: some(only({ code: { type: 'string', pattern: '^[A-Z]{3}-[0-9]{2}$' }, names: NAMES, group: { enum: AMP_GROUPS } })),
  signs: SIGNS,
});

const DIMENSIONS = some({ type: 'string', pattern: '^R[0-9]{1,2}$' }, 0, 20);
const ITEM = { type: 'string', pattern: '^R[0-9]{1,2}[.][0-9]{1,2}$' };
export const INSTRUMENT_SHAPE = only({
  ...HEAD,
  items: some(only({ item: ITEM, level: WORDS, names: NAMES })),
  rules: only({
    likelihood: some(WORDS, 5, 5),
    impact: some(WORDS, 4, 4),
    bands: some(whole(1, 16), 3, 3),
    manyDimensions: whole(1, 20),
    core: only({ always: DIMENSIONS, ofMinors: DIMENSIONS, ofReturns: DIMENSIONS }),
    redFlags: some(only({ item: ITEM, likelihood: whole(0, 4), impact: whole(1, 4) }), 0),
    firstForm: only({ urgentMedicalNeed: ITEM, threat: ITEM }),
  }),
});

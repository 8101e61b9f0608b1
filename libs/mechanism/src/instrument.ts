/** How a risk instrument rates, and its first form. Source: domain.md 4.2, 12.1 R-2. */
import { RA_1_RULES } from './instruments/ra-1.js';
import type { InstrumentDocument, InstrumentRules } from './rules/documents.js';
import type { AnsweredRiskItem, RiskInstrument } from './reference.js';
import { RISK_LEVELS, type RiskLevel } from './vocabulary.js';

type Scored = Extract<AnsweredRiskItem, { answer: 'SCORED' }>;

/** The two questions that must be answered before anything else can be asked, and the items they stand for. */
export const FIRST_FORM_ITEMS = RA_1_RULES.firstForm;
export const FIRST_FORM_ANSWERS = ['YES', 'NO', 'REFUSED'] as const;
export type FirstFormAnswer = (typeof FIRST_FORM_ANSWERS)[number];

function dimensionOf(item: string): string {
  return item.slice(0, item.indexOf('.'));
}

function isScored(answer: AnsweredRiskItem): answer is Scored {
  return answer.answer === 'SCORED';
}

/** The band of a dimension is that of its worst item, never the mean: a mean hides a lethal item. */
function bandsByDimension({ bands: lowest }: InstrumentRules, scored: readonly Scored[]): ReadonlyMap<string, number> {
  const bands = new Map<string, number>();
  for (const { item, likelihood, impact } of scored) {
    const dimension = dimensionOf(item);
    const band = lowest.filter((score) => likelihood * impact >= score).length;
    bands.set(dimension, Math.max(bands.get(dimension) ?? 0, band));
  }
  return bands;
}

/** Such as: tracked or in contact now; a suicide attempt; an untreated injury that may kill; a suspected guardian who has the child. */
function isRedFlag({ redFlags }: InstrumentRules, scored: Scored): boolean {
  return redFlags.some(({ item, likelihood, impact }) => item === scored.item && scored.likelihood >= likelihood && scored.impact >= impact);
}

function coreDimensions({ core }: InstrumentRules, purpose: string, minor: boolean): readonly string[] {
  return [...core.always, ...(minor ? core.ofMinors : []), ...(purpose === 'RETURN' ? core.ofReturns : [])];
}

function overall(rules: InstrumentRules, scored: readonly Scored[], coreComplete: boolean): RiskLevel {
  const bands = [...bandsByDimension(rules, scored).values()];
  const raised = bands.filter((band) => band >= 1).length >= rules.manyDimensions ? 1 : 0;
  const band = Math.max(coreComplete ? 0 : 1, Math.max(0, ...bands) + raised);
  return RISK_LEVELS[band] ?? 'CRITICAL';
}

/**
 * An instrument as its document says. `rate` is pure and does not depend on the order of answers; NOT_ASKED, REFUSED and items
 * left out never lower a band, and without the core items no result is LOW. A higher likelihood or impact never lowers
 * the result. An item that the instrument does not have makes no sense of its own: ask `has` first.
 */
export function riskInstrument({ version, verified, items, rules }: InstrumentDocument): RiskInstrument {
  const all = new Set(items.map(({ item }) => item));
  const isCoreComplete = (purpose: string, minor: boolean, scored: readonly Scored[]): boolean => {
    const dimensions = coreDimensions(rules, purpose, minor);
    const known = new Set(scored.map(({ item }) => item));
    return [...all].every((item) => !dimensions.includes(dimensionOf(item)) || known.has(item));
  };
  return {
    id: version.split('/')[0] ?? '', version, verified,
    has: (item) => all.has(item),
    firstForm: Object.values(rules.firstForm),
    rate(purpose, minor, answers) {
      const scored = answers.filter(isScored);
      const redFlag = scored.some((one) => isRedFlag(rules, one));
      const coreComplete = isCoreComplete(purpose, minor, scored);
      return { overall: redFlag ? 'CRITICAL' : overall(rules, scored, coreComplete), redFlag, coreComplete };
    },
  };
}

/**
 * The two-question first form as answered items. A yes is likely and serious, hence HIGH at least; a refusal is a refusal
 * and lowers nothing.
 */
export function firstForm(
  answers: Readonly<Record<keyof typeof FIRST_FORM_ITEMS, FirstFormAnswer>>,
): readonly AnsweredRiskItem[] {
  const itemOf = (question: keyof typeof FIRST_FORM_ITEMS): AnsweredRiskItem => {
    const item = FIRST_FORM_ITEMS[question];
    if (answers[question] === 'REFUSED') return { item, answer: 'REFUSED' };
    const yes = answers[question] === 'YES';
    return { item, answer: 'SCORED', likelihood: yes ? 3 : 0, impact: yes ? 3 : 1 };
  };
  return [itemOf('urgentMedicalNeed'), itemOf('threat')];
}

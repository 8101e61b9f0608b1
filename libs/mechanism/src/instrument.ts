/** The risk instrument RA-1 and its rating rule. Source: domain.md 4.2, 12.1 R-2. */
import { RA_1_ITEMS, RA_1_RULES } from './instruments/ra-1.js';
import type { AnsweredRiskItem, RiskInstrument, RiskResult } from './reference.js';
import { RISK_LEVELS, type RiskLevel } from './vocabulary.js';

type Scored = Extract<AnsweredRiskItem, { answer: 'SCORED' }>;

const { bands: BANDS, manyDimensions: MANY_DIMENSIONS, core: CORE, redFlags: RED_FLAGS } = RA_1_RULES;
const ITEMS: ReadonlySet<string> = new Set(RA_1_ITEMS.map(([item]) => item));

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

function bandOf(score: number): number {
  return BANDS.filter((lowest) => score >= lowest).length;
}

/** The band of a dimension is that of its worst item, never the mean: a mean hides a lethal item. */
function bandsByDimension(scored: readonly Scored[]): ReadonlyMap<string, number> {
  const bands = new Map<string, number>();
  for (const { item, likelihood, impact } of scored) {
    const dimension = dimensionOf(item);
    bands.set(dimension, Math.max(bands.get(dimension) ?? 0, bandOf(likelihood * impact)));
  }
  return bands;
}

/** Tracked or in contact now; a suicide attempt; an untreated injury that may kill; a suspected guardian who has the child. */
function isRedFlag(scored: Scored): boolean {
  return RED_FLAGS.some(({ item, likelihood, impact }) => item === scored.item && scored.likelihood >= likelihood && scored.impact >= impact);
}

function coreDimensions(purpose: string, minor: boolean): readonly string[] {
  return [...CORE.always, ...(minor ? CORE.ofMinors : []), ...(purpose === 'RETURN' ? CORE.ofReturns : [])];
}

function isCoreComplete(purpose: string, minor: boolean, scored: readonly Scored[]): boolean {
  const dimensions = coreDimensions(purpose, minor);
  const known = new Set(scored.map(({ item }) => item));
  return [...ITEMS].every((item) => !dimensions.includes(dimensionOf(item)) || known.has(item));
}

function overall(scored: readonly Scored[], coreComplete: boolean): RiskLevel {
  const bands = [...bandsByDimension(scored).values()];
  const raised = bands.filter((band) => band >= 1).length >= MANY_DIMENSIONS ? 1 : 0;
  const band = Math.max(coreComplete ? 0 : 1, Math.max(0, ...bands) + raised);
  return RISK_LEVELS[band] ?? 'CRITICAL';
}

function rate(purpose: string, minor: boolean, answers: readonly AnsweredRiskItem[]): RiskResult {
  const scored = answers.filter(isScored);
  const redFlag = scored.some(isRedFlag);
  const coreComplete = isCoreComplete(purpose, minor, scored);
  return { overall: redFlag ? 'CRITICAL' : overall(scored, coreComplete), redFlag, coreComplete };
}

/**
 * RA-1. `rate` is pure and does not depend on the order of answers; NOT_ASKED, REFUSED and items left out never lower a
 * band, and without the core items no result is LOW. A higher likelihood or impact never lowers the result.
 * An item that the instrument does not have makes no sense of its own: ask `has` first.
 */
export const RA_1: RiskInstrument = {
  id: 'RA-1',
  version: 'RA-1/1',
  verified: false,
  has: (item) => ITEMS.has(item),
  rate,
};

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

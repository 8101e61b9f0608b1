/** Reads catalogues and instruments from their documents. What a document says is all that decides: this build adds nothing. */
import { Ajv } from 'ajv';
import { groupedCatalogue, weightedCatalogue } from '../catalogue.js';
import { checkShape, InvalidDocument } from '../document.js';
import { riskInstrument } from '../instrument.js';
import type { IndicatorCatalogue, RiskInstrument } from '../reference.js';
import {
  GROUPED_SHAPE, type GroupedDocument, INSTRUMENT_SHAPE, type InstrumentDocument, WEIGHTED_SHAPE, type WeightedDocument,
} from './documents.js';

const ajv = new Ajv({ strict: true });
const isWeighted = ajv.compile<WeightedDocument>(WEIGHTED_SHAPE);
const isGrouped = ajv.compile<GroupedDocument>(GROUPED_SHAPE);
const isInstrument = ajv.compile<InstrumentDocument>(INSTRUMENT_SHAPE);

function checkOnce(codes: readonly string[], path: string): void {
  const again = codes.findIndex((code, index) => codes.indexOf(code) !== index);
  if (again >= 0) throw new InvalidDocument(`${path}/${String(again)}`, 'is there already');
}

/** @throws InvalidDocument naming the key that is wrong, missing or not known */
export function loadCatalogue(document: unknown): IndicatorCatalogue {
  if ((document as { kind?: unknown } | null)?.kind === 'GROUPED') {
    const grouped = checkShape(isGrouped, document);
    checkOnce(grouped.criteria.map(({ code }) => code), '/criteria');
    checkOnce(grouped.signs.map(({ code }) => code), '/signs');
    return groupedCatalogue(grouped);
  }
  const weighted = checkShape(isWeighted, document);
  checkOnce(weighted.indicators.map(({ code }) => code), '/indicators');
  checkOnce(weighted.signs.map(({ code }) => code), '/signs');
  return weightedCatalogue(weighted);
}

/** A rule that names an item or a dimension that nobody can answer would never hold, or hold nothing back. */
function checkRules({ items, rules: { bands, core, redFlags, firstForm } }: InstrumentDocument): void {
  const known = new Set(items.flatMap(({ item }) => [item, item.slice(0, item.indexOf('.'))]));
  const named = [
    ...Object.entries(core).map(([which, dimensions]) => [`core/${which}`, dimensions] as const),
    ...redFlags.map(({ item }, index) => [`redFlags/${String(index)}/item`, [item]] as const),
    ...Object.entries(firstForm).map(([question, item]) => [`firstForm/${question}`, [item]] as const),
  ];
  const wrong = named.find(([, codes]) => codes.some((code) => !known.has(code)));
  if (wrong !== undefined) throw new InvalidDocument(`/rules/${wrong[0]}`, 'names what the instrument does not ask');
  if (bands.some((lowest, index) => index > 0 && lowest <= (bands[index - 1] ?? 0))) throw new InvalidDocument('/rules/bands', 'do not rise');
}

/** @throws InvalidDocument naming the key that is wrong, missing or not known */
export function loadInstrument(document: unknown): RiskInstrument {
  const instrument = checkShape(isInstrument, document);
  checkOnce(instrument.items.map(({ item }) => item), '/items');
  checkRules(instrument);
  return riskInstrument(instrument);
}

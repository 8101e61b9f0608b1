/** All catalogues and instruments that were ever published: folded from the log, and rebuilt from it at any time. */
import type { Recorded } from '#kernel';
import { hashOf } from '../document.js';
import type { IndicatorCatalogue, RiskInstrument } from '../reference.js';
import type { CatalogueDocument, InstrumentDocument } from './documents.js';
import { loadCatalogue, loadInstrument } from './loading.js';
import { RULE_KINDS, type CataloguePublished, ruleKindOf } from './rule-events.js';

/** One published document, and what it makes. */
export interface PublishedRule<Document, Made> {
  readonly document: Document;
  readonly hash: string;
  readonly publishedAt: string;
  readonly made: Made;
}

export class RuleBook {
  readonly catalogues = new Map<string, PublishedRule<CatalogueDocument, IndicatorCatalogue>>();
  readonly instruments = new Map<string, PublishedRule<InstrumentDocument, RiskInstrument>>();

  /**
   * Folds an event of a catalogue or an instrument; passes over any other.
   * @throws Error for an event that this build does not know, or a document that is not what its hash says
   */
  fold({ stream, type, data, metadata }: Pick<Recorded, 'stream' | 'type' | 'data' | 'metadata'>): void {
    const kind = ruleKindOf(stream);
    if (kind === undefined) return;
    if (type !== RULE_KINDS[kind] || metadata.schema !== 1) {
      throw new Error(`event ${type}, schema ${String(metadata.schema)}, of ${stream} is not known to this build`);
    }
    const { document, hash, version } = data as CataloguePublished;
    const about = { hash, publishedAt: metadata.recordedAt };
    const made = kind === 'catalogue' ? loadCatalogue(document) : loadInstrument(document);
    if (hashOf(document) !== hash || made.version !== version) throw new Error(`the document ${version} in ${stream} is not what its hash says`);
    if (kind === 'catalogue') this.catalogues.set(version, { ...about, document: document as CatalogueDocument, made: made as IndicatorCatalogue });
    else this.instruments.set(version, { ...about, document: document as InstrumentDocument, made: made as RiskInstrument });
  }
}

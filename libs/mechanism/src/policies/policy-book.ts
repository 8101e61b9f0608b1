/** All policies that were ever published, and which is in force when: folded from the log, and rebuilt from it at any time. */
import type { Recorded } from '#kernel';
import { loadPolicy } from '../policy.js';
import type { CountryPolicy } from '../reference.js';
import { UnknownVersion } from '../registry.js';
import { countryOfStream, type PolicyActivated, type PolicyPublished } from './policy-events.js';

/** One published document. */
export interface PublishedPolicy {
  readonly document: object;
  readonly policy: CountryPolicy;
  readonly publishedAt: string;
}
/** From when which version is in force. */
export type Activation = PolicyActivated;

interface CountryShelf {
  readonly published: Map<string, PublishedPolicy>;
  /** In the order in which they were recorded. */
  readonly activations: Activation[];
  revision: number;
}

/** The activation that counts at a moment: the latest start that has come; of two with one start the one recorded later. */
function countsAt(activations: readonly Activation[], at: string): Activation | undefined {
  return activations
    .filter(({ from }) => from <= at)
    .reduce<Activation | undefined>((newest, one) => (newest !== undefined && newest.from > one.from ? newest : one), undefined);
}

export class PolicyBook {
  private readonly shelves = new Map<string, CountryShelf>();

  /**
   * Folds an event of a policy stream; passes over any other, and over one that it has folded.
   * @throws Error for an event that this build does not know, or a document that is not what its hash says
   */
  fold(event: Pick<Recorded, 'stream' | 'revision' | 'type' | 'data' | 'metadata'>): void {
    const country = countryOfStream(event.stream);
    if (country === undefined) return;
    const shelf = this.shelves.get(country) ?? { published: new Map<string, PublishedPolicy>(), activations: [], revision: -1 };
    if (event.revision <= shelf.revision) return;
    this.shelves.set(country, shelf);
    this.put(shelf, event);
    shelf.revision = event.revision;
  }

  private put({ published, activations }: CountryShelf, { type, data, metadata, stream }: Pick<Recorded, 'stream' | 'type' | 'data' | 'metadata'>): void {
    if (type === 'PolicyActivated' && metadata.schema === 1) {
      activations.push(data as PolicyActivated);
      return;
    }
    if (type !== 'PolicyPublished' || metadata.schema !== 1) {
      throw new Error(`event ${type}, schema ${String(metadata.schema)}, of a policy is not known to this build`);
    }
    const { document, hash, version } = data as PolicyPublished;
    const policy = loadPolicy(document);
    if (policy.hash !== hash || policy.version !== version) throw new Error(`the document ${version} in ${stream} is not what its hash says`);
    published.set(version, { document, policy, publishedAt: metadata.recordedAt });
  }

  /** Countries with a policy, in order. */
  countries(): readonly string[] {
    return [...this.shelves.keys()].sort();
  }

  has(version: string): boolean {
    return this.shelves.get(version.split('/')[0] ?? '')?.published.has(version) === true;
  }

  /** A published document. @throws UnknownVersion */
  at(version: string): PublishedPolicy {
    const found = this.shelves.get(version.split('/')[0] ?? '')?.published.get(version);
    if (found === undefined) throw new UnknownVersion('policy', version);
    return found;
  }

  /** What a new case of the country follows at a moment; `undefined` where nothing is in force. */
  inForce(country: string, at: string): CountryPolicy | undefined {
    const counts = countsAt(this.shelves.get(country)?.activations ?? [], at);
    return counts === undefined ? undefined : this.at(counts.version).policy;
  }

  /** All versions of a country as they were published, and all activations as they were recorded. */
  history(country: string): { readonly published: readonly PublishedPolicy[]; readonly activations: readonly Activation[] } {
    const shelf = this.shelves.get(country);
    return { published: [...(shelf?.published.values() ?? [])], activations: shelf?.activations ?? [] };
  }
}

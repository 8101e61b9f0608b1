/** The directory of organisations, the policies of the countries, catalogues and instruments, folded from their streams. A reader like any other: it can be rebuilt at any time. */
import { type EventStore, type Position, START, type StoredEvent } from '#event-store';
import { PolicyBook } from '../policies/policy-book.js';
import { RuleBook } from '../rules/rule-book.js';
import type { Organisation } from '../reference.js';
import { UnknownVersion } from '../registry.js';
import type { ServiceCode } from '../vocabulary.js';
import { evolveOrganisation, organisationOfStream, streamOfOrganisation } from './organisation-events.js';

/** What somebody who looks for help may ask of the directory. Says nothing about a person. */
export interface ProviderSearch {
  readonly service?: ServiceCode;
  /** NUTS-2 region. */
  readonly region?: string;
  readonly forMinor?: boolean;
}

/** Whether an accreditation covers a service: a group covers all its services, a service only itself. */
export function covers(accredited: readonly ServiceCode[], service: ServiceCode): boolean {
  return accredited.some((code) => code === service || service.startsWith(`${code}.`));
}

/** Whether an organisation may be asked: active, accredited, in the region, and for minors where one is concerned. */
export function serves(organisation: Organisation, { service, region, forMinor }: ProviderSearch): boolean {
  return (
    organisation.status === 'ACTIVE' &&
    organisation.services.length > 0 &&
    (service === undefined || covers(organisation.services, service)) &&
    (region === undefined || organisation.regions.length === 0 || organisation.regions.includes(region)) &&
    (forMinor !== true || organisation.acceptsMinors)
  );
}

export class Directory {
  private readonly organisations = new Map<string, Organisation>();
  private position: Position = START;
  private folded = 0;
  /** The policies that the same log holds. */
  readonly policies = new PolicyBook();
  /** The catalogues and instruments that the same log holds. */
  readonly rules = new RuleBook();

  constructor(private readonly store: EventStore) {}

  get(id: string): Organisation | undefined {
    return this.organisations.get(id);
  }

  /** All entries, by name. */
  all(): readonly Organisation[] {
    return [...this.organisations.values()].sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  /** Providers that may be asked. */
  providers(search: ProviderSearch): readonly Organisation[] {
    return this.all().filter((organisation) => serves(organisation, search));
  }

  /** Grows with every change of an entry: who keeps something made of the entries knows when to make it anew. */
  get changes(): number {
    return this.folded;
  }

  /** How far the log was read. */
  get checkpoint(): Position {
    return this.position;
  }

  /** Reads what is there and returns. @throws Error for an event of an organisation that this build does not know */
  async catchUp(): Promise<void> {
    for await (const page of this.store.readAll(this.position)) this.apply(page);
  }

  /** Follows the log until `signal` aborts. */
  async follow(signal: AbortSignal): Promise<void> {
    for await (const page of this.store.subscribe(this.position, signal)) this.apply(page);
  }

  private apply(page: readonly StoredEvent[]): void {
    for (const event of page) this.fold(event);
    const last = page.at(-1)?.position;
    if (last !== undefined && this.store.compare(last, this.position) > 0) this.position = last;
  }

  /** Catching up and following may meet: an event that was folded already is passed over. */
  private fold(event: StoredEvent): void {
    this.policies.fold(event);
    this.rules.fold(event);
    const id = organisationOfStream(event.stream);
    if (id === undefined) return;
    const known = this.organisations.get(id);
    if (known !== undefined && event.revision <= Number(known.version)) return;
    this.organisations.set(id, evolveOrganisation(id, known, event));
    this.folded += 1;
  }
}

/**
 * An entry as it was at a version that an event names.
 * @throws UnknownVersion when the stream does not reach so far
 */
export async function organisationAt(store: EventStore, id: string, version: string): Promise<Organisation> {
  const to = /^\d+$/.test(version) ? Number(version) : -1;
  const events = to < 0 ? [] : await store.readStream(streamOfOrganisation(id), { to });
  const entry = events.reduce<Organisation | undefined>(
    (before, event) => evolveOrganisation(id, before, event),
    undefined,
  );
  if (entry?.version !== version) throw new UnknownVersion('organisation', `${id} ${version}`);
  return entry;
}

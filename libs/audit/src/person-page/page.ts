/**
 * The person's page: who knows what about me, why, until when, who tried. Built from the case, the access decision itself, the
 * disclosure log and the refused attempts; holds no personal data. Pure. Sources: domain.md 8.1, 8.3, scenario 16; GDPR art. 15.
 */
import { type CaseFacts, type Consent, isLive } from '#casework';
import type { StoredEvent } from '#event-store';
import type { Compartment } from '#kernel';
import type { Organisation, Role } from '#mechanism';
import { actorSeeingMost, type AuditMandate, mayAccess } from '#platform';
import { ENGLISH } from './english.js';
import { ROMANIAN } from './romanian.js';
import type { PageLanguage, Words } from './words.js';

export interface PageSources {
  readonly facts: CaseFacts;
  /** Events of `disclosure-<caseId>`. */
  readonly disclosures: readonly StoredEvent[];
  /** Refused attempts on this case. */
  readonly refusals: readonly StoredEvent[];
  readonly organisations: ReadonlyMap<string, Organisation>;
  /** Every mandate to audit; the access decision says which of them opens this case. */
  readonly mandates: readonly AuditMandate[];
  readonly language: PageLanguage;
  /** IANA zone of the days on the page. */
  readonly timeZone: string;
  readonly now: string;
}

export type SectionName = keyof Words['headings'];

export interface Section {
  readonly name: SectionName;
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface PersonPage {
  readonly language: PageLanguage;
  readonly title: string;
  readonly opening: string;
  /** The day on which this was true. */
  readonly day: string;
  readonly sections: readonly Section[];
}

const WORDS: Readonly<Record<PageLanguage, Words>> = { en: ENGLISH, ro: ROMANIAN };

/** A page in the making: its sources, its words, and how it writes days and names. */
interface Writing extends PageSources {
  readonly words: Words;
  readonly day: (at: string) => string;
  readonly name: (organisation: string) => string;
}

function writing(sources: PageSources): Writing {
  const words = WORDS[sources.language];
  const format = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone: sources.timeZone });
  return { ...sources, words, day: (at) => format.format(new Date(at)), name: (id) => sources.organisations.get(id)?.name ?? id };
}

/** One organisation that can see something, and on what it rests. */
interface Seen {
  readonly entry: Organisation;
  readonly role: Role;
  readonly sees: keyof Words['sees'];
  /** From when until when, where it is known. */
  readonly time: { readonly since: string; readonly until?: string } | undefined;
}

/** What anybody of an organisation could see: as it works on the case, and under each mandate that it holds. */
function seenBy({ facts, now, mandates }: Writing, entry: Organisation): readonly Seen[] {
  const caller = { organisation: entry.id, actor: actorSeeingMost(facts, entry.id), roles: entry.roles, human: true, client: 'any' };
  const { scope, role } = mayAccess(facts, caller, entry, 'read', now);
  const opens = scope === 'FULL' && mayAccess(facts, caller, entry, 'personal-data', now).scope === 'FULL';
  const time = facts.engagements.findLast((e) => e.organisation === entry.id && e.role === role && e.since <= now);
  const working = scope === 'NONE' || role === undefined ? [] : [{ entry, role, sees: opens ? ('PRIVATE' as const) : scope, time }];
  const auditing = mandates
    .filter((mandate) => mandate.organisation === entry.id)
    .filter((mandate) => mayAccess(facts, { ...caller, mandate: mandate.mandate }, entry, 'read', now, { mandate }).because === 'mandate')
    .map(({ validFrom, expiresAt }): Seen => ({ entry, role: 'AUDIT', sees: 'FULL', time: { since: validFrom, until: expiresAt } }));
  return [...working, ...auditing];
}

/** Asks for every organisation what anybody there could see: the page can not tell less than the house allows. */
function who(page: Writing): readonly string[] {
  const { organisations, words, name, day } = page;
  return [...organisations.values()].flatMap((entry) => seenBy(page, entry)).map(({ entry, role, sees, time }) => {
    const times = time === undefined ? [] : [words.since(day(time.since)), ...(time.until === undefined ? [] : [words.until(day(time.until))])];
    return `${[`${name(entry.id)} – ${words.roles[role] ?? words.otherRole}`, ...times].join(', ')}. ${words.sees[sees]}`;
  });
}

function consentText({ words, name }: Writing, { purpose, recipient }: Pick<Consent, 'purpose' | 'recipient'>): string {
  return `${recipient === undefined ? words.nobody : name(recipient)}: ${words.purposes[purpose]}`;
}

function agreed(page: Writing): readonly string[] {
  const { facts, now, words, day } = page;
  return facts.consents
    .filter((consent) => isLive(consent, now))
    .map((consent) => `${[consentText(page, consent), ...(consent.expiresAt === undefined ? [] : [words.until(day(consent.expiresAt))])].join(', ')}.`);
}

function ended(page: Writing): readonly string[] {
  const { facts: { consents, refusals = [] }, now, words, day } = page;
  const over = consents
    .filter((consent) => !isLive(consent, now))
    .map((consent) => {
      const { withdrawnAt, expiresAt, givenAt } = consent;
      return `${consentText(page, consent)}, ${withdrawnAt === undefined ? words.over(day(expiresAt ?? givenAt)) : words.withdrawn(day(withdrawnAt))}.`;
    });
  return [...over, ...refusals.map((refusal) => `${consentText(page, refusal)}, ${words.refused(day(refusal.at))}.`)];
}

function unasked({ facts, words, day, name }: Writing): readonly string[] {
  return facts.overrides.map(({ recipient, madeAt, ground, review }) => `${day(madeAt)}: ${name(recipient)}, ${words.grounds[ground]}. ${words.reviews[review ?? 'DUE']}`);
}

function opened({ facts, words, day, name }: Writing): readonly string[] {
  return facts.openings.map(({ organisation, openedAt, reason, review }) =>
    `${day(openedAt)}: ${name(organisation)}, ${words.emergencies[reason] ?? words.inEmergency}. ${words.reviews[review ?? 'DUE']}`);
}

/** The same line on the same day is told once, with how often. */
function counted(lines: readonly string[], words: Words): readonly string[] {
  return [...Map.groupBy(lines, (line) => line)].map(([line, same]) => (same.length === 1 ? `${line}.` : `${line} (${words.times(same.length)}).`));
}

function looked({ disclosures, words, day, name }: Writing): readonly string[] {
  const lines = disclosures.map(({ data, metadata: { recordedAt, organisation } }) => {
    const { categories, ground, recipient } = data as { categories: readonly Compartment[]; ground?: string; recipient?: string };
    const without = recipient === undefined ? words.historyOnly : words.preparedFor(name(recipient));
    const seen = categories.length === 0 ? without : categories.map((category) => words.compartments[category]).join(', ');
    return `${day(recordedAt)}: ${name(organisation)} – ${seen}${ground === undefined ? '' : ` (${words.inEmergency})`}`;
  });
  return counted(lines, words);
}

function tried({ refusals, words, day, name }: Writing): readonly string[] {
  return counted(refusals.map(({ metadata }) => `${day(metadata.recordedAt)}: ${name(metadata.organisation)} ${words.attempt}`), words);
}

/** Nothing of it where nobody asked: most countries pay in other ways. */
function paid({ facts: { fundings = [] }, words, day }: Writing): readonly string[] {
  return counted(fundings.map(({ state, since, dueAt }) => `${day(since)}: ${words.payments[state](day(dueAt))}`), words);
}

const TOLD = { who, agreed, ended, unasked, opened, looked, tried } as const;

/** Writes the page. */
export function personPage(sources: PageSources): PersonPage {
  const page = writing(sources);
  const { words } = page;
  const told = Object.entries(TOLD).map(([key, tell]): Section => {
    const [name, lines] = [key as keyof typeof TOLD, tell(page)];
    return { name, heading: words.headings[name], lines: lines.length === 0 ? [words.nothing[name]] : lines };
  });
  const payments = paid(page);
  const paying: readonly Section[] = payments.length === 0 ? [] : [{ name: 'paid', heading: words.headings.paid, lines: payments }];
  const rights: Section = { name: 'rights', heading: words.headings.rights, lines: words.rights };
  return { language: sources.language, title: words.title, opening: words.opening, day: page.day(sources.now), sections: [...told, ...paying, rights] };
}

/** The page as plain text, to print. */
export function pageText({ title, opening, day, sections }: PersonPage): string {
  const parts = sections.map(({ heading, lines }) => `${heading}\n${lines.map((line) => `- ${line}\n`).join('')}`);
  return `${title}\n${day}\n\n${opening}\n\n${parts.join('\n')}`;
}

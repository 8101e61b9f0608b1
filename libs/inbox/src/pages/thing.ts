/** One referral, or one thing that is owed: what may be told of it, and what can be done. Source: domain.md 8.4. */
import type { Offer, ShownReferral } from '../actions.js';
import { type Html, html } from '../html.js';
import type { CodeList } from '../words/codes.js';
import { type Language, WORDS, type Words, languageName, moment, nameOf } from '../words/words.js';
import { type Attempt, offerForm } from './form.js';
import { type Frame, layout, note } from './layout.js';
import { type Owed, dutyLine } from './list.js';

export interface Thing {
  readonly reference: string;
  /** Absent when nothing (more) may be told of it. */
  readonly referral?: ShownReferral;
  /** Name of the organisation that asked. */
  readonly referrer?: string;
  readonly owed: readonly Owed[];
  readonly offers: readonly Offer[];
}

const CODED: readonly (readonly [field: string, words: keyof Words, list: CodeList])[] = [
  ['status', 'status', 'referralStatus'], ['priority', 'priority', 'priorities'], ['ageBand', 'ageBand', 'ageBands'], ['sex', 'sex', 'sexes'],
  ['area', 'area', 'regions'], ['riskLevel', 'riskLevel', 'riskLevels'], ['precautions', 'precautions', 'precautions'],
  ['accessibility', 'accessibility', 'accessibility'],
];

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((part) => typeof part === 'string');
}

function row(name: string, values: readonly string[]): Html | undefined {
  return values.length === 0 ? undefined : html`<div><dt>${name}</dt><dd>${values.join(', ')}</dd></div>`;
}

function others(language: Language, referral: ShownReferral, referrer: string | undefined): readonly (Html | undefined)[] {
  const words = WORDS[language];
  const services = referral.services.map(({ service, status }) => {
    const name = nameOf(language, 'services', service);
    return referral.status === 'REQUESTED' ? name : `${name} (${nameOf(language, 'serviceStatus', status)})`;
  });
  const { languages, withChildren, worker, startFrom } = referral;
  return [
    row(words.services, services),
    row(words.from, texts(referrer)),
    row(words.spoken, texts(languages).map((code) => languageName(language, code))),
    row(words.withChildren, typeof withChildren === 'boolean' ? [withChildren ? words.yes : words.no] : []),
    row(words.worker, texts(worker)),
    row(words.startFrom, texts(startFrom).map((instant) => moment(language, instant))),
  ];
}

function facts(language: Language, { referral, referrer }: Thing): Html | undefined {
  if (referral === undefined) return undefined;
  const coded = CODED.map(([field, name, list]) =>
    row(WORDS[language][name], texts(referral[field]).map((code) => nameOf(language, list, code))),
  );
  return html`<dl>${coded.slice(0, 2)}${others(language, referral, referrer)}${coded.slice(2)}</dl>`;
}

/** The page; `attempt` is what was sent and refused, kept so that nothing has to be written twice. */
export function thingPage(frame: Frame & { readonly formToken: string }, thing: Thing, said: { message?: keyof Words; attempt?: Attempt } = {}): Html {
  const { language } = frame;
  const words = WORDS[language];
  const { message, attempt } = said;
  const title = thing.referral === undefined ? nameOf(language, 'duties', thing.owed[0]?.waitsFor ?? '') : words.request;
  const forms = thing.offers.map((offer) => offerForm(frame, thing.reference, offer, attempt));
  return layout(frame, attempt === undefined ? title : words.problem, html`<p><a href="/inbox">${words.back}</a></p>
<h1>${title}</h1>
${message !== undefined && note(html`<p>${words[message]}</p>`)}
${attempt?.summary}
${thing.owed.length > 0 && html`<ul>${thing.owed.map((item) => html`<li>${dutyLine(language, item)}</li>`)}</ul>`}
${facts(language, thing)}
<p class="quiet">${words.reference}: ${thing.reference}<br>${words.zone}</p>
${forms.length > 0 ? html`<h2>${words.doNext}</h2>${forms}` : thing.owed.length > 0 && html`<p>${words.elsewhere}</p>`}`);
}

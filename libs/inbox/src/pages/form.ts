/** The form of one thing that can be done. */
import { randomUUID } from 'node:crypto';
import type { Field, Offer } from '../actions.js';
import type { Form } from '../form.js';
import { type Html, html } from '../html.js';
import { type Language, WORDS, type Words, choices, nameOf } from '../words/words.js';
import { type Frame, note } from './layout.js';

/** A form that was sent and refused. */
export interface Attempt {
  readonly action: string;
  readonly thing: string;
  readonly form: Form;
  /** Names of fields that were refused. */
  readonly wrong: ReadonlySet<string>;
  readonly summary: Html;
}

const idOf = ({ action, thing }: Offer, field: string): string => `${action.name}-${thing}-${field}`;

/** What went wrong, with links to the fields: the first thing that is read out. */
export function summaryOf(language: Language, title: string, offer: Offer, wrong: ReadonlySet<string>): Html {
  const words = WORDS[language];
  const links = offer.action.fields.filter(({ name }) => wrong.has(name)).map(({ name, kind, codes }) => {
    const target = kind === 'choice' && codes !== undefined ? `${idOf(offer, name)}-${choices(language, codes)[0]?.[0] ?? ''}` : idOf(offer, name);
    return html`<li><a href="#${target}">${words[`field.${name}`]}</a></li>`;
  });
  return note(html`<p>${title}</p>${links.length > 0 && html`<p>${words.fields}</p><ul>${links}</ul>`}`, true);
}

function radios(language: Language, offer: Offer, { name, codes }: Field, attempt: Attempt | undefined): Html {
  const chosen = attempt?.form.value(name);
  const options = choices(language, codes ?? 'declineReasons').map(([code, label]) => {
    const id = `${idOf(offer, name)}-${code}`;
    return html`<div class="choice"><input type="radio" id="${id}" name="${name}" value="${code}" required${code === chosen && html` checked`}><label for="${id}">${label}</label></div>`;
  });
  return html`<fieldset${attempt?.wrong.has(name) === true && html` aria-invalid="true"`}><legend>${WORDS[language][`field.${name}`]}</legend>${options}</fieldset>`;
}

function entry(language: Language, offer: Offer, { name, kind, optional }: Field, attempt: Attempt | undefined): Html {
  const id = idOf(offer, name);
  const value = attempt?.form.value(name) ?? '';
  const state = html`${optional !== true && html` required`}${attempt?.wrong.has(name) === true && html` aria-invalid="true"`}`;
  const label = html`<label for="${id}">${WORDS[language][`field.${name}`]}</label>`;
  if (kind === 'words') return html`<div class="field">${label}<textarea id="${id}" name="${name}" rows="3" maxlength="2000"${state}>
${value}</textarea></div>`;
  const input = kind === 'moment'
    ? html`<input id="${id}" name="${name}" type="datetime-local" value="${value}"${state}>`
    : html`<input id="${id}" name="${name}" maxlength="64" pattern="[A-Za-z0-9][A-Za-z0-9._\/\-]*" autocomplete="off" spellcheck="false" value="${value}"${state}>`;
  return html`<div class="field short">${label}${input}</div>`;
}

/** A section with one form. The key makes that a double click, or sending again, does nothing twice. */
export function offerForm({ language, formToken }: Frame & { readonly formToken: string }, reference: string, offer: Offer, attempt?: Attempt): Html {
  const { action, thing, service } = offer;
  const words = WORDS[language];
  const title = words[action.name].replace('{}', service === undefined ? '' : nameOf(language, 'services', service));
  const how = `${action.name}How` as keyof Words;
  const tried = attempt?.action === action.name && attempt.thing === thing ? attempt : undefined;
  const fields = action.fields.map((field) => (field.kind === 'choice' ? radios : entry)(language, offer, field, tried));
  const heading = `${action.name}-${thing}`;
  return html`<section aria-labelledby="${heading}"><h3 id="${heading}">${title}</h3>
${Object.hasOwn(words, how) && html`<p>${words[how]}</p>`}
<form method="post" action="/inbox/${reference}/${action.name}" autocomplete="off">
<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="key" value="${randomUUID()}"><input type="hidden" name="thing" value="${thing}">
${fields}<button${action.name !== 'accept' && html` class="second"`}>${title}</button></form></section>`;
}

/** What waits for an organisation, soonest first. */
import { type Html, html } from '../html.js';
import { WORDS, type Words, moment, nameOf } from '../words/words.js';
import { type Frame, layout, note } from './layout.js';
import type { ShownReferral } from '../actions.js';

/** One thing that is owed. */
export interface Owed {
  readonly waitsFor: string;
  readonly thingId: string;
  readonly by: string;
  readonly overdue: boolean;
  readonly referral?: ShownReferral;
}

const MOST = 200;

function groups(items: readonly Owed[]): readonly (readonly [Owed, ...Owed[]])[] {
  return [...Map.groupBy(items, ({ thingId }) => thingId).values()] as unknown as readonly [Owed, ...Owed[]][];
}

/** By when, in words: being late is said, not coloured. */
function deadline(language: Frame['language'], { by, overdue }: Owed): Html {
  const words = WORDS[language];
  const when = (overdue ? words.overdue : words.dueBy).replace('{}', moment(language, by));
  return overdue ? html`<strong>${when}</strong>` : html`${when}`;
}

/** One duty in words. */
export function dutyLine(language: Frame['language'], owed: Owed): Html {
  return html`${nameOf(language, 'duties', owed.waitsFor)}. ${deadline(language, owed)}`;
}

function heading(language: Frame['language'], { referral, waitsFor }: Owed): string {
  if (referral === undefined) return nameOf(language, 'duties', waitsFor);
  return referral.services.map(({ service }) => nameOf(language, 'services', service)).join(', ');
}

function entry(language: Frame['language'], group: readonly [Owed, ...Owed[]]): Html {
  const [first] = group;
  const words = WORDS[language];
  const title = heading(language, first);
  const priority = first.referral?.['priority'];
  // Two entries may ask for the same: what tells them apart is how the reference begins.
  const reference = `${words.reference} ${first.thingId.slice(0, 8)}`;
  const line = first.referral === undefined && group.length === 1 ? deadline : dutyLine;
  return html`<li><h2>${title}</h2>
<ul>${typeof priority === 'string' && html`<li>${words.priority}: ${nameOf(language, 'priorities', priority)}</li>`}${group.map((item) => html`<li>${line(language, item)}</li>`)}</ul>
<p class="tools"><a href="/inbox/${first.thingId}" aria-label="${words.openItem.replace('{}', `${title}, ${reference}`)}">${words.open}</a> <span class="quiet">${reference}</span></p></li>`;
}

export function listPage(frame: Frame, items: readonly Owed[], message?: keyof Words): Html {
  const words = WORDS[frame.language];
  const list = items.length === 0 ? html`<p>${words.nothing}</p>` : html`<ul class="list">${groups(items).map((group) => entry(frame.language, group))}</ul>`;
  return layout(frame, undefined, html`<h1>${words.waiting}</h1>
${message !== undefined && note(html`<p>${words[message]}</p>`)}
${list}
${items.length >= MOST && html`<p>${words.most}</p>`}
<p class="quiet">${words.zone}</p>`);
}

/** A page that only says something: what went wrong, and the way back. */
import { type Html, html } from '../html.js';
import { WORDS } from '../words/words.js';
import { type Frame, layout, note } from './layout.js';

export function messagePage(frame: Frame, text: string): Html {
  const words = WORDS[frame.language];
  return layout(frame, words.problem, html`<h1>${words.problem}</h1>${note(html`<p>${text}</p>`, true)}<p><a href="/inbox">${words.back}</a></p>`);
}

/** Where an access key is given. */
import { type Html, html } from '../html.js';
import { WORDS, type Words } from '../words/words.js';
import { type Frame, layout, note } from './layout.js';

export interface SignIn {
  /** Why this page is shown, if not by choice. */
  readonly message?: keyof Words;
  readonly wrong?: boolean;
  /** The browser came from elsewhere and so kept its cookie back: one more click shows whether there is a session. */
  readonly mayBeIn?: boolean;
}

export function signInPage(frame: Frame, { message, wrong = false, mayBeIn = false }: SignIn): Html {
  const words = WORDS[frame.language];
  const described = message !== undefined && wrong;
  return layout(frame, words.signIn, html`<h1>${words.signIn}</h1>
${message !== undefined && note(html`<p id="why">${words[message]}</p>`, wrong)}
${mayBeIn && html`<p><a href="${frame.path}">${words.alreadyIn}</a></p>`}
<form method="post" action="/inbox/session" autocomplete="off">
<input type="hidden" name="next" value="${frame.path}">
<p id="how">${words.signInHow}</p>
<div class="field"><label for="key">${words.key}</label><input id="key" name="key" type="password" required autocomplete="off" spellcheck="false" aria-describedby="${described ? 'how why' : 'how'}"${described && html` aria-invalid="true"`}></div>
<button>${words.signIn}</button>
</form>`);
}

/** What every page shares: landmarks, languages, the way out. */
import { type Html, type Part, html } from '../html.js';
import { type Language, WORDS } from '../words/words.js';
import { STYLE } from './style.js';

/** A page's frame: where it is, in which language, and for whom. */
export interface Frame {
  readonly language: Language;
  /** Path of a page that can be asked for again; what the language links lead to. */
  readonly path: string;
  /** Of the session's forms; absent when nobody is signed in. */
  readonly formToken?: string;
}

const NAMES: Readonly<Record<Language, string>> = { ro: 'Română', en: 'English' };

function languageLinks({ language, path }: Frame): Html {
  const links = (Object.keys(NAMES) as Language[]).map((other) =>
    other === language
      ? html`<li><span lang="${other}" aria-current="true">${NAMES[other]}</span></li>`
      : html`<li><a href="${path}?lang=${other}" lang="${other}" hreflang="${other}">${NAMES[other]}</a></li>`,
  );
  return html`<nav aria-label="${WORDS[language].languages}"><ul>${links}</ul></nav>`;
}

function signOut({ language, formToken }: Frame): Html | undefined {
  if (formToken === undefined) return undefined;
  return html`<form method="post" action="/inbox/sign-out"><input type="hidden" name="form" value="${formToken}"><button class="second">${WORDS[language].signOut}</button></form>`;
}

/** A whole document. The title says nothing that a passer-by should not read; `part` is added to it. */
export function layout(frame: Frame, part: string | undefined, main: Part): Html {
  const words = WORDS[frame.language];
  return html`<!doctype html>
<html lang="${frame.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${part === undefined ? words.title : `${part} – ${words.title}`}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header>${languageLinks(frame)}<div class="tools"><a class="leave" href="/inbox/leave" rel="noreferrer">${words.leave}</a>${signOut(frame)}</div></header>
<main id="main" tabindex="-1">${main}</main>
</body>
</html>
`;
}

/** A message on top of a page: read out at once, and not told by its colour only. */
export function note(text: Part, wrong = false): Html {
  return wrong ? html`<div class="note wrong" role="alert">${text}</div>` : html`<div class="note" role="status">${text}</div>`;
}

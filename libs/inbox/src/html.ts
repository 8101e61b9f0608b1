/** HTML that is escaped by construction: text becomes markup in `html` literals only, never in a value. */

let make: (text: string) => Html;

/** A piece of markup. Only `html` makes one, so whoever holds one holds escaped text. */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  static {
    make = (text) => new Html(text);
  }
}

export type Part = Html | string | number | false | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function rendered(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.toString();
  if (typeof part === 'object') return part.map(rendered).join('');
  return String(part).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

/**
 * Template tag. Values are escaped for text and for quoted attributes; lists are joined; `undefined` and `false` are nothing.
 * @throws Error for a value in an attribute without quotes, where no escaping helps
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.raw.map((before, index) => {
    if (index < parts.length && /\s[\w-]+=$/.test(before)) throw new Error('a value in an attribute needs quotes');
    return before + (index < parts.length ? rendered(parts[index]) : '');
  });
  return make(text.join(''));
}

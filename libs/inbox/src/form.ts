/** Fields of a sent form, and what they mean as a command's body. */
import type { Action, Field } from './actions.js';
import { TIME_ZONE } from './words/words.js';

/** Made by the form parser only, so that a body of another kind is never taken for a form. */
export class Form {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  /** A field as sent; `undefined` when it is not there or empty. */
  value(name: string): string | undefined {
    const value = this.values.get(name)?.replaceAll('\r\n', '\n').trim();
    return value === '' ? undefined : value;
  }
}

/** Reads `application/x-www-form-urlencoded`. Of a field that stands twice the form is refused: `undefined`. */
export function parseForm(text: string): Form | undefined {
  const pairs = [...new URLSearchParams(text)];
  const values = new Map(pairs);
  return values.size === pairs.length ? new Form(values) : undefined;
}

const LOCAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;

/** A time as a wall clock shows it, as a moment; what is none stays as it is, and is refused with the rest of the body. */
export function momentOf(local: string): string {
  if (!LOCAL.test(local)) return local;
  try {
    return Temporal.PlainDateTime.from(local, { overflow: 'reject' }).toZonedDateTime(TIME_ZONE).toInstant().toString();
  } catch {
    return local;
  }
}

function sent({ name, kind }: Field, form: Form): string | undefined {
  const value = form.value(name);
  return value !== undefined && kind === 'moment' ? momentOf(value) : value;
}

/** The command's body: nothing is judged here, since the one who judges bodies is the same as for the API. */
export function bodyOf({ fields }: Action, form: Form): Readonly<Record<string, string>> {
  return Object.fromEntries(fields.flatMap((field) => {
    const value = sent(field, form);
    return value === undefined ? [] : [[field.name, value]];
  }));
}

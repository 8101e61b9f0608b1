/** Replaces every identifier of a case in a text by the reader's own alias, whatever field it stands in; times to the minute. */
import { toTheMinute } from '#casework/nest';

/** An identifier, and what makes it the key of a part of that thing, such as one service of a referral: a name of its own. */
const NAME = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:\/[\w.+-]+)?/g;

/** Gives the alias of one identifier. */
export type NameOutside = (identifier: string) => Promise<string>;

/**
 * A JSON value with every identifier replaced, each asked for once, and moments told to the minute; those in `kept` (actors, who are not things of the case) stay.
 * By value and not by field name: a new event can not leak an identifier by naming its field in an unforeseen way.
 */
export async function withNamesOutside<T>(value: T, nameOutside: NameOutside, kept: ReadonlySet<string> = new Set()): Promise<T> {
  const text = JSON.stringify(value);
  const found = [...new Set(text.match(NAME))].filter((identifier) => !kept.has(identifier));
  const names = new Map(await Promise.all(found.map(async (identifier) => [identifier, await nameOutside(identifier)] as const)));
  return JSON.parse(toTheMinute(text).replace(NAME, (identifier) => names.get(identifier) ?? identifier)) as T;
}

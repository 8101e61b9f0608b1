/** The form of stored data: which keys, of which type, which of them may be missing. What is stored once is read for ever. */

/** 'string', 'number', 'boolean', or several as 'number|string'; [form of each]; or keys, with a question mark where one may be missing. */
export type Form = string | readonly Form[] | { readonly [key: string]: Form };

type Keys = Readonly<Record<string, Form>>;
const isKeys = (form: Form): form is Keys => typeof form === 'object' && !Array.isArray(form);
const isEach = (form: Form): form is readonly Form[] => Array.isArray(form);
const bare = (key: string): string => key.replace(/\?$/, '');

export function formOf(value: unknown): Form {
  if (Array.isArray(value)) {
    const [first, ...rest] = value.map(formOf);
    return first === undefined ? [] : [rest.reduce(mergeForms, first)];
  }
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, formOf(part)]));
}

function mergeKeys(one: Keys, other: Keys): Form {
  const merged: Record<string, Form> = {};
  const keys = new Set([...Object.keys(one), ...Object.keys(other)].map(bare));
  for (const key of [...keys].sort()) {
    const parts = [one[key] ?? one[`${key}?`], other[key] ?? other[`${key}?`]];
    const always = one[key] !== undefined && other[key] !== undefined;
    const [a, b] = parts;
    merged[always ? key : `${key}?`] = a === undefined ? b! : b === undefined ? a : mergeForms(a, b);
  }
  return merged;
}

/** The narrowest form that both have. */
export function mergeForms(one: Form, other: Form): Form {
  if (isEach(one) && isEach(other)) return one[0] === undefined ? other : other[0] === undefined ? one : [mergeForms(one[0], other[0])];
  if (isKeys(one) && isKeys(other)) return mergeKeys(one, other);
  if (typeof one === 'string' && typeof other === 'string') return [...new Set([...one.split('|'), ...other.split('|')])].sort().join('|');
  throw new Error(`no common form of ${JSON.stringify(one)} and ${JSON.stringify(other)}`);
}

/** Whether a value has a form: no key more, none less but the optional ones, each of its type. */
export function conforms(value: unknown, form: Form): boolean {
  if (typeof form === 'string') return form.split('|').includes(value === null ? 'null' : typeof value);
  if (isEach(form)) return Array.isArray(value) && value.every((part) => form[0] !== undefined && conforms(part, form[0]));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const given = Object.entries(value).filter(([, part]) => part !== undefined);
  const known = given.every(([key, part]) => {
    const wanted = (form as Keys)[key] ?? (form as Keys)[`${key}?`];
    return wanted !== undefined && conforms(part, wanted);
  });
  return known && Object.keys(form).every((key) => key.endsWith('?') || given.some(([name]) => name === key));
}

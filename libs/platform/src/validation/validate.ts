/** Bodies become instances of their class, or one refusal that names every field that is wrong, and no value. */
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { Rejection } from '#kernel';

/** Bounds that no documented body comes near: what is beyond them is not a body but an attack. */
const MOST_DEPTH = 8;
const MOST_VALUES = 20_000;
const MOST_ERRORS = 50;
/** A name that the sender chose may itself be personal data; only what looks like a name of a field is repeated. */
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9]{0,39}$|^\d{1,5}$/;

type BodyClass<T> = new () => T;

function refusal(errors: readonly string[]): Rejection {
  return new Rejection('invalid', 'body-invalid', 'the body does not have the documented shape', {
    errors: errors.slice(0, MOST_ERRORS),
  });
}

function pointer(path: readonly string[]): string {
  return path.map((part) => `/${FIELD_NAME.test(part) ? part : '-'}`).join('');
}

function kebab(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** Texts that no store could keep as they are: halves of characters, and NUL, which PostgreSQL refuses. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

interface Budget {
  left: number;
}

/** Shapes that JSON allows and no body means: `null`, numbers beyond all bounds, texts that can not be stored. */
function shapeErrors(value: unknown, path: readonly string[], budget: Budget): readonly string[] {
  if (--budget.left < 0 || path.length > MOST_DEPTH) throw refusal([' too-deep-or-large']);
  if (value === null) return [`${pointer(path)} null-not-allowed`];
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${pointer(path)} not-a-number`];
  if (typeof value === 'string') return isStorable(value) ? [] : [`${pointer(path)} text-not-storable`];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => {
    const here = [...path, key];
    // The whitelist of class-validator and the conversion of class-transformer both look past these names.
    if (key in Object.prototype) return [`${pointer(here)} unknown-field`];
    // A list in a list passes a nested check unseen: class-validator takes the inner one for an object without fields.
    if (Array.isArray(value) && Array.isArray(part)) return [`${pointer(here)} object-expected`];
    return shapeErrors(part, here, budget);
  });
}

function fieldErrors(
  { property, constraints = {}, children = [] }: ValidationError,
  parents: readonly string[],
): readonly string[] {
  const path = [...parents, property];
  const own = Object.keys(constraints).map(
    (name) => `${pointer(path)} ${name === 'whitelistValidation' ? 'unknown-field' : kebab(name)}`,
  );
  return [...own, ...children.flatMap((child) => fieldErrors(child, path))];
}

/**
 * Checks a parsed JSON body against its class and makes an instance of it. Nothing is converted, unknown fields are
 * refused, and `null` is no way to leave a field out. Parts of a body stand in lists (`Parts` of casework's fields):
 * class-validator would take a list where a single part is meant.
 * @throws Rejection `body-invalid`; `details.errors` holds `<JSON pointer> <check>`, at most 50, never a value
 */
export function validate<T extends object>(bodyClass: BodyClass<T>, body: unknown): T {
  const given = body ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) throw refusal([' object-expected']);
  const odd = shapeErrors(given, [], { left: MOST_VALUES });
  if (odd.length > 0) throw refusal(odd);
  const instance = plainToInstance(bodyClass, given);
  const errors = validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });
  if (errors.length > 0) throw refusal(errors.flatMap((error) => fieldErrors(error, [])));
  return instance;
}

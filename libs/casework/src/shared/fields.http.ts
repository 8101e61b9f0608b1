/** The kinds of field that request bodies are made of. Each checks shape; classification stands beside it at the field. */
import { MOMENT } from '#kernel';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsISO8601, IsOptional, IsString, IsUUID, Matches, Max, MaxLength, Min, MinLength,
  ValidateNested,
} from 'class-validator';

type FieldDecorator = (target: object, key: string) => void;

function all(...decorators: readonly PropertyDecorator[]): FieldDecorator {
  return (target, key) => {
    for (const decorate of decorators) decorate(target, key);
  };
}

/** One value of a code list. */
export const Code = (list: readonly string[]): FieldDecorator => all(IsIn([...list]));
/** Distinct values of a code list. */
export const Codes = (list: readonly string[], most = 50): FieldDecorator =>
  all(IsArray(), ArrayMaxSize(most), ArrayUnique(), IsIn([...list], { each: true }));
/** Identifier of an organisation in the directory. */
export const OrganisationId = (): FieldDecorator => all(Matches(/^[a-z0-9][a-z0-9-]{1,62}$/));
/** Identifier that this house gave out. */
export const Identifier = (): FieldDecorator => all(IsUUID());
/** A moment: ISO 8601 with zone, in years that sort as texts. */
export const Moment = (): FieldDecorator => all(IsISO8601({ strict: true, strictSeparator: true }), Matches(MOMENT));
/** A day that the calendar has, from 1900 to 2099. */
export const CalendarDate = (): FieldDecorator => all(IsISO8601({ strict: true }), Matches(/^(?:19|20)\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/));
export const Flag = (): FieldDecorator => all(IsBoolean());
export const Count = (min: number, max: number): FieldDecorator => all(IsInt(), Min(min), Max(max));
/** Free words; always personal. */
export const Words = (most: number): FieldDecorator => all(IsString(), MinLength(1), MaxLength(most));
/** A short technical text such as a version. */
export const Label = (): FieldDecorator => all(Matches(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/));
/** ISO 639-2 language. */
export const Language = (): FieldDecorator => all(Matches(/^[a-z]{3}$/));
/** ISO 3166-1 alpha-2 countries. */
export const Countries = (): FieldDecorator => all(IsArray(), ArrayMaxSize(10), ArrayUnique(), Matches(/^[A-Z]{2}$/, { each: true }));
/** A list of parts, each with fields of its own; the list's classification holds for all of them. */
export const Parts = (of: () => new () => object, most: number): FieldDecorator =>
  all(IsArray(), ArrayMaxSize(most), ValidateNested({ each: true }), Type(of));
/** A list with at least one value of a code list. */
export const SomeCodes = (list: readonly string[], most = 50): FieldDecorator => all(ArrayMinSize(1), Codes(list, most) as PropertyDecorator);
/** A short text of one shape. */
export const Shaped = (pattern: RegExp): FieldDecorator => all(IsString(), Matches(pattern));
/** Distinct short texts of one shape. */
export const Texts = (pattern: RegExp, most: number): FieldDecorator =>
  all(IsArray(), ArrayMaxSize(most), ArrayUnique(), IsString({ each: true }), Matches(pattern, { each: true }));
/** May be left out. `null` is not a value. */
export const Optional = (): FieldDecorator => all(IsOptional());

/** Body of a command that says all by its name. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a body without fields is still a body: it forbids them
export class EmptyBody {}

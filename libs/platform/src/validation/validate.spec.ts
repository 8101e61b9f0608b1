import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Rejection } from '#kernel';
import { validate } from './validate.js';

class Answer {
  @IsString() item!: string;
  @IsOptional() @IsInt() likelihood?: number;
}
class Body {
  @IsIn(['A', 'B']) code!: string;
  @IsBoolean() danger!: boolean;
  @IsOptional() @IsString() @MaxLength(10) words?: string;
  @IsOptional() @IsISO8601() at?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(3) @ValidateNested({ each: true }) @Type(() => Answer) answers?: Answer[];
}

const good = { code: 'A', danger: false };

function errors(body: unknown): readonly string[] {
  try {
    validate(Body, body);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Rejection);
    expect(error).toMatchObject({ kind: 'invalid', code: 'body-invalid' });
    return (error as Rejection).details['errors'] as readonly string[];
  }
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

describe('a body that fits', () => {
  it('becomes an instance, parts too, and holds nothing else', () => {
    const body = validate(Body, { ...good, answers: [{ item: 'R1.1', likelihood: 2 }] });
    expect(body).toBeInstanceOf(Body);
    expect(body.answers?.[0]).toBeInstanceOf(Answer);
    expect(Object.keys(body).sort()).toEqual(['answers', 'code', 'danger']);
  });
});

describe('a body that does not', () => {
  it('has all its fields named', () => {
    expect(errors({ code: 'C', danger: 'yes', words: 'w'.repeat(11), more: 1 })).toEqual(
      expect.arrayContaining(['/code is-in', '/danger is-boolean', '/words max-length', '/more unknown-field']),
    );
  });

  it('has the fields of its parts named by JSON pointer', () => {
    expect(errors({ ...good, answers: [{ item: 'R1.1' }, { item: 7, likelihood: 1.5, x: 1 }] })).toEqual(
      expect.arrayContaining([
        '/answers/1/item is-string',
        '/answers/1/likelihood is-int',
        '/answers/1/x unknown-field',
      ]),
    );
    expect(errors({ ...good, answers: ['R1.1'] })).toHaveLength(1);
    expect(errors({ ...good, answers: [[]] })).toEqual(['/answers/0 object-expected']);
    expect(errors({ ...good, answers: { item: 'R1.1' } })).not.toEqual([]);
  });

  it('is never converted into one that does', () => {
    expect(errors({ code: 'A', danger: 'false' })).toEqual(['/danger is-boolean']);
    expect(errors({ code: 'A', danger: 0 })).toEqual(['/danger is-boolean']);
    expect(errors({ ...good, answers: [{ item: 'x', likelihood: '2' }] })).toEqual(['/answers/0/likelihood is-int']);
  });

  it('may leave a field out, but not set it to null', () => {
    expect(errors({ ...good, words: null })).toEqual(['/words null-not-allowed']);
    expect(errors({ ...good, answers: [null] })).toEqual(['/answers/0 null-not-allowed']);
  });

  it.each([[undefined], [null], [[]], ['text'], [7], [true]])('is %j', (body) => {
    expect(errors(body)).not.toEqual([]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('adds %s', (name) => {
    expect(errors(JSON.parse(`{"code":"A","danger":true,"${name}":{"x":1}}`))).not.toEqual([]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('holds texts that no store keeps as they are, or numbers beyond all bounds', () => {
    expect(errors({ ...good, words: 'a\u0000b' })).toEqual(['/words text-not-storable']);
    expect(errors({ ...good, words: '\ud800' })).toEqual(['/words text-not-storable']);
    expect(errors(JSON.parse('{"code":"A","danger":true,"at":1e999}'))).toEqual(['/at not-a-number']);
  });

  it('is deeper or larger than any body', () => {
    expect(errors({ ...good, more: nested(9) })).toEqual([' too-deep-or-large']);
    expect(errors({ ...good, more: Array.from({ length: 20_001 }, () => 1) })).toEqual([' too-deep-or-large']);
    expect(errors(JSON.parse(`{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`))).not.toEqual([]);
  });

  it('gets at most 50 errors, without any value or odd name of its own', () => {
    const names = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`x${String(i)}`, 'Ana']));
    expect(errors({ ...good, ...names })).toHaveLength(50);
    expect(errors({ ...good, 'Ana Pop': 'Ana', 'a/b': 1 }).join()).not.toMatch(/Ana|a\/b/);
  });
});

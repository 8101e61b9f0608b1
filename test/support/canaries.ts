/**
 * A unique word for every personal field of every command, so that whoever finds it knows which field leaked. Fields are
 * found by their metadata: a field added tomorrow gets its canary by itself, or stops the test that can not fill it.
 * Source: architecture.md 5 (canary test), 10.
 */
import { randomBytes } from 'node:crypto';
import { getMetadataStorage } from 'class-validator';
import { type Compartment, classificationOf, isCompartment } from '#kernel';
import { bodyClasses } from './casework-files.js';

/** One personal field of one command. */
export interface PersonalField {
  readonly command: string;
  readonly field: string;
  readonly compartment: Compartment;
  /** Free words of at most this length; absent where the field has a shape or a code list. */
  readonly words?: number;
  readonly optional: boolean;
}

function checksOf(body: new () => object, field: string) {
  return getMetadataStorage().getTargetValidationMetadatas(body, '', true, false).filter(({ propertyName }) => propertyName === field);
}

function wordsOf(checks: ReturnType<typeof checksOf>): { words?: number } {
  const most = checks.find(({ name }) => name === 'maxLength')?.constraints[0] as number | undefined;
  return most === undefined ? {} : { words: most };
}

/** Every personal field of every request body of every stage. */
export async function personalFields(): Promise<readonly PersonalField[]> {
  return [...(await bodyClasses())].flatMap(([name, body]) =>
    [...classificationOf(body)].flatMap(([field, as]) => {
      if (!isCompartment(as)) return [];
      const checks = checksOf(body, field);
      const optional = checks.some(({ type }) => type === 'conditionalValidation');
      return [{ command: name.replace(/Body$/, ''), field, compartment: as, optional, ...wordsOf(checks) }];
    }),
  );
}

/** Values of fields that have a shape: `Command.field`, or `field` for every command. */
export type Shapes = Readonly<Record<string, unknown>>;

/** A canary that sings. */
export interface Found {
  readonly field: string;
  readonly canary: string;
}

export class Canaries {
  private readonly made = new Map<string, unknown>();
  private readonly words = new Map<string, readonly string[]>();
  private readonly sent = new Set<string>();

  constructor(
    readonly fields: readonly PersonalField[],
    private readonly shapes: Shapes,
  ) {}

  /** All personal fields of a command, each with a value that passes its checks. @throws Error for a shape nobody knows */
  bodyOf(command: string): Readonly<Record<string, unknown>> {
    const mine = this.fields.filter((field) => field.command === command);
    return Object.fromEntries(mine.map((field) => [field.field, this.valueOf(field)]));
  }

  /** The command was recorded with these fields. */
  record(command: string, body: object): void {
    for (const { field } of this.fields.filter((one) => one.command === command && one.field in body)) this.sent.add(`${command}.${field}`);
  }

  /** Fields that no recorded command filled. */
  unsent(): readonly string[] {
    return this.fields.map(({ command, field }) => `${command}.${field}`).filter((name) => !this.sent.has(name));
  }

  /**
   * The canaries that some bytes hold: as they are, in base64 or in hexadecimal. Values of code lists stand in quotes, and
   * are not looked for where the lists themselves are printed.
   */
  in(bytes: Buffer | string, { codes = true } = {}): readonly Found[] {
    const content = Buffer.from(bytes as string);
    const sings = (word: string): boolean => (codes || !word.startsWith('"')) && disguises(word).some((one) => content.includes(one));
    return [...this.words].flatMap(([field, words]) => words.filter(sings).map((canary) => ({ field, canary })));
  }

  private valueOf({ command, field, words }: PersonalField): unknown {
    const name = `${command}.${field}`;
    const shaped = this.shapes[name] ?? this.shapes[field];
    if (shaped === undefined && words === undefined) throw new Error(`${name} has a shape that the story does not know: give it a value`);
    const made = this.made.get(name) ?? shaped ?? `Ț${randomBytes(8).toString('hex')}é ${name}`.slice(0, words);
    this.made.set(name, made);
    this.words.set(name, [made].flat().flatMap(asWord));
    return made;
  }
}

/** What is looked for: free text as it is, a code in its quotes; numbers and flags can not be told from chance. */
function asWord(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return asWord((value as { code?: string }).code ?? (value as { item?: string }).item);
  if (typeof value !== 'string') return [];
  return /^[\w.-]{1,24}$/.test(value) && !/^\d{4}/.test(value) ? [`"${value}"`] : [value];
}

/** A canary in the forms in which bytes travel. */
function disguises(word: string): readonly string[] {
  const core = /[0-9a-f]{16}/.exec(word)?.[0] ?? word;
  if (core.length < 12) return [core];
  // Of base64 three alignments are possible; the ends depend on the neighbours and are left out.
  const base64 = [0, 1, 2].map((shift) => Buffer.from(' '.repeat(shift) + core).toString('base64').slice(4, -4));
  return [core, core.toUpperCase(), Buffer.from(core).toString('hex'), ...base64];
}

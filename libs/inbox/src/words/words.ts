/** Everything that the page says, in both languages. Neutral words only: a screen may be seen by others (domain.md 8.4). */
import { CODES_EN } from './codes.en.js';
import { CODES_RO } from './codes.ro.js';
import type { CodeList } from './codes.js';
import { EN } from './words.en.js';
import { RO } from './words.ro.js';

export type Language = 'ro' | 'en';
export const LANGUAGES: readonly Language[] = ['ro', 'en'];

/** Texts by their names; `{}` stands for a value. */
export type Words = Readonly<Record<keyof typeof EN, string>>;

export const WORDS: Readonly<Record<Language, Words>> = { ro: RO, en: EN };
const CODES = { ro: CODES_RO, en: CODES_EN };

/** The name of a code; of one that this build does not know, the code itself. */
export function nameOf(language: Language, list: CodeList, code: string): string {
  return Object.hasOwn(CODES[language][list], code) ? (CODES[language][list][code] ?? code) : code;
}

/** Codes of a list with their names, in the order in which they are offered. */
export function choices(language: Language, list: CodeList): readonly (readonly [string, string])[] {
  return Object.entries(CODES[language][list]);
}

/** Whether a list holds a code. */
export function isCode(list: CodeList, code: string): boolean {
  return Object.hasOwn(CODES.en[list], code);
}

/** The clocks on the walls of those who read this. */
export const TIME_ZONE = 'Europe/Bucharest';

const TAGS = { ro: 'ro-RO', en: 'en-GB' };

/** A moment in words, in local time: `2 martie 2026 la 10:00`. */
export function moment(language: Language, instant: string): string {
  return new Intl.DateTimeFormat(TAGS[language], { dateStyle: 'long', timeStyle: 'short', timeZone: TIME_ZONE }).format(new Date(instant));
}

/** The name of a language by its ISO 639-2 code. */
export function languageName(language: Language, code: string): string {
  return new Intl.DisplayNames([TAGS[language]], { type: 'language' }).of(code) ?? code;
}

/** Names of codes in the languages of the mechanism, shown to people; codes alone are stored. */

/** English, Romanian, Latvian. */
export type Label = readonly [en: string, ro: string, lv: string];
export type Labels = Readonly<Record<string, Label>>;
export const LABEL_LANGUAGES = ['en', 'ro', 'lv'] as const;

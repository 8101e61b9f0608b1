/**
 * The words of the person's page, in two languages. For a social worker and a frightened person: short sentences, nothing
 * that names what happened to her, no programme, no law (domain.md 8.4, wording rule).
 */
import type { Compartment } from '#kernel';
import type { ConsentPurpose, DisclosureGround, Role } from '#mechanism';

export const PAGE_LANGUAGES = ['ro', 'en'] as const;
export type PageLanguage = (typeof PAGE_LANGUAGES)[number];

export interface Words {
  /** For `Intl`. */
  readonly locale: string;
  readonly title: string;
  readonly opening: string;
  readonly headings: Readonly<Record<'who' | 'agreed' | 'ended' | 'unasked' | 'opened' | 'looked' | 'tried' | 'paid' | 'rights', string>>;
  /** What stands under a heading that has nothing to tell. */
  readonly nothing: Readonly<Record<'who' | 'agreed' | 'ended' | 'unasked' | 'opened' | 'looked' | 'tried', string>>;
  readonly roles: Readonly<Partial<Record<Role, string>>>;
  readonly otherRole: string;
  /** How much is seen: own notification, offer, the case without and with private details. */
  readonly sees: Readonly<Record<'OWN' | 'OFFER' | 'FULL' | 'PRIVATE', string>>;
  readonly purposes: Readonly<Record<ConsentPurpose, string>>;
  readonly nobody: string;
  readonly grounds: Readonly<Record<DisclosureGround, string>>;
  readonly reviews: Readonly<Record<'DUE' | 'UPHELD' | 'NOT_UPHELD', string>>;
  readonly compartments: Readonly<Record<Compartment, string>>;
  /** Why somebody opened everything in an emergency, by the code of the reason. */
  readonly emergencies: Readonly<Record<string, string>>;
  /** How it stands with who pays for a help that was asked about; the day by which an answer is owed. */
  readonly payments: Readonly<Record<'REQUESTED' | 'GRANTED' | 'QUEUED' | 'REFUSED', (by: string) => string>>;
  readonly inEmergency: string;
  readonly historyOnly: string;
  /** A paper was made for an organisation in another country. */
  readonly preparedFor: (name: string) => string;
  readonly attempt: string;
  readonly times: (count: number) => string;
  readonly until: (day: string) => string;
  readonly since: (day: string) => string;
  readonly withdrawn: (day: string) => string;
  readonly refused: (day: string) => string;
  readonly over: (day: string) => string;
  readonly rights: readonly string[];
}

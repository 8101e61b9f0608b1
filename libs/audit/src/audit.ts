/** What auditing is made of: one reader of the log, the ledger, mandates and exports over the same store. */
import type { EventStore } from '#event-store';
import type { Clock } from '#kernel';
import type { Reference } from '#mechanism';
import type { AccessGrounds, Caller } from '#platform';
import type { AliasRegister, Keyring } from '#privacy';
import { Exporter } from './export/export.js';
import { Ledger } from './ledger/ledger.js';
import { LogIndex } from './log-index.js';
import { Mandates } from './mandates/mandates.js';

export interface AuditParts {
  readonly store: EventStore;
  readonly aliases: AliasRegister;
  readonly keyring: Keyring;
  readonly reference: () => Reference;
  readonly clock: Clock;
}

export interface Audit extends AuditParts {
  readonly index: LogIndex;
  readonly ledger: Ledger;
  readonly mandates: Mandates;
  readonly exporter: Exporter;
  /** Grounds of access that a caller's mandate gives. */
  readonly grounds: (caller: Caller) => Promise<AccessGrounds>;
}

/** Injection token. */
export const AUDIT = Symbol('audit');

export function openAudit(parts: AuditParts): Audit {
  const { store, keyring, clock } = parts;
  const index = new LogIndex(store);
  const ledger = new Ledger({ store, index, keyring, clock });
  const mandates = new Mandates(store, clock);
  const exporter = new Exporter({ store, ledger, keyring, clock });
  const grounds = async ({ mandate }: Caller): Promise<AccessGrounds> => {
    const found = mandate === undefined ? undefined : await mandates.find(mandate);
    return found === undefined ? {} : { mandate: found };
  };
  return { ...parts, index, ledger, mandates, exporter, grounds };
}

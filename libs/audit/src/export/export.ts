/** A case as an auditor takes it away: recorded as a disclosure first, then written. Source: architecture.md 8, ADR 10. */
import type { EventStore } from '#event-store';
import { type Clock, streamOfCase } from '#kernel';
import { type Keyring, recordDisclosure, type Viewer } from '#privacy';
import type { Ledger } from '../ledger/ledger.js';
import { writeBundle } from './bundle.js';

export interface ExporterParts {
  readonly store: EventStore;
  readonly ledger: Ledger;
  readonly keyring: Pick<Keyring, 'sign' | 'publicKeys'>;
  readonly clock: Clock;
}

/** What is to be exported, for whom. */
export interface ExportWish {
  readonly caseId: string;
  readonly viewer: Viewer;
  /** Root of a tree that the auditor holds: the bundle proves the case in that one too. */
  readonly heldRoot?: string;
}

/** Purpose under which an export stands in the disclosure log. */
export const EXPORT_PURPOSE = 'AUDIT-EXPORT';

export class Exporter {
  constructor(private readonly parts: ExporterParts) {}

  /**
   * The bundle as NDJSON. When the disclosure can not be recorded, nothing is read and this rejects.
   * @throws Error for a case without events, and what `recordDisclosure` throws
   */
  async export({ caseId, viewer, heldRoot }: ExportWish): Promise<string> {
    const { store, ledger, keyring, clock } = this.parts;
    await recordDisclosure(store, clock, { caseId, viewer, purpose: EXPORT_PURPOSE, categories: [], references: 0 });
    const stream = streamOfCase(caseId);
    const events = await store.readStream(stream);
    const newest = await ledger.proofOf(stream, events.length - 1);
    const held = heldRoot === undefined || heldRoot === newest.tree.root ? undefined : await ledger.proofFor(heldRoot, stream);
    // The newest tree may be newer than what was read: then what came in between is read too.
    const whole = newest.revision < events.length ? events : await store.readStream(stream);
    return writeBundle({ events: whole, inclusions: held === undefined ? [newest] : [held, newest], keyring, at: clock() });
  }
}

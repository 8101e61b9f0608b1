/** Directory entries as they were: who an organisation was then decides what it could see then. */
import type { EventStore } from '#event-store';
import { evolveOrganisation, type Organisation, streamOfOrganisation } from '#mechanism';

/** The entry of one organisation at a moment; `undefined` when it was not registered by then. */
export type EntryAt = (at: string) => Organisation | undefined;

/** Reads an organisation's entry with all its versions. */
export async function entriesOf(store: EventStore, organisation: string): Promise<EntryAt> {
  const versions: { readonly since: string; readonly entry: Organisation }[] = [];
  for (const event of await store.readStream(streamOfOrganisation(organisation))) {
    const entry = evolveOrganisation(organisation, versions.at(-1)?.entry, event);
    versions.push({ since: event.metadata.recordedAt, entry });
  }
  return (at) => versions.findLast(({ since }) => since <= at)?.entry;
}

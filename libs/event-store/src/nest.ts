/** For the module that chooses an adapter: event stores that need a server. No driver is loaded before one is opened. */
import type { EventStore } from './port.js';

/**
 * Opens the event store on EventStoreDB or KurrentDB. It connects at the first call.
 * @param address `esdb://` or `kurrentdb://`, either with `+discover`; may carry credentials
 * @throws RangeError when the address is not one; the error does not repeat it
 */
export async function openEventStoreDb(address: string): Promise<EventStore> {
  const { connectEventStoreDb } = await import('./adapters/eventstoredb/eventstoredb-event-store.js');
  return connectEventStoreDb(address);
}

export { EventStoreLocked, EventStoreRefused } from './adapters/sqlite/database.js';
export { openSqliteEventStore } from './adapters/sqlite/sqlite-event-store.js';
export * from './chain.js';
export * from './drafts.js';
export * from './encoding.js';
export * from './ids.js';
export * from './port.js';

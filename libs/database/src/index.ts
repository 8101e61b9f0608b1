export * from './database.js';
export * from './make-tables.js';
export * from './purge.js';
export * from './shared-transaction.js';

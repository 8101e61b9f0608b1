export * from './database.js';
export * from './purge.js';
export * from './shared-transaction.js';

export * from './database.js';
export * from './list-statement.js';
export * from './make-tables.js';
export * from './prepared.js';
export * from './purge.js';
export * from './row-table.js';
export * from './shared-transaction.js';
export * from './side-by-side.js';

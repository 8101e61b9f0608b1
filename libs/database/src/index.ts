export * from './database.js';
export * from './shared-commit.js';

export * from './engines.js';
export * from './notifications.js';

export * from './engines.js';
export * from './notifications.js';
export * from './demonstration.js';
export * from './service.js';
export * from './welcome.js';
export * from './keyring-tending.js';

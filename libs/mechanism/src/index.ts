export * from './calendar.js';
export * from './catalogue.js';
export * from './instrument.js';
export * from './policy.js';
export * from './reference.js';
export * from './registry.js';
export * from './vocabulary.js';

export * from './message.js';
export * from './personal.js';
export * from './rejection.js';
export * from './specification.js';
export * from './stage.js';
export * from './streams.js';
export * from './workflow.js';
export * from './moment.js';

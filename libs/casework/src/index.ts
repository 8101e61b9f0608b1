export * from './shared/facts.js';
export * from './shared/consents.js';
export * from './shared/break-glass.js';
export * from './shared/guards.js';
export * from './shared/world.js';
export * from './shared/notice.js';
export * from './workflow.js';
export * from './notices.js';

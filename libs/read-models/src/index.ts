/** The projection engine: tables derived from the event log, kept up with it, and built again at will. */
export { backOff } from './back-off.js';
export { storedPosition } from './checkpoint.js';
export * from './projection.js';
export * from './projector.js';
export type { AnyDatabase } from './table-store.js';
export * from './view.js';

/** Injection token of all engines together, for what starts and stops with them. */
export const ENGINES = Symbol('engines');

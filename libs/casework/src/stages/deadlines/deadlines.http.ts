/** Deadlines are reported by the clock alone: no request says that somebody is late. */
export {};

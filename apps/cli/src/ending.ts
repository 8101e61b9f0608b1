/** How the command line ends. Scripts read these numbers: they are a contract. */
import { CommanderError } from 'commander';
import { Refused, Unreachable } from './client.js';

export const EXIT = { done: 0, contradicted: 1, usage: 2, refused: 3, unreachable: 4 } as const;

export const EXIT_HELP = `
Exit codes:
  0  done; for verify: nothing contradicts anything
  1  verify: the bundle does not hold
  2  the command, an option or a file can not be used
  3  the server refused; its problem stands on standard error
  4  the server can not be reached`;

/** A file or an option that can not be used; `message` is for the person at the keyboard. */
export class Unusable extends Error {
  override readonly name = 'Unusable';
}

/** Says what went wrong on standard error, and with which code to end. @throws what is a fault of this program */
export function endWith(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
  if (!(error instanceof Unusable || error instanceof Refused || error instanceof Unreachable)) throw error;
  console.error(error.message);
  if (error instanceof Refused) return EXIT.refused;
  return error instanceof Unreachable ? EXIT.unreachable : EXIT.usage;
}

/** Ends the process as an operator asks: requests under way are answered, readers finish, files are closed, then it exits. */
import type { Standalone } from './start.js';

/** A second signal, or a stop that fails, ends it at once: what was acknowledged is on the disk either way. */
export function stopOnSignal(standalone: Standalone): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    standalone.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, stop);
}

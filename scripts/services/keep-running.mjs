// A process that is started again whenever it dies, always on the same port.
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Long: on a busy machine many start at once. */
const ANSWERS_WITHIN_MILLISECONDS = 240_000;
const STOPS_WITHIN_MILLISECONDS = 10_000;
/** How long it stays away after a death. */
const PAUSE_MILLISECONDS = 200;

/**
 * `startOn(port)` starts the process and answers its `ChildProcess`. Resolves when it answers on that port; throws when it
 * ends before it ever answered, which is a setting that can not be used rather than a crash.
 */
export async function keepRunning(name, startOn) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child;
  let stopping = false;
  let answered = false;
  const start = () => {
    child = startOn(port);
    child.once('exit', async () => {
      if (stopping || !answered) return;
      await setTimeout(PAUSE_MILLISECONDS);
      if (!stopping) start();
    });
  };
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  start();
  const one = {
    name, url,
    /** Ends the process as a crash would; it is started again. */
    kill() {
      child.kill('SIGKILL');
    },
    /** Asks the process to end, as an operator does; it is started again. Answers the exit code: null when a signal ended it. */
    async restart() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = await ended;
      return code;
    },
    /** Resolves when it answers. */
    ready: () => untilAnswered(url, name, () => !answered && hasEnded()),
    async stop() {
      stopping = true;
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const hurry = setTimeout(STOPS_WITHIN_MILLISECONDS, undefined, { ref: false }).then(() => child.kill('SIGKILL'));
      await ended;
      void hurry;
    },
  };
  try {
    await one.ready();
    answered = true;
  } catch (error) {
    await one.stop();
    throw error;
  }
  return one;
}

async function untilAnswered(url, name, isLost) {
  const deadline = Date.now() + ANSWERS_WITHIN_MILLISECONDS;
  while (Date.now() < deadline && !isLost()) {
    const isLive = await fetch(`${url}/health/live`).then(({ ok }) => ok, () => false);
    if (isLive) return;
    await setTimeout(100);
  }
  throw new Error(`${name} did not start`);
}

/** All that these promise, or none: where one is broken, the others are waited for and stopped. */
export async function allOrNone(starting) {
  const ends = await Promise.allSettled(starting);
  const running = ends.flatMap(({ value }) => value ?? []);
  const broken = ends.find(({ status }) => status === 'rejected');
  if (broken === undefined) return running;
  await Promise.all(running.map((one) => one.stop()));
  throw broken.reason;
}

/** Below what a system hands out by itself (RFC 6335 and Linux): nobody gets it by chance before it is listened on. */
const PORTS = { from: 20_000, to: 32_000 };

/** A port of the loopback on which nothing listens now. */
export async function freePort() {
  for (;;) {
    const server = createServer().listen(randomInt(PORTS.from, PORTS.to), '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch (error) {
      if (error.code === 'EADDRINUSE') continue;
      throw error;
    }
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
  }
}

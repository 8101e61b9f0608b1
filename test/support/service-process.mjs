// One app of the mechanism as a process for tests: the built app, whose clock stands where whoever started it says. It takes
// its orders over the channel of `fork`, so no build that is deployed has a door for it. Argument: the folder of the build.
import 'reflect-metadata';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const dist = process.argv[2];
const load = (...path) => import(pathToFileURL(join(dist, ...path)).href);
const [{ openEngines }, { createDemoIssuer, loadConfig }, { METRICS, createApp }, { ClockService }] = await Promise.all([
  load('libs', 'engines', 'src', 'index.js'), load('libs', 'platform', 'src', 'index.js'),
  load('libs', 'platform', 'src', 'nest.js'), load('libs', 'casework', 'src', 'nest.js'),
]);
let now;
let app;

const orders = {
  async start({ name, port, engines, purposes, settings, environment, issuerFolder, at }) {
    now = at;
    const opened = await openEngines({ ...engines, purposes, clock: () => now });
    const module = Object.values(await load('apps', name, 'src', `${name}.module.js`)).find((one) => typeof one.on === 'function');
    app = await createApp(module.on(opened, settings), loadConfig(environment), { demoIssuer: await createDemoIssuer(issuerFolder) });
    app.enableShutdownHooks(['SIGTERM'], { useProcessExit: true });
    await app.listen(port, '127.0.0.1');
  },
  turnTo({ at }) {
    now = at;
  },
  async actOnDue() {
    await app.get(ClockService, { strict: false }).runner.actOnDue();
  },
  metrics: () => app.get(METRICS).metrics(),
};

process.on('message', async ({ id, order, ...rest }) => {
  try {
    process.send({ id, answer: await orders[order](rest) });
  } catch (error) {
    process.send({ id, error: String(error?.stack ?? error) });
    if (order === 'start') process.exitCode = 1;
    if (order === 'start') process.disconnect();
  }
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit());

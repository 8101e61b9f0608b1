/** Carries out the erasures of a folder and kills itself, as kill -9 does, at the moment it was told. */
import { finishErasures } from '#privacy';
import type { Moment } from './erasure-world.js';
import { openWorld } from './erasure-world.js';

const [folder = '', moment = ''] = process.argv.slice(2);
const world = await openWorld(folder, (now: Moment) => {
  if (now === moment) process.kill(process.pid, 'SIGKILL');
});
await finishErasures(world.options);
await world.close();

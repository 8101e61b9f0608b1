/** The whole story, in order. */
import { found } from './story/found.js';
import { helped } from './story/helped.js';
import { newLife } from './story/new-life.js';
import { proof } from './story/proof.js';
import { returns } from './story/returns.js';
import { saysNo } from './story/says-no.js';
import { herPage } from './story/her-page.js';
import type { World } from './world.js';

export async function play(world: World): Promise<void> {
  const { teller } = world;
  teller.say('This is one story, played through Tandem’s HTTP interface against an instance that starts now and is removed at the end. All organisations and people are invented.');
  const path = await found(world);
  const help = await helped(world, path);
  await saysNo(world, path, help);
  await herPage(world, path);
  await returns(world, path);
  await newLife(world);
  await proof(world);
}

/** Her one page: who knows what about her, why, until when, who tried. */
import type { World } from '../world.js';

export async function herPage({ teller, shelter }: World, path: string): Promise<void> {
  teller.chapter('Her one page');
  teller.say('Irina prints it for her, in Romanian. It is hers; it uses no word that gives her away if somebody else finds it.');
  const page = await shelter.reads(`${path}/person-page?language=ro&format=text`);
  teller.show(page.text);
}

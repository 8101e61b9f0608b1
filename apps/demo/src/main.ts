import { instanceFor } from './instance.js';
import { STORIES } from './stories.js';
import { Teller } from './teller.js';

const name = process.argv[2] ?? 'adult';
const story = Object.hasOwn(STORIES, name) ? STORIES[name] : undefined;
if (story === undefined) throw new Error(`there is no story of that name; there are: ${Object.keys(STORIES).join(', ')}`);
const teller = new Teller((text) => { process.stdout.write(`${text}\n`); });
const instance = await instanceFor(process.env); // eslint-disable-line no-restricted-properties -- handed on to what reads them
await story(instance, teller).finally(() => instance.stop());

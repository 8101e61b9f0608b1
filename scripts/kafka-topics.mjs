// node scripts/kafka-topics.mjs --keyring data/keyring.json casa-lumina clinica-aurora
// Prints the topic of each organisation that is named, for whoever makes topics and rights on a broker (docs/kafka.md).
// Where KEYRING_URL names the database of a shared keyring, the file is its root key.
// Who holds this list can read who is told how often: keep it as you keep the keyring.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';

const { values, positionals } = parseArgs({
  options: { keyring: { type: 'string', default: process.env.KEYRING_FILE ?? './data/keyring.json' } },
  allowPositionals: true,
});
// A keyring that is not there would be made, and its topics would be nobody's.
if (!existsSync(values.keyring) || positionals.length === 0) {
  console.error('usage: node scripts/kafka-topics.mjs [--keyring <file that exists>] <organisation> ...');
  process.exit(1);
}
build({ apps: ['standalone'] });
const { openKeyring, openSharedKeyring } = await import('#privacy');
const { openDatabase } = await import('#database');
const { topicOf } = await import('#notifications');
const clock = () => new Date().toISOString();
const database = process.env.KEYRING_URL && openDatabase(process.env.KEYRING_URL);
const keys = database ? await openSharedKeyring(database, values.keyring, clock) : openKeyring(values.keyring, clock);
for (const organisation of positionals) console.log(`${topicOf(keys.for(), organisation)} ${organisation}`);
if (database) await database.close();

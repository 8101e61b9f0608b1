// npm run services: one of each service as processes on this machine, behind one address. Needs an EventStoreDB at
// EVENTSTORE_URL: the embedded event store is for one process, and refuses a second. PostgreSQL is brought along, unless
// DATABASE_URL names one.
import { resolve } from 'node:path';
import { build } from './build.mjs';
import { SERVICES, startServices } from './services/mechanism.mjs';
import { startPostgres } from './services/postgres.mjs';
import { setup } from './setup.mjs';

const { EVENTSTORE_URL: eventStore, DATABASE_URL, TANDEM_DATA = './data-services', PORT = '8080' } = process.env;
if (eventStore === undefined) {
  console.error('services: EVENTSTORE_URL must name an EventStoreDB, as in docker-compose.yml: esdb://127.0.0.1:2113?tls=false');
  process.exit(1);
}
await setup();
build({ apps: ['issuer', ...SERVICES] });
const data = resolve(TANDEM_DATA);
const postgres = DATABASE_URL === undefined ? await startPostgres(`${data}-postgres`) : { address: DATABASE_URL, stop: () => undefined };
const services = await startServices({ eventStore, database: postgres.address, data, port: Number(PORT) });
for (const line of services.welcome) console.log(line);
console.log(`All of ${SERVICES.join(', ')} run. Control-C ends them.`);
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await services.stop();
    await postgres.stop();
    process.exit(0);
  });
}

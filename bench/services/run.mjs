// EVENTSTORE_URL=esdb://... npm run bench -- services
// The same requests through proxy and eight services, on the EventStoreDB at EVENTSTORE_URL and PostgreSQL, beside one process on
// SQLite files: what a country pays for engines that cluster and services that fail alone. Both run at once and are asked in turn.
// Writes bench/results/services.json. Without a server nothing is measured, and it says so.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.mjs';
import { SERVICES, startServices } from '../../scripts/services/mechanism.mjs';
import { startPostgres } from '../../scripts/services/postgres.mjs';
import { NEEDS, NOTIFICATION } from '../http/bodies.mjs';
import { drive, LIMITS, start, tokenOf } from '../http/server.mjs';

const { EVENTSTORE_URL: eventStore } = process.env;
if (eventStore === undefined) {
  console.log('NOT MEASURED: services beside one process. Set EVENTSTORE_URL.');
  process.exit(0);
}
const ROUNDS = 3;
const SECONDS = 4;
build({ apps: ['issuer', ...SERVICES] });
// The database server's user must reach its folder.
const folder = mkdtempSync(join(tmpdir(), 'tandem-bench-services-'));
const postgres = await startPostgres(mkdtempSync(join(tmpdir(), 'tandem-bench-postgres-')));
const services = await startServices({ eventStore, database: postgres.address, data: folder, environment: LIMITS });
const port = Number(new URL(services.address).port);
const sides = {
  services: { port, token: await tokenOf(port), cases: [] },
  standalone: { ...(await start(() => ['dist/apps/standalone/src/main.js'])), cases: [] },
};

const asking = ({ token }, path, body) => ({ path, body, headers: `authorization: Bearer ${token}\r\n${body === undefined ? '' : `idempotency-key: ${randomUUID()}\r\n`}` });
const REQUESTS = {
  'POST /v1/cases (3 events, 1 sealed account)': (side) => asking(side, '/v1/cases', NOTIFICATION),
  'POST /v1/cases/{caseId}/basic-needs (1 event)': (side) => (side.cases.length > 1 ? asking(side, `/v1/cases/${side.cases.shift()}/basic-needs`, NEEDS) : undefined),
  'GET /v1/cases/{caseId}': (side) => asking(side, `/v1/cases/${side.cases[0]}`),
};

/** Every kind of request on one side; cases that were notified are what the next kinds are about. */
async function asked(side, seconds) {
  const figures = {};
  for (const [measure, next] of Object.entries(REQUESTS)) {
    const keep = measure.startsWith('POST /v1/cases (') ? (text) => side.cases.push(JSON.parse(text).caseId) : undefined;
    figures[measure] = await drive(side, () => next(side), seconds, keep);
  }
  return figures;
}

const rounds = [];
try {
  for (const side of Object.values(sides)) await asked(side, 2);
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push({ services: await asked(sides.services, SECONDS), standalone: await asked(sides.standalone, SECONDS) });
    process.stderr.write('.');
  }
} finally {
  await sides.standalone.stop();
  await services.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const results = Object.keys(REQUESTS).map((measure) => {
  const pick = (side, figure) => median(rounds.map((round) => round[side][measure][figure]));
  const [value, besideValue] = [pick('services', 'rate'), pick('standalone', 'rate')];
  return {
    measure, value, unit: 'requests/s', beside: 'standalone on SQLite files', besideValue, ratio: Math.round((value / besideValue) * 100) / 100, target: null, reached: null,
    p50Milliseconds: pick('services', 'p50'), p99Milliseconds: pick('services', 'p99'), besideP50Milliseconds: pick('standalone', 'p50'), besideP99Milliseconds: pick('standalone', 'p99'),
    runs: rounds.map((round) => ({ services: round.services[measure], standalone: round.standalone[measure] })),
  };
});
for (const result of results) console.log(JSON.stringify({ ...result, runs: undefined }));
writeFileSync(join(import.meta.dirname, '..', 'results', 'services.json'), `${JSON.stringify(results, null, 2)}\n`);

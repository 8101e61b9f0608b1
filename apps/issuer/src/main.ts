import 'reflect-metadata';
import { loadConfig } from '#platform';
import { startIssuer } from './start.js';

await startIssuer(loadConfig(), (line) => process.stdout.write(`${line}\n`));

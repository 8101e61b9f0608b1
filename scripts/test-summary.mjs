// node scripts/test-summary.mjs <file>: one plain closing line from what jest itself wrote with --json.
// A spec file that could not even be loaded counts as one failure.
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
const skipped = results.numPendingTests + results.numTodoTests;
console.log(`tests: ${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped`);

// npm run bench -- deadlines: the deadline board over 100,000 open cases, over HTTP on the sources: how long one page takes
// to who leads some of them and to who coordinates all. Writes bench/results/deadlines.json.
import { keep, measured } from '../rounds.mjs';

const TARGET_MILLISECONDS = 200;

keep(
  'deadlines',
  measured('deadlines').map((one) => ({
    ...one,
    unit: one.measure.startsWith('seconds') ? 's' : 'ms',
    target: one.measure.startsWith('a page') ? TARGET_MILLISECONDS : null,
  })),
);

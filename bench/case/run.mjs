// npm run bench -- case: a case of 2,000 events, far above any real one: how long it takes to be read, told and seen as
// of an earlier moment, cold (nothing of it in memory) and warm, over HTTP on the sources. Writes bench/results/case.json.
import { keep, measured } from '../rounds.mjs';

const TARGET_MILLISECONDS = 100;

keep(
  'case',
  measured('case', ['--expose-gc']).map((one) => {
    const isTime = !one.measure.startsWith('memory');
    return { ...one, unit: isTime ? 'ms' : 'MB', target: isTime ? TARGET_MILLISECONDS : null };
  }),
);

// npm run bench -- screening: what scoring every indicator of a catalogue, or rating every item of RA-1, takes of the
// processor, in one thread and in memory. Writes bench/results/screening.json.
import { keep, measured } from '../rounds.mjs';

const TARGET_MICROSECONDS = 50;

keep('screening', measured('screening').map((one) => ({ ...one, unit: 'µs', target: TARGET_MICROSECONDS })));

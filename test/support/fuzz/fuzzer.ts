/** Tells stories, and between and after them sends what nobody should: seeded, and judged by the API document alone. */
import { HeldBack } from '../held-back.js';
import { asProcesses } from '../tandem-servers.js';
import { type TandemOptions, startTandem } from '../tandem.js';
import { Attempts } from './attempts.js';
import { Coverage } from './coverage.js';
import { Disturbance } from './disturbance.js';
import { type Operation, documentOf, judgeOf, operationsOf } from './document.js';
import { House } from './house.js';
import { type Chance, chanceOf } from './random.js';
import { Stories } from './stories.js';

export interface FuzzResult {
  readonly requests: number;
  readonly faults: readonly string[];
  readonly coverage: Coverage;
  readonly operations: readonly Operation[];
}

const OPERATORS = ['readiness', 'health'];
/** Requests of one house; then another, so that stories always find theirs in front of them. */
const EACH_HOUSE = 2_500;
const BROKEN = 25;
/** Two months before the stories, so that there is a year to report on. */
const LAST_YEAR = '2025-12-31T08:00:00.000Z';

/** Sends at least so many requests. Stops early when much is broken. */
export async function fuzz(seed: number, requests: number): Promise<FuzzResult> {
  const coverage = new Coverage();
  const chance = chanceOf(seed);
  const faults: string[] = [];
  let sent = 0;
  let operations: readonly Operation[] = [];
  while (sent < requests && faults.length < BROKEN) {
    const round = await aRound(chance, coverage, Math.min(EACH_HOUSE, requests - sent), sent === 0);
    operations = round.operations;
    sent += round.requests;
    faults.push(...round.faults);
  }
  return { requests: sent, faults, coverage, operations };
}

async function aRound(chance: Chance, coverage: Coverage, requests: number, isFirst: boolean): Promise<Pick<FuzzResult, 'requests' | 'faults' | 'operations'>> {
  const log = new HeldBack();
  // Nothing stands between a process and its log.
  const between: TandemOptions['between'] = asProcesses ? undefined : (engines) => ({ ...engines, store: log.of(engines.store) });
  const tandem = await startTandem({ at: LAST_YEAR, ...(between === undefined ? {} : { between }) });
  const document = await documentOf(tandem.address);
  const operations = operationsOf(document).filter(({ name }) => !OPERATORS.includes(name));
  const house = new House(tandem, operations, { judge: judgeOf(document), coverage, chance });
  const attempts = new Attempts(house, coverage, chance);
  const stories = new Stories({ house, attempts, coverage, chance, log });
  try {
    await stories.tell(isFirst);
    await disturbed(house, new Disturbance(house, document, attempts, chance), requests, () => stories.forgetAll());
    return { requests: house.requests, faults: house.faults, operations };
  } finally {
    house.close();
    await tandem.stop();
  }
}

/** Random requests up to this number in all; at about two thirds, everybody is forgotten, so that nothing may be added any more. */
async function disturbed(house: House, disturbance: Disturbance, requests: number, forgetAll: () => Promise<void>): Promise<void> {
  const forgetting = Math.floor((house.requests + requests * 2) / 3);
  let forgotten = false;
  while ((house.requests < requests || !forgotten) && house.faults.length < BROKEN) {
    if (!forgotten && house.requests >= forgetting) {
      forgotten = true;
      await forgetAll();
    }
    await disturbance.one();
  }
}

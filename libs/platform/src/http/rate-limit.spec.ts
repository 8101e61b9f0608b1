import { describe, expect, it } from '@jest/globals';
import { Problem } from '../problems/problem.js';
import { tokenBuckets } from './rate-limit.js';

function buckets(keys = 100) {
  const clock = { now: 0 };
  const limit = tokenBuckets({ burst: 2, perSecond: 0.5, keys, now: () => clock.now });
  const ask = async (key = 'a'): Promise<string> => {
    try {
      await limit(key);
      return 'passed';
    } catch (error) {
      return (error as Problem).headers['retry-after'] ?? 'no header';
    }
  };
  return { clock, ask };
}

describe('a token bucket', () => {
  it('lets a burst pass, then says how long to wait', async () => {
    const { ask } = buckets();
    expect([await ask(), await ask(), await ask()]).toEqual(['passed', 'passed', '2']);
  });

  it('fills again with time, and never above the burst', async () => {
    const { ask, clock } = buckets();
    await ask();
    await ask();
    clock.now = 2000;
    expect([await ask(), await ask()]).toEqual(['passed', '2']);
    clock.now = 1_000_000;
    expect([await ask(), await ask(), await ask()]).toEqual(['passed', 'passed', '2']);
  });

  it('takes nothing for what it refuses', async () => {
    const { ask, clock } = buckets();
    for (let i = 0; i < 50; i++) await ask();
    clock.now = 2000;
    expect(await ask()).toBe('passed');
  });

  it('keeps clients apart', async () => {
    const { ask } = buckets();
    await ask('a');
    await ask('a');
    expect([await ask('a'), await ask('b')]).toEqual(['2', 'passed']);
  });

  it('remembers a bounded number of clients and forgets the longest unused', async () => {
    const { ask } = buckets(2);
    await ask('a');
    await ask('a');
    await ask('b');
    expect(await ask('a')).toBe('2');
    await ask('c');
    expect(await ask('a')).toBe('2');
    await ask('d');
    await ask('e');
    expect(await ask('a')).toBe('passed');
  });
});

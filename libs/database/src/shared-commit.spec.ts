import { describe, expect, it } from '@jest/globals';
import { SharedCommit } from './shared-commit.js';

describe('SharedCommit', () => {
  const recording = () => {
    const commits: number[][] = [];
    const commit = (items: readonly number[]) => {
      commits.push([...items]);
      if (items.includes(13)) return Promise.reject(new Error('13'));
      return Promise.resolve(items.map((item) => item * 2));
    };
    return { commits, shared: new SharedCommit(commit, 4) };
  };

  it('commits together what came in one turn or meanwhile, up to the limit', async () => {
    const { commits, shared } = recording();
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map((item) => shared.run(item)));
    expect(answers).toEqual([2, 4, 6, 8, 10, 12]);
    expect(commits).toEqual([[1, 2, 3, 4], [5, 6]]);
    expect(await shared.run(7)).toBe(14);
  });

  it('lets a failing one fail alone', async () => {
    const { commits, shared } = recording();
    const outcomes = await Promise.allSettled([1, 2, 13, 4].map((item) => shared.run(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(commits).toEqual([[1, 2, 13, 4], [1], [2], [13], [4]]);
  });
});

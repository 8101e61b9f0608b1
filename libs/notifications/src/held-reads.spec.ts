import { describe, expect, it } from '@jest/globals';
import { Problem } from '#platform';
import { HeldReads } from './held-reads.js';

/** Holds one; answers what ends it, or the problem's headers. */
function holding(most: number) {
  const reads = new HeldReads(most);
  return (client: string, over = new AbortController()) => {
    try {
      reads.hold(client, over.signal);
      return { end: () => { over.abort(); } };
    } catch (error) {
      return { code: (error as Problem).code, ...(error as Problem).headers };
    }
  };
}

describe('reads that a client holds open', () => {
  it('are so many and no more, and another client’s are its own', () => {
    const hold = holding(2);
    hold('clinica-aurora/a');
    hold('clinica-aurora/a');
    expect(hold('clinica-aurora/a')).toEqual({ code: 'too-many-requests', 'retry-after': '30' });
    expect(hold('clinica-aurora/b')).toHaveProperty('end');
  });

  it('make room when one is over, once for each', () => {
    const hold = holding(2);
    const [first] = [hold('a'), hold('a')];
    first.end!();
    first.end!();
    expect(hold('a')).toHaveProperty('end');
    expect(hold('a')).toHaveProperty('code');
  });

  it('do not count where nobody waits for the answer any more', () => {
    const hold = holding(1);
    const gone = new AbortController();
    gone.abort();
    hold('a', gone);
    expect(hold('a')).toHaveProperty('end');
  });
});

import { describe, expect, it } from '@jest/globals';
import { faultOf } from './log.js';

describe('what is written of an unexpected error', () => {
  it('is its class, its code and where it arose', () => {
    const fault = faultOf(Object.assign(new RangeError('Ana Pop'), { code: 'ERR_OUT_OF_RANGE' }));
    expect(fault).toMatchObject({ name: 'RangeError', code: 'ERR_OUT_OF_RANGE' });
    expect(fault.at[0]).toMatch(/^at .*log\.spec\.ts/);
    expect(JSON.stringify(fault)).not.toContain('Ana');
  });

  it('is nothing of its text, even where the text looks like a stack, or the code like a text', () => {
    const sly = Object.assign(new Error('first line\n    at Ana Pop\n    at home'), { code: 'Ana Pop' });
    expect(JSON.stringify(faultOf(sly))).not.toMatch(/Ana|home/);
    const changed = new Error('x\n    at Ana Pop');
    expect(changed.stack).toContain('Ana Pop');
    changed.message = 'another';
    expect(faultOf(changed)).toEqual({ name: 'Error', at: [] });
  });

  it.each([['Ana Pop'], [undefined], [{ message: 'Ana Pop' }]])('is the type alone when %p was thrown', (thrown) => {
    expect(faultOf(thrown)).toEqual({ name: typeof thrown, at: [] });
  });
});

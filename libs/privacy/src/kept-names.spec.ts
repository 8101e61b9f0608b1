import { describe, expect, it } from '@jest/globals';
import { type Alias, KeptNames } from './kept-names.js';

const name = (alias: string, caseId: string, changes: Partial<Alias> = {}): Alias => ({
  organisation: 'casa-lumina', alias, kind: 'case', thing: caseId, case_id: caseId, ...changes,
});

describe('KeptNames', () => {
  it('finds a name both ways, for the organisation that got it alone', () => {
    const kept = new KeptNames();
    kept.keep(name('a', 'one'), kept.ticket);
    kept.keep(name('b', 'one', { kind: 'ordering-key' }), kept.ticket);
    expect(kept.find('casa-lumina', 'case', 'one', 'one')).toBe('a');
    expect(kept.find('casa-lumina', 'ordering-key', 'one', 'one')).toBe('b');
    expect(kept.find('clinica-aurora', 'case', 'one', 'one')).toBeUndefined();
    expect(kept.resolve('casa-lumina', 'a')).toMatchObject({ case_id: 'one' });
    expect(kept.resolve('clinica-aurora', 'a')).toBeUndefined();
  });

  it('forgets a case, and keeps nothing that was read before', () => {
    const kept = new KeptNames();
    kept.keep(name('a', 'one'), kept.ticket);
    kept.keep(name('b', 'two'), kept.ticket);
    const { ticket } = kept;
    kept.forget('one');
    kept.keep(name('a', 'one'), ticket);
    expect(kept.find('casa-lumina', 'case', 'one', 'one')).toBeUndefined();
    expect(kept.resolve('casa-lumina', 'a')).toBeUndefined();
    expect(kept.resolve('casa-lumina', 'b')).toBeDefined();
  });

  it('keeps the cases used last, up to its limit, and with a limit of none nothing', () => {
    const kept = new KeptNames(2);
    for (const caseId of ['one', 'two', 'three']) kept.keep(name(`of ${caseId}`, caseId), kept.ticket);
    expect(['one', 'two', 'three'].map((caseId) => kept.find('casa-lumina', 'case', caseId, caseId))).toEqual([undefined, 'of two', 'of three']);
    expect(kept.resolve('casa-lumina', 'of one')).toBeUndefined();
    const none = new KeptNames(0);
    none.keep(name('a', 'one'), none.ticket);
    expect(none.resolve('casa-lumina', 'a')).toBeUndefined();
  });
});

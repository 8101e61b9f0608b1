import { describe, expect, it } from '@jest/globals';
import { type Clear, InClear, Personal, classificationOf, personalPartsOf } from './index.js';

class NoteBody {
  @InClear() code!: string;
  @Personal('narrative') words!: Personal<string, 'narrative'>;
  @Personal('narrative') reason?: Personal<string, 'narrative'>;
  @Personal('assessment') answers?: Personal<readonly { item: string }[], 'assessment'>;
  forgotten?: number;
}

class DetailedNoteBody extends NoteBody {
  @InClear() count!: number;
}

describe('classification of a body', () => {
  it('names the compartment of each personal field and marks the others clear', () => {
    expect(Object.fromEntries(classificationOf(NoteBody))).toEqual({
      code: 'clear',
      words: 'narrative',
      reason: 'narrative',
      answers: 'assessment',
    });
  });

  it('does not know a field that nobody classified', () => {
    expect(classificationOf(NoteBody).has('forgotten')).toBe(false);
  });

  it('is inherited', () => {
    expect(classificationOf(DetailedNoteBody).get('words')).toBe('narrative');
    expect(classificationOf(DetailedNoteBody).get('count')).toBe('clear');
  });

  it('gathers personal values by compartment and leaves out what is absent', () => {
    const body = { code: 'A', words: 'secret', reason: undefined, answers: [{ item: 'R1.1' }] };
    expect(personalPartsOf(body, classificationOf(NoteBody))).toEqual({
      narrative: { words: 'secret' },
      assessment: { answers: [{ item: 'R1.1' }] },
    });
  });

  it('keeps personal fields out of the clear type', () => {
    const clear: Clear<NoteBody> = { code: 'A', forgotten: 1 };
    // @ts-expect-error a personal field is not part of the clear form
    clear.words = 'secret';
    expect(Object.keys(clear)).toContain('code');
  });

  it('does not compile where mark and type disagree', () => {
    class WrongBody {
      // @ts-expect-error the type says narrative
      @Personal('identity') words!: Personal<string, 'narrative'>;
      // @ts-expect-error the type is personal
      @InClear() reason!: Personal<string, 'narrative'>;
      // @ts-expect-error the type is not personal
      @Personal('identity') code!: string;
    }
    expect(classificationOf(WrongBody).size).toBe(3);
  });
});

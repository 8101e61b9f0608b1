import { describe, expect, it } from '@jest/globals';
import { type Engagement, NO_FACTS } from './facts.js';
import { firstInLine, ownerOf } from './owners.js';

const engaged = (organisation: string, more: Partial<Engagement> = {}): Engagement =>
  ({ organisation, role: 'CM', through: 'case', scope: 'FULL', since: '2026-03-01T08:00:00.000Z', ...more });
const facts = (...engagements: readonly Engagement[]) => ({ ...NO_FACTS, notifiedBy: 'vocea-mea', engagements });

describe('what was begun on a case', () => {
  it('is owed by who began it while it works on the case, by duty or engagement, and while nobody leads', () => {
    const own = { organisation: 'casa-lumina' };
    expect(ownerOf(facts(engaged('casa-lumina')), 'casa-lumina')).toEqual(own);
    expect(ownerOf(facts(engaged('asociatia-punte')), 'casa-lumina')).toEqual(own);
    expect(ownerOf(facts(engaged('casa-lumina', { scope: 'OWN' })), 'casa-lumina')).toEqual(own);
  });

  it('passes on to who leads, once who began it keeps its notification only, or nothing', () => {
    for (const left of [{ scope: 'OWN' }, { until: '2026-03-02T08:00:00.000Z' }] as const)
      expect(ownerOf(facts(engaged('casa-lumina', left), engaged('asociatia-punte')), 'casa-lumina')).toEqual({ role: 'CM' });
  });
});

describe('what comes first', () => {
  const herself = engaged('vocea-mea', { role: 'PERSON', scope: 'OWN', actor: 'ana' });

  it('is owed by who leads, else by who found her, else by the coordination: never by her', () => {
    expect(firstInLine(facts(herself, engaged('casa-lumina')))).toEqual({ organisation: 'casa-lumina' });
    expect(firstInLine(facts(engaged('vocea-mea', { role: 'DETECT', scope: 'OWN' })))).toEqual({ organisation: 'vocea-mea' });
    expect(firstInLine(facts(herself))).toEqual({ role: 'NRM_COORD' });
  });
});

import { expect, it } from '@jest/globals';
import { withNamesOutside } from './outside-names.js';

const CASE = '0b6c7a1e-52f4-4c1e-9f0e-3d0a2b7c9d11';

it('names a part of a thing by a name of its own, which tells neither the thing nor the part', async () => {
  const value = { caseId: CASE, episodeId: `${CASE}/MED.GEN`, actor: CASE.replace('0b', '1b'), at: '2026-03-01T09:00:31.000Z' };
  const shown = await withNamesOutside(value, (identifier) => Promise.resolve(`<${String(identifier.length)}>`), new Set([value.actor]));
  expect(shown).toEqual({ caseId: '<36>', episodeId: '<44>', actor: value.actor, at: '2026-03-01T09:00:00.000Z' });
});

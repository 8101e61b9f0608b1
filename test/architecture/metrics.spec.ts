/** Every figure that `/metrics` serves stands in docs/operations.md, with when to look. */
import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTandem } from '../support/tandem.js';

const FIGURE = /`((?:tandem|nodejs|process)_[a-z0-9_]+)`/g;

it('the page for operators explains each figure that is served, and none that is not', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');
  const explained = [...page.matchAll(FIGURE)].map(([, name]) => name);
  const tandem = await startTandem();
  const served = [...(await tandem.metrics()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  await tandem.stop();
  expect(served.length).toBeGreaterThan(20);
  expect([...new Set(explained)].sort()).toEqual([...new Set(served)].sort());
}, 30_000);

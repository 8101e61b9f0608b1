/** What the alias register promises, on every engine. Source: architecture.md 6. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AliasKind, AliasRegister, PrivacyTables } from '#privacy';
import { openAliasRegister } from '#privacy';
import { randomUUID } from 'node:crypto';
import type { EngineForTests } from '../../support/engines.js';
import { ENGINES, startEngine } from '../../support/engines.js';
import { POSTGRES_START_MILLISECONDS } from '../../support/postgres.js';

describe.each(ENGINES)('alias register on %s', (name) => {
  let engine: EngineForTests;
  let aliases: AliasRegister;

  beforeAll(async () => {
    engine = await startEngine(name);
    aliases = await openAliasRegister(engine.open<PrivacyTables>(await engine.freshAddress()));
  }, POSTGRES_START_MILLISECONDS);
  afterAll(() => engine.stop(), POSTGRES_START_MILLISECONDS);

  const aCase = () => randomUUID();
  const alias = (organisation: string, caseId: string) => aliases.aliasFor(organisation, 'case', caseId, caseId);

  it('gives a thing one alias for an organisation, always the same', async () => {
    const caseId = aCase();
    const first = await alias('clinica-aurora', caseId);
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(await alias('clinica-aurora', caseId)).toBe(first);
  });

  it('gives two organisations aliases that can not be joined', async () => {
    const caseId = aCase();
    expect(await alias('clinica-aurora', caseId)).not.toBe(await alias('casa-lumina', caseId));
  });

  it('gives a case, a thing in it and its ordering key different aliases', async () => {
    const caseId = aCase();
    const kinds = ['case', 'thing', 'ordering-key'] as const;
    const given = await Promise.all(kinds.map((kind) => aliases.aliasFor('casa-lumina', kind, caseId, caseId)));
    expect(new Set([...given, caseId]).size).toBe(4);
  });

  it('gives one alias when many ask first at once', async () => {
    const caseId = aCase();
    const given = await Promise.all(Array.from({ length: 12 }, () => alias('casa-lumina', caseId)));
    expect(new Set(given).size).toBe(1);
  });

  it('resolves an alias for the organisation that got it, and for no other', async () => {
    const caseId = aCase();
    const referral = randomUUID();
    const given = await aliases.aliasFor('clinica-aurora', 'thing', referral, caseId);
    expect(await aliases.resolve('clinica-aurora', given)).toEqual({ kind: 'thing', thing: referral, caseId });
    expect(await aliases.resolve('casa-lumina', given)).toBeUndefined();
  });

  it('knows nothing by a text that is no alias, whatever characters it holds', async () => {
    const given = await alias('clinica-aurora', aCase());
    for (const text of ['', '\0', `${given}\0`, `${given}\n`, 'x', '\ud800']) {
      expect(await aliases.resolve('clinica-aurora', text)).toBeUndefined();
      expect(await aliases.trace(text)).toBeUndefined();
    }
  });

  it('traces any alias to its case, whoever got it, until the case is forgotten', async () => {
    const caseId = aCase();
    const referral = await aliases.aliasFor('clinica-aurora', 'thing', randomUUID(), caseId);
    expect(await aliases.trace(referral)).toBe(caseId);
    expect(await aliases.trace(randomUUID())).toBeUndefined();
    await aliases.forget(caseId);
    expect(await aliases.trace(referral)).toBeUndefined();
  });

  it('forgets all aliases of a case and none of another', async () => {
    const [erased, kept] = [aCase(), aCase()];
    const forgotten = await alias('casa-lumina', erased);
    const known = await alias('casa-lumina', kept);
    await aliases.forget(erased);
    await aliases.forget(erased);
    expect(await aliases.resolve('casa-lumina', forgotten)).toBeUndefined();
    expect(await aliases.resolve('casa-lumina', known)).toMatchObject({ thing: kept });
    expect(await alias('casa-lumina', erased)).not.toBe(forgotten);
  });

  it('keeps what asks a holder to delete, and nothing else that this holder or another knows', async () => {
    const [caseId, told, other] = [aCase(), randomUUID(), randomUUID()];
    const name = (organisation: string, kind: AliasKind, thing: string) => aliases.aliasFor(organisation, kind, thing, caseId);
    const [thing, key] = [await name('clinica-aurora', 'thing', told), await name('clinica-aurora', 'ordering-key', caseId)];
    await name('clinica-aurora', 'case', caseId);
    await name('clinica-aurora', 'thing', other);
    await name('casa-lumina', 'thing', told);
    await aliases.forget(caseId, [{ organisation: 'clinica-aurora', thing: told }]);
    expect(await aliases.find('clinica-aurora', 'thing', told, caseId)).toBe(thing);
    expect(await aliases.find('clinica-aurora', 'ordering-key', caseId, caseId)).toBe(key);
    expect(await aliases.find('clinica-aurora', 'case', caseId, caseId)).toBeUndefined();
    expect(await aliases.find('clinica-aurora', 'thing', other, caseId)).toBeUndefined();
    expect(await aliases.find('casa-lumina', 'thing', told, caseId)).toBeUndefined();
    await aliases.forget(caseId);
    expect(await aliases.find('clinica-aurora', 'thing', told, caseId)).toBeUndefined();
  });
});

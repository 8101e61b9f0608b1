/** Whatever is done to an export, or to the log behind it, is found; and no more is claimed than was proved. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Receipt, rootFrom, rootOf, leafHash, verifyBundle } from '#audit';
import { HeadsTree } from '../../../libs/audit/src/ledger/tree.js';
import { STREAM, exported, headOf, otherHeads, receiptOf, signer, stored, treeWith } from './stored.js';

const keyring = signer();
const keys = keyring.publicKeys();
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const facts = fc.array(fc.record({ sheetVersion: fc.string({ unit: 'binary', maxLength: 12 }), count: fc.integer() }), { minLength: 2, maxLength: 8 });

describe('an export', () => {
  it('proves itself consistent, signed, unchanged and complete, and says what it does not prove', () => {
    fc.assert(
      fc.property(facts, fc.nat(40), (datas, others) => {
        const events = stored(datas);
        const { tree, line } = treeWith([headOf(events), ...otherHeads(others)], STREAM, keyring);
        const report = verifyBundle(exported(events, keyring, [line]), { keys, receipts: [receiptOf(events[0]!)], trees: [tree] });
        expect(report).toMatchObject({ holds: true, broken: [], stream: STREAM, events: events.length });
        expect(codes(report.proved)).toEqual(['internally-consistent', 'signed-by-key', 'unchanged-since-receipt', 'complete-as-of-tree', 'tree-is-held']);
        expect(codes(report.notProved)).toEqual(['later-events', 'truth-of-facts']);
      }),
      { numRuns: 50 },
    );
  });

  it('claims less when less is held', () => {
    const events = stored([{ a: 1 }, { a: 2 }, { a: 3 }]);
    const bare = verifyBundle(exported(events, keyring));
    expect(codes(bare.proved)).toEqual(['internally-consistent']);
    expect(codes(bare.notProved)).toEqual(['signer-unproved', 'unchanged-unproved', 'complete-unproved', 'later-events', 'truth-of-facts']);
    const { line } = treeWith([headOf(events.slice(0, 2))], STREAM, keyring);
    const older = verifyBundle(exported(events, keyring, [line]), { keys });
    expect(codes(older.notProved)).toEqual(['unchanged-unproved', 'tail-beyond-tree', 'tree-not-held', 'later-events', 'truth-of-facts']);
  });

  it('is refused when any byte differs', () => {
    const events = stored([{ text: 'ăîș', count: 1 }, { text: '', count: -2.5 }, { text: 'x', list: [1, { y: null }] }]);
    const { line } = treeWith([headOf(events), ...otherHeads(5)], STREAM, keyring);
    const bundle = exported(events, keyring, [line]);
    fc.assert(
      fc.property(fc.nat(bundle.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const altered = Buffer.from(bundle);
        altered[at] = altered[at]! ^ flip;
        return !verifyBundle(altered, { keys }).holds;
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused when one bit of its last line differs, or the line is spelled in another way', () => {
    const bundle = exported(stored([{ a: 1 }, { a: 2 }]), keyring);
    const start = bundle.subarray(0, -1).lastIndexOf(10) + 1;
    for (let bit = start * 8; bit < bundle.length * 8; bit += 1) {
      const altered = Buffer.from(bundle);
      altered[bit >> 3] = altered[bit >> 3]! ^ (1 << bit % 8);
      expect(verifyBundle(altered, { keys }).holds).toBe(false);
    }
    const turned = Object.fromEntries(Object.entries(JSON.parse(bundle.subarray(start).toString()) as object).reverse());
    const respelled = Buffer.concat([bundle.subarray(0, start), Buffer.from(`${JSON.stringify(turned)}\n`)]);
    expect(respelled.length).toBe(bundle.length);
    expect(verifyBundle(respelled, { keys }).holds).toBe(false);
  });

  it('is refused when bytes are cut out, added or doubled', () => {
    const bundle = exported(stored([{ a: 1 }, { a: 2 }, { a: 3 }]), keyring);
    fc.assert(
      fc.property(fc.nat(bundle.length), fc.nat(bundle.length), fc.uint8Array({ maxLength: 20 }), (from, to, put) => {
        const altered = Buffer.concat([bundle.subarray(0, Math.min(from, to)), put, bundle.subarray(Math.max(from, to))]);
        return altered.equals(bundle) || !verifyBundle(altered, { keys }).holds;
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused when lines are removed, inserted, swapped or taken from another export', () => {
    const lines = exported(stored([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }]), keyring).toString().trimEnd().split('\n');
    const foreign = exported(stored([{ a: 1 }, { a: 9 }, { a: 3 }, { a: 4 }]), keyring).toString().trimEnd().split('\n');
    const holds = (some: readonly string[]) => verifyBundle(Buffer.from(`${some.join('\n')}\n`), { keys }).holds;
    expect(holds(lines)).toBe(true);
    const place = fc.nat(lines.length - 1);
    fc.assert(fc.property(place, (at) => !holds(lines.toSpliced(at, 1))));
    fc.assert(fc.property(place, place, (at, from) => !holds(lines.toSpliced(at, 0, lines[from]!))));
    fc.assert(fc.property(place, place, (a, b) => a === b || !holds(lines.with(a, lines[b]!).with(b, lines[a]!))));
    fc.assert(fc.property(place, (at) => lines[at] === foreign[at] || !holds(lines.with(at, foreign[at]!))));
  });
});

describe('a log rewritten by those who hold its keys', () => {
  const events = stored([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }, { a: 5 }]);
  const receipt = receiptOf(events[3]!);
  const kept = treeWith([headOf(events), ...otherHeads(6)], STREAM, keyring);

  it.each([
    ['with its revision', [receipt]],
    ['of who does not see the case', [{ chain: receipt.chain }]],
  ] satisfies [string, readonly Receipt[]][])('contradicts a receipt %s from then on, whatever was changed, removed or added before it', (_name, receipts) => {
    const whole = verifyBundle(exported(events, keyring), { keys, receipts });
    expect(whole.holds).toBe(true);
    expect(whole.proved.find(({ code }) => code === 'unchanged-since-receipt')?.says).toContain('revision 3');
    const rewritten = fc.array(fc.record({ a: fc.integer({ min: 1, max: 6 }) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rewritten, (datas) => {
        const report = verifyBundle(exported(stored(datas), keyring), { keys, receipts });
        expect(codes(report.broken)).toEqual(['receipt-contradicts']);
      }),
    );
  });

  it('contradicts the proof that leads to a tree of before', () => {
    const cut = exported(events.slice(0, 3), keyring, [kept.line]);
    expect(codes(verifyBundle(cut, { keys }).broken)).toEqual(['tree-contradicts']);
    const other = exported(stored([{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }, { a: 6 }]), keyring, [kept.line]);
    expect(codes(verifyBundle(other, { keys }).broken)).toEqual(['tree-contradicts']);
  });

  it('breaks its own chain where an event was changed, removed, added or moved', () => {
    const changed = events.with(1, { ...events[1]!, data: { a: 7 } });
    const numbered = (some: typeof events) => some.map((event, revision) => ({ ...event, revision }));
    for (const forged of [changed, numbered(events.toSpliced(1, 1)), numbered([events[0]!, ...events]), numbered(events.toReversed())]) {
      expect(codes(verifyBundle(exported(forged, keyring), { keys }).broken)).toContain('chain-broken');
    }
    expect(codes(verifyBundle(exported(events.slice(1), keyring), { keys }).broken)).toContain('revision-not-dense');
    expect(codes(verifyBundle(exported(events.with(2, { ...events[2]!, stream: 'case-other' }), keyring), { keys }).broken)).toContain('foreign-event');
  });

  it('does not lead to the root of a tree that never held it', () => {
    const forged = { ...kept.line, path: kept.line.path.map((hash) => hash.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))) };
    expect(codes(verifyBundle(exported(events, keyring, [forged]), { keys }).broken)).toEqual(['inclusion-invalid']);
  });

  it('is found when another tree of the same moment is held', () => {
    const cut = events.slice(0, 3);
    const made = treeWith([headOf(cut), ...otherHeads(6)], STREAM, keyring);
    const report = verifyBundle(exported(cut, keyring, [made.line]), { keys, trees: [kept.tree] });
    expect(codes(report.broken)).toEqual(['two-trees']);
  });

  it('is refused under a key that is not trusted', () => {
    const stranger = signer();
    const { line } = treeWith([headOf(events)], STREAM, stranger);
    const report = verifyBundle(exported(events, stranger, [line]), { keys });
    expect(codes(report.broken)).toEqual(['signature-invalid', 'signature-invalid']);
    expect(codes(verifyBundle(exported(events, stranger), { keys: {} }).broken)).toEqual(['key-unknown']);
  });
});

describe('the tree of heads', () => {
  const heads = (size: number) => otherHeads(size);

  it('proves each of its leaves and nothing else, at every size', () => {
    for (let size = 1; size <= 70; size += 1) {
      const tree = new HeadsTree(heads(size));
      for (const head of heads(size)) {
        const { index, path } = tree.inclusionOf(head.stream)!;
        const bytes = path.map((hash) => Buffer.from(hash, 'hex'));
        const from = (leaf: Buffer, at: number, leaves: number) => {
          const hash = rootFrom(leaf, at, leaves, bytes);
          return hash && rootOf(hash, leaves);
        };
        expect(from(leafHash(head), index, size)).toBe(tree.root);
        expect(from(leafHash({ ...head, revision: head.revision + 1 }), index, size)).not.toBe(tree.root);
        expect(from(leafHash(head), index, size + 1)).not.toBe(tree.root);
        expect(from(leafHash(head), index + 1, size)).not.toBe(tree.root);
      }
    }
  });

  it('does not depend on the order in which heads come, and tells no name', () => {
    const tree = new HeadsTree(heads(9));
    expect(new HeadsTree([...heads(9)].reverse()).root).toBe(tree.root);
    expect(JSON.stringify(tree.inclusionOf('case-other-3')!.path)).not.toContain('case');
    expect(tree.inclusionOf('case-nowhere')).toBeUndefined();
  });
});

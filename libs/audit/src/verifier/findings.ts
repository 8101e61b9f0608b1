/** What a verification says, each with a stable code and one sentence. A verifier must not say more than it proved. */

export interface Finding {
  readonly code: string;
  readonly says: string;
}

const finding = (code: string, says: string): Finding => ({ code, says });

export const PROVED = {
  consistent: (events: number) => finding('internally-consistent', `Internally consistent: ${String(events)} events from the first on, none missing or moved, chain and signature agree.`),
  signed: (keyId: string, at: string) => finding('signed-by-key', `Signed at ${at} with the key ${keyId}, which you trust.`),
  receipt: (revision: number) => finding('unchanged-since-receipt', `Unchanged since the receipt of revision ${String(revision)}: everything up to there is what it was when the receipt was given.`),
  tree: (at: string, revision: number) => finding('complete-as-of-tree', `Complete as of the signed tree of ${at}: then the stream ended at revision ${String(revision)}, and the bundle holds all of it.`),
  heldTree: (at: string) => finding('tree-is-held', `The tree of ${at} is one that you hold: it was not made for this bundle.`),
};

export const NOT_PROVED = {
  signer: (keyId: string) => finding('signer-unproved', `Who signed: the key ${keyId} came with the bundle. Give the keys that you trust.`),
  unchanged: () => finding('unchanged-unproved', 'That the history was not rewritten as a whole before it was exported: hold it against a receipt, or a tree kept elsewhere.'),
  complete: () => finding('complete-unproved', 'That no newest events are left out: the bundle has no proof of a signed tree.'),
  afterTree: (covered: number, last: number) => finding('tail-beyond-tree', `That revisions ${String(covered + 1)} to ${String(last)} are all that followed: they are newer than the tree.`),
  treeHeld: () => finding('tree-not-held', 'That the tree is the one shown to everybody: compare it with one that another institution holds.'),
  afterwards: (at: string) => finding('later-events', `What happened after ${at}.`),
  truth: () => finding('truth-of-facts', 'That what was recorded is true, or what the sealed personal values say: the bundle holds commitments only.'),
};

export const BROKEN = {
  unreadable: (why: string) => finding('unreadable', `No bundle: ${why}.`),
  foreignEvent: (index: number) => finding('foreign-event', `Event ${String(index)} belongs to another stream.`),
  gap: (index: number, revision: number) => finding('revision-not-dense', `Event ${String(index)} says revision ${String(revision)}: one was removed, inserted or moved.`),
  time: (index: number) => finding('time-goes-back', `Event ${String(index)} was recorded before the one that precedes it.`),
  chain: (index: number) => finding('chain-broken', `Event ${String(index)} does not have the chain value that follows from it: it, or one before it, was changed.`),
  head: () => finding('head-differs', 'The signed head is not the last event of the bundle: events are missing or were added at the end.'),
  digest: () => finding('bytes-changed', 'The bytes of the bundle are not those that were signed.'),
  unknownKey: (what: string, keyId: string) => finding('key-unknown', `The key ${keyId} of ${what} is not among the trusted keys.`),
  signature: (what: string) => finding('signature-invalid', `The signature of ${what} is not valid.`),
  inclusion: (at: string) => finding('inclusion-invalid', `The proof does not lead to the root of the tree of ${at}.`),
  tree: (at: string, revision: number) => finding('tree-contradicts', `The tree of ${at} knows another revision ${String(revision)} than the bundle: rewritten or cut off since.`),
  twoTrees: (at: string) => finding('two-trees', `There are two different trees of ${at}: different readers were shown different logs.`),
  receipt: (revision: number | undefined) => finding('receipt-contradicts', `The receipt${revision === undefined ? '' : ` of revision ${String(revision)}`} does not fit: rewritten or cut off since, or a receipt of another case.`),
};

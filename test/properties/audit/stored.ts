/** A made-up log, stored and exported as the house does it, for attacks upon it. */
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { type Draft, GENESIS, type StoredEvent, sealDrafts } from '#event-store';
import { type Head, type InclusionLine, type Receipt, type TreeHead, treeBytes } from '#audit';
import { writeBundle } from '../../../libs/audit/src/export/bundle.js';
import { HeadsTree } from '../../../libs/audit/src/ledger/tree.js';

/** Signs like the keyring, with a key of its own. */
export function signer() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keys = { signing: publicKey.export({ type: 'spki', format: 'pem' }) };
  return {
    publicKeys: () => keys,
    sign: (bytes: Uint8Array) => ({ keyId: 'signing', value: sign(null, bytes, privateKey).toString('base64url') }),
  };
}
export type Signer = ReturnType<typeof signer>;

export const STREAM = 'case-3f8d3f0a-9d3c-4a3e-8b1e-5f6a7b8c9d0e';
const AT = '2026-03-02T08:00:00.000Z';

export const draft = (data: object, more: Partial<Draft> = {}): Draft => ({
  type: 'RightsInformed', data, schema: 1, occurredAt: AT, actor: 'worker', organisation: 'casa-lumina', role: 'CM', commandId: randomUUID(),
  correlationId: 'correlation', causationId: 'cause', reference: { policy: 'RO-2026-1' }, legalBasis: 'GDPR-6-1-f+9-2-d', sensitivity: 2, ...more,
});

/** Events as the store would hold them. */
export function stored(datas: readonly object[], stream = STREAM): readonly StoredEvent[] {
  return datas.reduce<readonly StoredEvent[]>((events, data) => {
    const [sealed] = sealDrafts(stream, events.at(-1), [draft(data)], AT);
    return [...events, { ...sealed!, stream, revision: events.length, position: String(events.length) }];
  }, []);
}

export const headOf = (events: readonly StoredEvent[]): Head => {
  const { stream, revision, metadata } = events.at(-1)!;
  return { stream, revision, chain: metadata.chain };
};
export const receiptOf = ({ revision, metadata: { chain } }: StoredEvent): Receipt => ({ revision, chain });

/** A signed tree over these heads, and the line that proves one stream in it. */
export function treeWith(heads: readonly Head[], stream: string, keyring: Signer, at = AT): { tree: TreeHead; line: InclusionLine } {
  const tree = new HeadsTree(heads);
  const { keyId, value } = keyring.sign(treeBytes({ at, root: tree.root }));
  const signed = { at, root: tree.root, keyId, signature: value };
  const { index, leaves, path, head } = tree.inclusionOf(stream)!;
  return { tree: signed, line: { kind: 'inclusion', tree: signed, leaves, index, revision: head.revision, chain: head.chain, path } };
}

export function exported(events: readonly StoredEvent[], keyring: Signer, inclusions: readonly InclusionLine[] = []): Buffer {
  return Buffer.from(writeBundle({ events, inclusions, keyring, at: '2026-03-03T08:00:00.000Z' }), 'utf8');
}

export const otherHeads = (count: number): readonly Head[] =>
  Array.from({ length: count }, (_, index) => ({ stream: `case-other-${String(index)}`, revision: index, chain: GENESIS }));

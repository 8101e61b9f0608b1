/** Derived identifiers: the same command gives the same ids on every retry, on every machine. */
import { createHash } from 'node:crypto';

/**
 * UUID version 5 (RFC 9562, 5.5): name-based, SHA-1.
 * @param namespace a UUID
 * @throws RangeError when the namespace is not a UUID
 */
export function uuidV5(namespace: string, name: string): string {
  const bytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16 || namespace.length !== 36) throw new RangeError('a namespace is a UUID');
  const id = createHash('sha1').update(bytes).update(name).digest().subarray(0, 16);
  id[6] = ((id[6] ?? 0) & 0x0f) | 0x50;
  id[8] = ((id[8] ?? 0) & 0x3f) | 0x80;
  return id.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Id of the event at `index` among those that a command writes. Part of the stored format. */
export function eventIdOf(commandId: string, index: number): string {
  return uuidV5(commandId, String(index));
}

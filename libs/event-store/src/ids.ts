/** Derived identifiers: the same command gives the same ids on every retry, on every machine. */
import { hash } from 'node:crypto';

/**
 * UUID version 5 (RFC 9562, 5.5): name-based, SHA-1.
 * @param namespace a UUID
 * @throws RangeError when the namespace is not a UUID
 */
export function uuidV5(namespace: string, name: string): string {
  const bytes = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16 || namespace.length !== 36) throw new RangeError('a namespace is a UUID');
  const digest = hash('sha1', Buffer.concat([bytes, Buffer.from(name)]), 'hex');
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** Id of the event at `index` among those that a command writes. Part of the stored format. */
export function eventIdOf(commandId: string, index: number): string {
  return uuidV5(commandId, String(index));
}

/**
 * A process that writes to a store until it has done its work or is killed:
 * writer.child.ts <file> <writers> <appends a writer>. Tells every acknowledged event on a line of its own.
 */
import { writeSync } from 'node:fs';
import { openSqliteEventStore, type StoredEvent } from '#event-store';
import { following, newStream } from './events.js';

const [path, writers, appends] = process.argv.slice(2);
const store = openSqliteEventStore(path!);

async function write(): Promise<void> {
  const stream = newStream();
  let last: StoredEvent | undefined;
  for (let number = 0; number < Number(appends); number++) {
    const events = following(stream, last, { number });
    await store.append(stream, events, last?.revision ?? 'no-stream');
    // Synchronous: the line must not wait in this process when it is killed.
    writeSync(1, `${JSON.stringify({ stream, id: events[0]!.id })}\n`);
    last = await store.readLast(stream);
  }
}

await Promise.all(Array.from({ length: Number(writers) }, write));
await store.close();

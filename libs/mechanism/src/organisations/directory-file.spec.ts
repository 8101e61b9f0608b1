import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteEventStore } from '#event-store';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMONSTRATION_DIRECTORY } from './demonstration.js';
import { Directory } from './directory.js';
import { readDirectoryFile, registerAll } from './directory-file.js';

const [ENTRY] = DEMONSTRATION_DIRECTORY;
const clock = () => '2026-03-02T08:00:00.000Z';

describe('a directory file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tandem-directory-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const file = (content: unknown): string => {
    const name = join(folder, 'directory.json');
    writeFileSync(name, typeof content === 'string' ? content : JSON.stringify(content));
    return name;
  };

  it('is recorded once, however often it is read, and a change as news', async () => {
    const store = openSqliteEventStore(':memory:');
    const entries = readDirectoryFile(file(DEMONSTRATION_DIRECTORY));
    await registerAll(store, entries, clock);
    const head = await store.head();
    await registerAll(store, entries, clock);
    expect(await store.head()).toBe(head);
    await registerAll(store, [{ ...entries[0]!, name: 'Another Name' }], clock);
    const directory = new Directory(store);
    await directory.catchUp();
    expect(directory.get(ENTRY!.id)?.name).toBe('Another Name');
    await store.close();
  });

  it.each([
    ['{', 'holds no list'],
    [[{ ...ENTRY, id: 'Not An Id' }], '[0].id'],
    [[{ ...ENTRY, id: 'tandem' }], '[0].id'],
    [[{ ...ENTRY, roles: ['CLOCK'] }], '[0].roles'],
    [[{ ...ENTRY, services: ['NOTHING'] }], '[0].services'],
    [[ENTRY, { ...ENTRY }], 'twice'],
    [[{ ...ENTRY, secret: 1 }], '[0].secret is not known'],
    [[null], '[0] is no entry'],
  ])('%j is refused where it is wrong', (content, expected) => {
    expect(() => readDirectoryFile(file(content))).toThrow(expected);
  });
});

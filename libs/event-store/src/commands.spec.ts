import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Database, openDatabase } from '#database';
import { CommandLog, type CommandTables } from './commands.js';

describe('CommandLog', () => {
  let database: Database<CommandTables>;
  let log: CommandLog;
  beforeAll(async () => {
    database = openDatabase<CommandTables>('sqlite::memory:');
    log = new CommandLog(database);
    await log.prepare();
    await log.prepare();
  });
  afterAll(() => database.close());

  const command = (commandId: string, at: string, code = 'consent-missing') => {
    return { commandId, stream: 'case-1', fingerprint: 'f00d', outcome: { rejected: code }, at };
  };

  it('remembers the first outcome of a command', async () => {
    await log.remember(command('one', '2026-11-24T08:00:00.000Z'));
    await log.remember(command('one', '2026-11-24T09:00:00.000Z', 'wrong-state'));
    expect(await log.find('one')).toEqual(command('one', '2026-11-24T08:00:00.000Z'));
    expect(await log.find('two')).toBeUndefined();
  });

  it('forgets what is older than a moment', async () => {
    await log.remember(command('old', '2026-11-01T08:00:00.000Z'));
    await log.remember(command('new', '2026-11-02T08:00:00.000Z'));
    expect(await log.forgetOlderThan('2026-11-02T08:00:00.000Z')).toBe(1);
    expect(await log.find('old')).toBeUndefined();
    expect(await log.find('new')).toBeDefined();
  });

  it('keeps nothing of a stream that was forgotten, also when it comes later or together with others', async () => {
    const ofStream = (commandId: string, stream: string) => ({ ...command(commandId, '2026-11-24T08:00:00.000Z'), stream });
    await log.remember(ofStream('before', 'case-2'));
    await log.forget('case-2');
    await log.forget('case-2');
    await Promise.all([log.remember(ofStream('late', 'case-2')), log.remember(ofStream('other', 'case-3'))]);
    expect(await Promise.all(['before', 'late', 'other'].map(async (id) => (await log.find(id))?.stream))).toEqual([undefined, undefined, 'case-3']);
    expect(JSON.stringify(await database.kysely.selectFrom('forgotten_streams').selectAll().execute())).not.toContain('case-2');
  });
});

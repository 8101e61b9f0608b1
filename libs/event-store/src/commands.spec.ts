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
});

// Rows that a Tandem left in its files for one request of each kind: what the floor writes has the same bytes.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Reads the files of a Tandem that has stopped, whose newest fact on a case is that somebody's needs were met. */
export function rowsOf(data) {
  const files = Object.fromEntries(['events', 'vault', 'operations'].map((name) => [name, new DatabaseSync(join(data, `${name}.db`), { readOnly: true })]));
  const rows = (file, sql, ...values) => files[file].prepare(sql).all(...values);
  const [{ stream }] = rows('events', "select stream from events where type = 'BasicNeedsMet' order by position desc limit 1");
  const events = rows('events', 'select * from events where stream = ? order by revision', stream);
  const needs = events.filter(({ type }) => type === 'BasicNeedsMet');
  const notification = events.filter((event) => !needs.includes(event));
  const [row] = rows('vault', 'select * from vault_row where stream = ?', stream);
  const [key] = rows('vault', 'select * from vault_key where person = ?', row.person);
  const [name] = rows('vault', "select * from alias where case_id = ? and kind = 'case' and organisation = ?", stream.slice('case-'.length), row.custodian);
  const [first, second] = rows('operations', 'select * from commands where stream = ? order by at', stream);
  for (const file of Object.values(files)) file.close();
  return {
    notification: { events: notification, command: first, key, row: { ...row, sealed: Buffer.from(row.sealed).toString('base64') }, name },
    needs: { events: needs, command: second },
  };
}

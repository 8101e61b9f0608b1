import type { Region } from '#mechanism';
import type { AnyDatabase, ViewRow } from '#read-models';
import { view } from '#read-models';
import type { DeskCase, DeskOwed } from './projection.js';
import { desk } from './projection.js';

export interface DeskEntry extends Omit<DeskCase, 'country' | 'danger' | 'closed'> {
  readonly danger: boolean;
  /** Danger was told of and nobody has opened the notification yet. */
  readonly notOpenedYet: boolean;
  /** Requests that wait for an answer, the soonest first. */
  readonly owed: readonly Pick<DeskOwed, 'name' | 'owedBy' | 'dueAt'>[];
}

/** A case of the desk and the stream it stands for, which the edge replaces by the caller's alias. */
export interface DeskRow {
  readonly stream: string;
  readonly entry: DeskEntry;
}

/** Where a coordination coordinates: its country, and its regions where it has some. */
export interface Territory {
  readonly country: string;
  readonly regions: readonly string[];
}

/** Cases of a territory; those whose region nobody knows are everybody's there, as they are for the access decision. */
export function casesIn(kysely: AnyDatabase, { country, regions }: Territory) {
  const cases = view(kysely, desk, 'desk').where('country', '=', country);
  return regions.length === 0 ? cases : cases.where('region', 'in', [...regions, 'UNKNOWN'] as readonly Region[]);
}

/**
 * Open cases of a territory: danger that nobody has opened first, then danger, then the rest, each by the time of notification.
 * For NRM_COORD only. A proposal: each row is decided again before it is shown.
 */
export async function deskQueue(kysely: AnyDatabase, territory: Territory, limit: number): Promise<readonly DeskRow[]> {
  const cases = await casesIn(kysely, territory)
    .selectAll()
    .where('closed', '=', 0)
    .orderBy('danger', 'desc')
    .orderBy((order) => order.case().when('openedAt', 'is', null).then(0).else(1).end())
    .orderBy('notifiedAt')
    .orderBy('stream')
    .limit(limit)
    .execute();
  const streams = cases.map(({ stream }) => stream);
  const owed = await view(kysely, desk, 'owed')
    .selectAll()
    .where('stream', 'in', ['', ...streams])
    .orderBy('dueAt')
    .execute();
  return cases.map((row) =>
    entryOf(
      row,
      owed.filter(({ stream }) => stream === row.stream),
    ),
  );
}

function entryOf(
  { stream, key: _key, country: _country, closed: _closed, danger, ...row }: ViewRow<DeskCase>,
  owed: readonly DeskOwed[],
): DeskRow {
  const entry = {
    ...row,
    danger: danger === 1,
    notOpenedYet: danger === 1 && row.openedAt === null,
    owed: owed.map(({ name, owedBy, dueAt }) => ({ name, owedBy, dueAt })),
  };
  return { stream, entry };
}

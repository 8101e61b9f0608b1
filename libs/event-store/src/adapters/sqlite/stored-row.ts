/** A row of the log as an event. */
import type { Envelope } from '#kernel';
import { type Heading, type Position, START, type StoredEvent } from '../../port.js';

export type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

/** An envelope is written with its schema first, so that it is found without reading what follows. */
const SCHEMA_FIRST = /^\{"schema":(\d{1,9}),/;

/** An event whose data and envelope are parsed when somebody reads it: that costs more than fetching them. */
export class UnreadEvent implements Heading {
  readonly id: string;
  readonly type: string;
  readonly schema: number;
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  private unparsed: Row | undefined;
  private event: StoredEvent | undefined;

  constructor(row: Row) {
    this.id = row[3];
    this.type = row[4];
    this.schema = schemaIn(row[6]);
    this.stream = row[1];
    this.revision = row[2];
    this.position = positionOf(row[0]);
    this.unparsed = row;
  }

  read(): StoredEvent {
    if (this.unparsed !== undefined) {
      this.event = stored(this.unparsed);
      this.unparsed = undefined;
    }
    return this.event as StoredEvent;
  }
}

function schemaIn(metadata: string): number {
  const first = SCHEMA_FIRST.exec(metadata)?.[1];
  return first === undefined ? (JSON.parse(metadata) as Envelope).schema : Number(first);
}

export function stored([position, stream, revision, id, type, data, metadata]: Row): StoredEvent {
  return {
    id,
    type,
    stream,
    revision,
    data: JSON.parse(data) as object,
    metadata: JSON.parse(metadata) as Envelope,
    position: positionOf(position),
  };
}

/** The position of a row number; 0 is before the first. */
export function positionOf(row: number): Position {
  return row === 0 ? START : String(row);
}

/**
 * The row number of a position.
 * @throws RangeError when the position is not one of this store
 */
export function numberOf(position: Position): number {
  const row = Number(position);
  if (!Number.isSafeInteger(row) || row < 0) throw new RangeError('this is no position of this event store');
  return row;
}

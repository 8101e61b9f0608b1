/** Schemas of what reports and the desk answer with. */
import type { JsonSchema } from '#platform/nest';

const TEXT = { type: 'string' };
const MOMENT = { type: 'string', format: 'date-time' };
const list = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

const CELL: JsonSchema = {
  oneOf: [
    { type: 'object', required: ['count'], properties: { count: { type: 'integer', minimum: 0 } }, additionalProperties: false },
    { type: 'object', required: ['suppressed'], properties: { suppressed: { const: true } }, additionalProperties: false },
  ],
};
const TABLE: JsonSchema = {
  type: 'object',
  required: ['rows', 'columns', 'cells', 'rowTotals', 'columnTotals', 'total'],
  properties: { rows: list(TEXT), columns: list(TEXT), cells: list(list(CELL)), rowTotals: list(CELL), columnTotals: list(CELL), total: CELL },
  additionalProperties: false,
};

export const REPORT: JsonSchema = {
  type: 'object',
  required: ['report', 'counts', 'period', 'asOf', 'rows', 'k', 'table'],
  properties: { report: TEXT, counts: TEXT, period: TEXT, asOf: MOMENT, rows: TEXT, columns: TEXT, k: { type: 'integer' }, table: TABLE },
  additionalProperties: false,
};

/** Identifiers are the coordinator's own. */
export const DESK: JsonSchema = {
  type: 'object',
  required: ['cases'],
  properties: { cases: list({ type: 'object', required: ['case', 'danger', 'notOpenedYet', 'owed'] }) },
  additionalProperties: false,
};

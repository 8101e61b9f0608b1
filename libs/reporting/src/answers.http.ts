/** Schemas of what reports and the desk answer with. */
import { closed, FLAG, type JsonSchema, list, MOMENT_TEXT as MOMENT, TEXT } from '#platform/nest';

const CELL: JsonSchema = {
  oneOf: [
    {
      type: 'object',
      required: ['count'],
      properties: { count: { type: 'integer', minimum: 0 } },
      additionalProperties: false,
    },
    {
      type: 'object',
      required: ['suppressed'],
      properties: { suppressed: { const: true } },
      additionalProperties: false,
    },
  ],
};
const TABLE: JsonSchema = {
  type: 'object',
  required: ['rows', 'columns', 'cells', 'rowTotals', 'columnTotals'],
  properties: {
    rows: list(TEXT),
    columns: list(TEXT),
    cells: list(list(CELL)),
    rowTotals: list(CELL),
    columnTotals: list(CELL),
    total: { ...CELL, description: 'Absent where one person may fall into several categories: a sum would count her twice.' },
  },
  additionalProperties: false,
};

export const REPORT: JsonSchema = {
  type: 'object',
  required: ['report', 'counts', 'period', 'asOf', 'rows', 'k', 'table'],
  properties: {
    report: TEXT,
    counts: TEXT,
    period: TEXT,
    asOf: MOMENT,
    rows: TEXT,
    columns: TEXT,
    k: { type: 'integer' },
    table: TABLE,
  },
  additionalProperties: false,
};

const NULLABLE_TEXT = { type: ['string', 'null'] };
const NULLABLE_MOMENT = { type: ['string', 'null'], format: 'date-time' };

/** Identifiers are the coordinator's own. */
export const DESK: JsonSchema = closed({
  cases: list(
    closed({
      caseId: TEXT,
      notifiedAt: MOMENT,
      danger: FLAG,
      notOpenedYet: FLAG,
      openedAt: NULLABLE_MOMENT,
      status: TEXT,
      ageGroup: TEXT,
      region: TEXT,
      manager: NULLABLE_TEXT,
      risk: NULLABLE_TEXT,
      riskValidUntil: NULLABLE_MOMENT,
      owed: list(closed({ name: TEXT, owedBy: TEXT, dueAt: MOMENT })),
    }),
  ),
});

/** Identifiers are the coordinator's own. */
export const UNMET: JsonSchema = closed(
  {
    unmet: list(closed({ caseId: TEXT, service: TEXT, region: TEXT, reason: TEXT, recordedAt: MOMENT })),
    next: { ...TEXT, description: 'Send it as `after`; absent on the last page.' },
  },
  ['next'],
);

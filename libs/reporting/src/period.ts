import { Rejection } from '#kernel';

/** A span of recording time: `from` is in it, `to` is not. ISO 8601 in UTC with milliseconds, as events carry. */
export interface Period {
  readonly name: string;
  readonly granularity: 'year' | 'quarter';
  readonly from: string;
  readonly to: string;
}

const MONTHS_A_QUARTER = 3;
const start = (year: number, month: number) => new Date(Date.UTC(year, month)).toISOString();

/**
 * Reads `2026` or `2026-Q3`. Reports run on the time of recording (INV-17), in UTC.
 * @throws Rejection `period-invalid`
 */
export function periodOf(text: string): Period {
  const [, yearText, quarterText] = /^(20\d\d)(?:-Q([1-4]))?$/.exec(text) ?? [];
  if (yearText === undefined)
    throw new Rejection('invalid', 'period-invalid', 'a period is a year or a quarter: 2026, 2026-Q3');
  const year = Number(yearText);
  if (quarterText === undefined) {
    return { name: text, granularity: 'year', from: start(year, 0), to: start(year + 1, 0) };
  }
  const month = (Number(quarterText) - 1) * MONTHS_A_QUARTER;
  return { name: text, granularity: 'quarter', from: start(year, month), to: start(year, month + MONTHS_A_QUARTER) };
}

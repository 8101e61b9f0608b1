/** A published report: what it counts, by what it may be broken down, and how it leaves the house. */
import { Rejection } from '#kernel';
import type { AnyDatabase } from '#read-models';
import type { PublishedTable } from './disclosure-control/published.js';
import { asExport, publish } from './disclosure-control/published.js';
import type { Counts } from './disclosure-control/table.js';
import type { Period } from './period.js';
import { periodOf } from './period.js';

export interface ReportQuery {
  readonly period: Period;
  /** Dimension of the rows. */
  readonly rows: string;
  /** Dimension of the columns; a table has at most two. */
  readonly columns?: string;
}

export interface Report {
  readonly name: string;
  /** What one count stands for. */
  readonly counts: string;
  /** The projection that it reads. */
  readonly projection: string;
  /** Dimensions and their categories; an empty list means the categories that occur. */
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  /** Exact counts. They go through disclosure control before anyone sees them. */
  count(kysely: AnyDatabase, query: ReportQuery): Promise<Counts>;
}

export interface PublishedReport {
  readonly report: string;
  readonly counts: string;
  readonly period: string;
  /** Moment of recording up to which events are counted: the period's end. */
  readonly asOf: string;
  readonly rows: string;
  readonly columns?: string;
  /** Counts from 1 to k-1 are suppressed. */
  readonly k: number;
  readonly table: PublishedTable;
}

/** Query parameters as they come. */
export interface ReportParameters {
  readonly period?: string;
  readonly rows?: string;
  readonly columns?: string;
}

export interface ReportOptions {
  /**
   * Length of the periods that are published. One only: a year beside its quarters, or a period beside its first half,
   * would give small counts away by subtraction (domain.md 9.4, differencing).
   */
  readonly calendar: Period['granularity'];
  readonly now: string;
}

/** Arranges grouped rows as a table of all categories, with zeros where nothing was counted. */
export function countsOf(
  grouped: readonly Readonly<Record<string, string | number>>[],
  { rows, columns }: ReportQuery,
  dimensions: Report['dimensions'],
): Counts {
  const categories = (dimension: string) => {
    const listed = dimensions[dimension] ?? [];
    return listed.length > 0 ? listed : [...new Set(grouped.map((row) => String(row[dimension])))].sort();
  };
  const count = (row: string, column?: string) =>
    grouped
      .filter((one) => one[rows] === row && (columns === undefined || one[columns] === column))
      .reduce((sum, one) => sum + Number(one['count']), 0);
  const down = categories(rows);
  if (columns === undefined) return { rows: down, counts: down.map((row) => [count(row)]) };
  const across = categories(columns);
  return { rows: down, columns: across, counts: down.map((row) => across.map((column) => count(row, column))) };
}

/** @throws Rejection for a dimension or period that this report does not publish */
export function queryOf(report: Report, parameters: ReportParameters, { calendar, now }: ReportOptions): ReportQuery {
  const period = periodOf(parameters.period ?? '');
  if (period.granularity !== calendar) {
    throw new Rejection('rule-broken', 'period-not-published', `this report is published for each ${calendar}`, {
      calendar,
    });
  }
  if (now < period.to) {
    throw new Rejection('rule-broken', 'period-not-over', 'a period is published when it is over', {
      availableFrom: period.to,
    });
  }
  const names = Object.keys(report.dimensions);
  const { rows = names[0] ?? '', columns } = parameters;
  const unknown = [rows, columns].filter((name) => name !== undefined && !names.includes(name));
  if (unknown.length > 0 || rows === columns) {
    throw new Rejection('invalid', 'dimension-invalid', 'a report is broken down by one or two of its dimensions', {
      dimensions: names,
    });
  }
  return { period, rows, ...(columns === undefined ? {} : { columns }) };
}

/** The report as it may be shown: small counts are suppressed, and shown as suppressed. */
export async function publishedReport(
  kysely: AnyDatabase,
  report: Report,
  query: ReportQuery,
  k: number,
): Promise<PublishedReport> {
  const { period, rows, columns } = query;
  const table = publish(await report.count(kysely, query), k);
  const shape = { rows, ...(columns === undefined ? {} : { columns }) };
  return { report: report.name, counts: report.counts, period: period.name, asOf: period.to, ...shape, k, table };
}

/**
 * The report as a file that goes elsewhere.
 * @throws Rejection `export-would-disclose` when a cell is suppressed, with wider tables to ask for (INV-14, R-17)
 */
export function exportedReport(published: PublishedReport): PublishedReport {
  const { period, rows, columns } = published;
  const narrower = columns === undefined ? [] : [`rows=${rows}`, `rows=${columns}`];
  const longer = period.includes('-Q') ? [`period=${period.slice(0, 4)}`] : [];
  asExport(published.table, [...narrower, ...longer, 'a dimension with fewer and larger categories']);
  return published;
}

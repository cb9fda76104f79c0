import type { Servers } from './servers.ts';

/**
 * One line of a table: what was measured, then its figures. The JSON holds them whole; the printed table rounds them.
 */
export type Row = Readonly<Record<string, string | number | boolean>>;

/** Rows of one kind. `measure` reports each as soon as it is known. */
export type Table = Readonly<{
  name: string;
  title: string;
  measure: (servers: Servers, report: (row: Row) => void) => Promise<void>;
}>;

const rounded = (value: string | number | boolean): string =>
  typeof value !== 'number' ? String(value) : value.toFixed(Number.isInteger(value) || value >= 100 ? 0 : 2);

/** Markdown, so that a run fits into a page as it is. A row leaves the columns empty that only others have. */
export function printed(title: string, rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return `## ${title}\n\nnothing measured\n`;
  const lines = [columns, ...rows.map((row) => columns.map((column) => rounded(row[column] ?? '')))];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  const padded = lines.map((line) => `| ${widths.map((width, at) => (line[at] ?? '').padEnd(width)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`## ${title}`, '', padded[0], rule, ...padded.slice(1), ''].join('\n');
}

import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | boolean | null | undefined;
export type CsvOptions = Readonly<{
  /** The mark by which a spreadsheet recognises UTF-8, at the head of a file that a person opens. */
  bom?: boolean;
  /** What stands between cells: a spreadsheet splits at `;` where the comma is the decimal sign. `,` if left out. */
  separator?: ',' | ';';
}>;

/**
 * What a spreadsheet may take for the beginning of a formula or a command, in any width of letter, also behind
 * characters that it skips: blanks, control characters, invisible marks, and the apostrophe that we add as a guard.
 */
const formula = /^(?:[\p{C}\p{Z}]*[=+\-@＝＋－＠﹢﹣﹦﹫−]|[\t\r\n\v\f]|[\p{C}\p{Z}]*')/u;
/** What some reader takes for the end of a line. */
const breaks = /[\r\n\v\f\u0085\u2028\u2029]/;

const textOf = (cell: Cell): string => {
  // A number that is one is no formula, whatever its sign.
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (cell === null || cell === undefined) return '';
  return formula.test(cell) ? `'${cell}` : cell;
};

/**
 * The only writer of CSV (RFC 4180). Every cell that could break a line is quoted, and a cell that could be taken for a
 * formula begins with an apostrophe. A cell that begins with an apostrophe gets another, so that removing one gives
 * back the original.
 */
export const csvOf = (
  rows: readonly (readonly Cell[])[],
  { bom = false, separator: delimiter = ',' }: CsvOptions = {},
): string =>
  stringify(
    rows.map((row) => row.map(textOf)),
    // A line with nothing but one empty cell would be none.
    {
      bom,
      delimiter,
      record_delimiter: 'windows',
      quoted_match: [breaks],
      quoted_empty: rows.some(({ length }) => length === 1),
    },
  );

import { hostileWords } from '@vox/testing';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Cell, csvOf } from './csv.ts';

/** Words as visitors say them, and what breaks lines, quotes and formulas, in every order. */
const dangerous = [
  ...['=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '\t', '\r', '\n', '\r\n', '"', "'", ',', ';', ' '],
  ...['\u2028', '\u0085', '\v', '\f', '\ufeff', '\u200b', '\u0000', '=HYPERLINK("http://evil.example")', 'cmd|', 'é'],
];
const text = fc
  .array(
    fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...dangerous, ...hostileWords) }, fc.string({ unit: 'binary' })),
  )
  // Half of a character stands in no file of UTF-8.
  .map((parts) => parts.join('').toWellFormed());
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(text, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

/** A reader that knows RFC 4180 and forgives nothing: quotes only around whole documents, CRLF only between records. */
function strictly(csv: string): string[][] {
  const rows: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  for (let row: string[] = []; cell.lastIndex < csv.length; ) {
    const found = cell.exec(csv);
    if (found === null) throw new Error('breaks RFC 4180');
    row.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    if (found[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
const unguarded = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);
/** What stands outside quotes, line by line as any reader would break them. */
const bareLines = (csv: string): string[] =>
  csv.replace(/"(?:[^"]|"")*"/g, '""').split(/[\r\n\v\f\u0085\u2028\u2029]+/);
const formulaLike = /^[\p{C}\p{Z}]*[=+\-@＝＋－＠−]|^[\t\r\n]/u;

describe('a table as CSV', () => {
  it('reads back as the same documents in two readers, whatever they hold', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const csv = csvOf(rows);
        expect(strictly(csv).map((row) => row.map(unguarded))).toEqual(rows);
        const second = parse(csv, { record_delimiter: '\r\n', relax_column_count: false }) as string[][];
        expect(second.map((row) => row.map(unguarded))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });
  it('has no cell that a spreadsheet takes for a formula, and no line that begins with one', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const csv = csvOf(rows);
        for (const cell of strictly(csv).flat()) expect(cell).not.toMatch(formulaLike);
        for (const line of bareLines(csv)) expect(line).not.toMatch(formulaLike);
      }),
      { numRuns: 500 },
    );
  });
  it('keeps numbers, negative ones too, and begins with a byte order mark only on request', () => {
    const rows: Cell[][] = [
      ['n', 'x'],
      [-5, null],
      [1.5, true],
    ];
    expect(csvOf(rows)).toBe('n,x\r\n-5,\r\n1.5,true\r\n');
    expect(csvOf(rows, { bom: true })).toBe(`\ufeff${csvOf(rows)}`);
  });
  it('is split at semicolons on request, and reads back as the same documents then', () => {
    fc.assert(
      fc.property(table, (rows) => {
        const read = parse(csvOf(rows, { separator: ';' }), { delimiter: ';', record_delimiter: '\r\n' });
        expect((read as string[][]).map((row) => row.map(unguarded))).toEqual(rows);
      }),
    );
    expect(csvOf([[1.5, 'a,b', 'c;d']], { separator: ';' })).toBe('1.5;a,b;"c;d"\r\n');
  });
  it('quotes a cell with a bare line feed or carriage return', () => {
    expect(csvOf([['hello\n=1+1', 'a\rb']])).toBe('"hello\n=1+1","a\rb"\r\n');
  });
});

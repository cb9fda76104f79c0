import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Row = Readonly<Record<string, number | string>>;
/** The tables of docs/performance.json. */
export type Tables = Readonly<Record<string, Readonly<{ at: string; rows: readonly Row[] }>>>;

export const readTables = (): Tables =>
  JSON.parse(readFileSync(fileURLToPath(new URL('../../../docs/performance.json', import.meta.url)), 'utf8')) as Tables;

export function rowsOf(tables: Tables, table: string): readonly Row[] {
  const found = tables[table]?.rows;
  if (found === undefined) throw new RangeError(`docs/performance.json has no table ${table}`);
  return found;
}

/** One figure of a row that has these values. Throws RangeError when there is none: nothing is made up. */
export function figure(tables: Tables, table: string, wanted: Row, column: string): number {
  const row = rowsOf(tables, table).find((each) =>
    Object.entries(wanted).every(([name, value]) => each[name] === value),
  );
  const value = row?.[column];
  if (typeof value !== 'number') throw new RangeError(`${table} has no ${column} of ${Object.values(wanted)}`);
  return value;
}

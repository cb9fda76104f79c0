import type { Command } from 'commander';
import type { Operator } from '../reach/operator.ts';
import { withoutControls } from './without-controls.ts';

type Row = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly Row[] => Array.isArray(value) && value.every(isRow);

/** The rows of a list, and what was answered beside them, such as where the next page begins. */
function partsOf(answer: unknown): Readonly<{ rows: readonly Row[]; beside: Row }> | undefined {
  if (isRows(answer)) return { rows: answer, beside: {} };
  if (!isRow(answer)) return undefined;
  const [list, another] = Object.entries(answer).filter(([, value]) => isRows(value));
  if (list === undefined || another !== undefined) return undefined;
  const { [list[0]]: rows, ...beside } = answer;
  return { rows: rows as readonly Row[], beside };
}

/** What is longer than this is cut in a table, and whole in JSON. */
const cellMax = 64;

function cellOf(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '-';
  const isPlain = Array.isArray(value) && value.every((each) => typeof each !== 'object');
  const text = isPlain ? value.join(', ') : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const shown = withoutControls(text);
  return shown.length > cellMax ? `${shown.slice(0, cellMax - 1)}…` : shown;
}

/** As `expiresAt` is written above a column: `EXPIRES AT`. */
const headOf = (name: string): string => withoutControls(name.replace(/([a-z])([A-Z])/g, '$1 $2')).toUpperCase();

function linesOf(rows: readonly Row[]): string[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [names.map(headOf), ...rows.map((row) => names.map((name) => cellOf(row[name])))];
  const widths = names.map((_name, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  return cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A list as a table, with a line for each thing beside it; `undefined` for what is no list. */
export function tableOf(answer: unknown): string | undefined {
  const parts = partsOf(answer);
  if (parts === undefined) return undefined;
  const { rows, beside } = parts;
  const others = Object.entries(beside).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${headOf(name)}: ${withoutControls(JSON.stringify(value))}`],
  );
  return [...(rows.length === 0 ? ['(none)'] : linesOf(rows)), ...others].map((line) => `${line}\n`).join('');
}

const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)];
/** Names of commands that answer a list. */
const lists = /^(list|requests|search|receipts|keys|versions|lag|streams|sessions)$/;

/**
 * Shows every list as a table in a terminal, and as JSON with `--json` or to another program. A command that has a
 * `--json` of its own has a text of its own.
 */
export function listsAsTables({ say, print, isTerminal = false }: Operator): Readonly<{
  say: Operator['say'];
  of: (vox: Command) => void;
}> {
  let asTable = false;
  return {
    say(answer, asRead) {
      const table = asTable ? tableOf(asRead?.() ?? answer) : undefined;
      if (table === undefined) say(answer);
      else void print(table);
    },
    of(vox) {
      for (const command of everyCommand(vox)) {
        const isList = lists.test(command.name()) && command.commands.length === 0;
        if (!isList || command.options.some(({ long }) => long === '--json')) continue;
        command.option('--json', 'print JSON, also in a terminal').hook('preAction', () => {
          asTable = isTerminal && command.opts().json !== true;
        });
      }
    },
  };
}

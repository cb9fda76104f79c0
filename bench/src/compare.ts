import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { printed, type Row } from './table.ts';

// Measures tables on this checkout and on another in turns, so that both meet the same machine. It prints the figures of
// both and their ratio: `npm run bench:compare -- ../other edge grant --rounds 3`.
const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '3' } },
  allowPositionals: true,
});
const [other, ...tables] = positionals;
if (other === undefined || tables.length === 0) throw new RangeError('name another checkout and the tables to measure');
const here = fileURLToPath(new URL('../../', import.meta.url));

type Tables = Record<string, Row[]>;
function measured(checkout: string): Tables {
  const { status } = spawnSync('npm', ['run', '--silent', 'bench', '--', ...tables], {
    cwd: checkout,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`the bench of ${checkout} failed`);
  return JSON.parse(readFileSync(join(checkout, 'bench/results/latest.json'), 'utf8')).tables as Tables;
}

/** Figures by table, row and column. A row is named by its first column. */
const samples = new Map<string, { here: number[]; there: number[] }>();
function take(side: 'here' | 'there', all: Tables): void {
  for (const [table, rows] of Object.entries(all))
    for (const row of rows)
      for (const [column, value] of Object.entries(row).slice(1)) {
        if (typeof value !== 'number') continue;
        const name = `${table}: ${Object.values(row)[0]}: ${column}`;
        const known = samples.get(name) ?? { here: [], there: [] };
        known[side].push(value);
        samples.set(name, known);
      }
}
const median = (all: readonly number[]): number => all.toSorted((a, b) => a - b)[all.length >> 1] ?? Number.NaN;
/** How far the runs of one checkout lie apart: what lies within it is noise. */
const spread = (all: readonly number[]): number => Math.max(...all) / Math.min(...all);

for (let round = 0; round < Number(values.rounds); round += 1) {
  // Whoever measures second meets a warmer machine: the two take turns.
  const turns = round % 2 === 0 ? (['here', 'there'] as const) : (['there', 'here'] as const);
  for (const side of turns) take(side, measured(side === 'here' ? here : other));
}
const rows = [...samples].map(([what, { here: ours, there }]) => ({
  what,
  here: median(ours),
  there: median(there),
  ratio: median(ours) / median(there),
  spread: Math.max(spread(ours), spread(there)),
}));
process.stdout.write(`${printed(`${here} beside ${other}, medians of ${values.rounds} rounds`, rows)}\n`);

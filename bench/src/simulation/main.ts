import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readTables } from './measured.ts';
import { simulationPage } from './page.ts';
import { type Kept, keptOf, rounded } from './runs.ts';

// Simulates a platform of 1,000,000 tenants and 100,000 open calls from the figures of docs/performance.json, and
// prints the page about it. `npm run simulation -- --keep` writes the page and what it says; `--page` writes the page
// alone, from what was kept.
const { values } = parseArgs({ options: { keep: { type: 'boolean' }, page: { type: 'boolean' } } });
const pathOf = (name: string): string => fileURLToPath(new URL(`../../../docs/${name}`, import.meta.url));
const [file, page] = [pathOf('simulation.json'), pathOf('scaling-simulation.md')];

const tables = readTables();
const startedAt = performance.now();
const kept = values.page ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : rounded(keptOf(tables));
if (values.keep) writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`);
const text = simulationPage(kept, tables);
if (values.keep || values.page) writeFileSync(page, text);
else process.stdout.write(text);
process.stderr.write(`simulated in ${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);

import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connections } from './load.ts';
import { openRate, seconds } from './measure.ts';
import { edge } from './rows/edge.ts';
import { grant } from './rows/grant.ts';
import { redaction } from './rows/redaction.ts';
import { openServers } from './servers.ts';
import { printed, type Row, type Table } from './table.ts';

// Measures each path of VOX against its floor, one after the other in the same run on the same servers: only ratios travel between machines.
// `npm run bench -- edge grant` measures only those tables.
const tables: readonly Table[] = [edge, grant, redaction];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !tables.some((table) => table.name === name));
if (unknown.length > 0) throw new RangeError(`no table: ${unknown}; there are: ${tables.map(({ name }) => name)}`);

const servers = await openServers();
const measured: Record<string, readonly Row[]> = {};
for (const { name, title, measure } of tables) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const rows: Row[] = [];
  await measure(servers, (row) => rows.push(row));
  measured[name] = rows;
  process.stdout.write(`${printed(title, rows)}\n`);
}

const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
const machine = {
  cpu: cpus()[0]?.model,
  cores: cpus().length,
  memoryMib: Math.round(totalmem() / 1024 ** 2),
  node: process.version,
};
const run = { at: new Date().toISOString(), seconds, connections, openRate, machine, tables: measured };
writeFileSync(`${results}latest.json`, `${JSON.stringify(run, null, 2)}\n`);
await servers.stop();
process.exit(0);

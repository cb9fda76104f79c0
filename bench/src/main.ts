import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { conditions, keep } from './results.ts';
import { audit } from './rows/audit.ts';
import { brokered } from './rows/brokered.ts';
import { callCosts, callDocuments } from './rows/call-costs.ts';
import { consent } from './rows/consent.ts';
import { edge } from './rows/edge.ts';
import { erasure } from './rows/erasure.ts';
import { grant } from './rows/grant.ts';
import { growth } from './rows/growth.ts';
import { identity } from './rows/identity.ts';
import { partitions } from './rows/partitions.ts';
import { rateLimiters } from './rows/rate-limiters.ts';
import { redaction } from './rows/redaction.ts';
import { services } from './rows/services.ts';
import { sweep } from './rows/sweep.ts';
import { tenantsHeld } from './rows/tenants-held.ts';
import { toolLint } from './rows/tool-lint.ts';
import { tools } from './rows/tools.ts';
import { transcripts } from './rows/transcripts.ts';
import { openServers } from './servers.ts';
import { printed, type Row, type Table } from './table.ts';

// Measures each path of VOX against its floor, one after the other in the same run on the same servers: only ratios can
// be compared between machines. `npm run bench -- edge grant` measures only those tables; `--keep` puts them into
// docs/performance.json.
const tables: readonly Table[] = [
  ...[edge, identity, grant, brokered, growth, redaction, transcripts, consent, sweep, erasure],
  ...[audit, rateLimiters, services, toolLint, tools, tenantsHeld],
  ...[callCosts, callDocuments, partitions],
];

const { values, positionals: wanted } = parseArgs({ options: { keep: { type: 'boolean' } }, allowPositionals: true });
const unknown = wanted.filter((name) => !tables.some((table) => table.name === name));
if (unknown.length > 0)
  throw new RangeError(`there is no table ${unknown}; the tables are: ${tables.map(({ name }) => name)}`);

const servers = await openServers();
const measured: Record<string, readonly Row[]> = {};
for (const { name, title, measure } of tables) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const rows: Row[] = [];
  await measure(servers, (row) => rows.push(row));
  measured[name] = rows;
  process.stdout.write(`${printed(title, rows)}\n`);
  if (values.keep) keep({ [name]: rows });
}

const results = fileURLToPath(new URL('../results/', import.meta.url));
mkdirSync(results, { recursive: true });
writeFileSync(`${results}latest.json`, `${JSON.stringify({ ...conditions(), tables: measured }, null, 2)}\n`);
await servers.stop();
process.exit(0);

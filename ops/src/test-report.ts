import { readFileSync } from 'node:fs';

type Entry = { kind: string; what: string; version?: string; from?: string; why?: string };

// Closes a test run: prints the servers and versions that the suites ran against, and what was skipped and why.
const file = process.env.VOX_TEST_REPORT ?? '.reports/servers.jsonl';
let lines: string[] = [];
try {
  lines = [...new Set(readFileSync(file, 'utf8').trim().split('\n'))];
} catch {
  // There is no report: no suite asked for a server.
}
const entries = lines.map((line) => JSON.parse(line) as Entry);
const ran = entries
  .filter(({ kind }) => kind === 'server')
  .map(({ what, version, from }) => `  ${what} ${version}, ${from}`);
const skipped = entries.filter(({ kind }) => kind === 'skipped').map(({ what, why }) => `  what needs ${what}: ${why}`);
process.stdout.write(`\nRan against:\n${ran.join('\n') || '  no server'}\n`);
process.stdout.write(
  skipped.length === 0 ? 'Nothing was skipped.\n' : `SKIPPED (${skipped.length}):\n${skipped.join('\n')}\n`,
);

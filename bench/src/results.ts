import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connections } from './load.ts';
import { openRate, seconds } from './measure.ts';
import type { Row } from './table.ts';

const root = new URL('../../', import.meta.url);
const kept = fileURLToPath(new URL('docs/performance.json', root));

const packages = [
  'autocannon',
  'express',
  'express-rate-limit',
  'ioredis',
  'mongodb',
  '@nats-io/jetstream',
  'rate-limit-redis',
  'rate-limiter-flexible',
];

function versions(): Record<string, string> {
  const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
  const serverOf = (binary: string): string =>
    spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0]?.trim() ?? 'elsewhere';
  return {
    node: process.version,
    ...Object.fromEntries(['nats-server', 'redis-server', 'mongod'].map((binary) => [binary, serverOf(binary)])),
    ...Object.fromEntries(packages.map((name) => [name, lock.packages[`node_modules/${name}`]?.version])),
  };
}

/** When and on what a run measured, and how. */
export const conditions = () => ({
  at: new Date().toISOString(),
  seconds,
  connections,
  openRate,
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, memoryMib: Math.round(totalmem() / 1024 ** 2) },
  versions: versions(),
});

/** Puts tables in the place of their last ones in docs/performance.json; the others stay, each with its own conditions. */
export function keep(tables: Readonly<Record<string, readonly Row[]>>): void {
  const known = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
  const measured = conditions();
  for (const [name, rows] of Object.entries(tables)) known[name] = { ...measured, rows };
  writeFileSync(kept, `${JSON.stringify(known, rounded, 2)}\n`);
}

/** Three figures are more than a run can tell apart. */
const rounded = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { connections } from './load.ts';
import { openRate, seconds } from './measure.ts';
import type { Row } from './table.ts';

const root = new URL('../../', import.meta.url);
const performanceFile = fileURLToPath(new URL('docs/performance.json', root));

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

/** When, on what and how a run measured. */
export const conditions = () => ({
  at: new Date().toISOString(),
  seconds,
  connections,
  openRate,
  machine: { cpu: cpus()[0]?.model, cores: cpus().length, memoryMib: Math.round(totalmem() / 1024 ** 2) },
  versions: versions(),
});

/** Replaces tables in docs/performance.json. The others stay, each with its own conditions. */
export function keep(tables: Readonly<Record<string, readonly Row[]>>): void {
  const known = existsSync(performanceFile) ? JSON.parse(readFileSync(performanceFile, 'utf8')) : {};
  const measured = conditions();
  for (const [name, rows] of Object.entries(tables)) known[name] = { ...measured, rows };
  writeFileSync(performanceFile, `${JSON.stringify(known, rounded, 2)}\n`);
}

/** Four digits are more than a run can tell apart. */
const rounded = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

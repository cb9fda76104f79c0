import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { receiptKeys, writeExport } from '../audit/chain.ts';
import { fill, type Given } from '../audit/sides.ts';
import type { Row, Table } from '../table.ts';

const entries = Number(process.env.BENCH_AUDIT_ENTRIES ?? '1000000');
/** Fewer entries than in a file: a store is only as fast as its server. */
const stored = Number(process.env.BENCH_AUDIT_STORED ?? '100000');
const appended = Number(process.env.BENCH_AUDIT_APPENDS ?? '20000');
const run = fileURLToPath(new URL('../audit/run.ts', import.meta.url));

type Cost = Readonly<{ entries: number; seconds: number; cpuSeconds: number; residentMib: number }>;

async function costOf(side: string, given: Given): Promise<Cost> {
  const child = fork(run, [side, JSON.stringify(given)]);
  const [cost] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${side} ended with ${code}`))),
  ]);
  return cost as Cost;
}

/**
 * Ten times the entries must not cost much more memory. The peak of resident memory has the noise of garbage
 * collection.
 */
function constant(memory: readonly number[]): void {
  const [least, most] = [Math.min(...memory), Math.max(...memory)];
  if (most > 1.5 * least) throw new RangeError(`memory grows with the entries: ${memory.map(Math.round)} MiB`);
}

async function row(given: Given, path: string, floor: string): Promise<Row> {
  const ours = await costOf(path, given);
  const bare = await costOf(floor, given);
  const [perSecond, floorPerSecond] = [ours.entries / ours.seconds, bare.entries / bare.seconds];
  const figures = {
    ratio: perSecond / floorPerSecond,
    entries: ours.entries,
    seconds: ours.seconds,
    cpuSeconds: ours.cpuSeconds,
    perSecond,
    floorPerSecond,
  };
  return { path, floor, ...figures, residentMib: ours.residentMib, floorResidentMib: bare.residentMib };
}

export const audit: Table = {
  name: 'audit',
  title: 'The audit log',
  measure: async ({ mongo }, report) => {
    const folder = mkdtempSync(join(tmpdir(), 'vox-bench-'));
    const [file, keys] = [join(folder, 'export.ndjson'), join(folder, 'keys.json')];
    const given: Given = { file, keys, mongo, database: 'vox_bench_audit', entries };
    try {
      writeFileSync(keys, JSON.stringify(receiptKeys));
      const memory: number[] = [];
      for (const count of [entries / 10, entries]) {
        await writeExport(file, count);
        const measured = await row(given, 'verify a file', 'hash the lines of a file');
        memory.push(Number(measured.residentMib));
        report(measured);
      }
      constant(memory);
      const kept = { ...given, entries: stored };
      await fill(kept);
      report(await row(kept, 'verify the store', 'hash what a cursor brings'));
      const facts = { ...given, database: 'vox_bench_audit_append', entries: appended };
      report(await row(facts, 'append', 'insert one by one'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

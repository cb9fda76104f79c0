import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStack, type Stack } from '@vox/local/stack';
import type { Running } from '@vox/local/stack-process';
import type { Table } from '../table.ts';

const starts = 5;
/** After so long without a request a process holds only what it always needs. */
const idleMs = 5_000;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
/** Resident memory in MiB, as the system counts it. */
function residentOf(stack: Stack, name: string): number {
  const pid = stack.services.find((service) => service.name === name)?.pid;
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;
}

/** Each service as the stack runs it, with rights of its own on real servers. It restarts while the others run. */
export const services: Table = {
  name: 'services',
  title: 'Each service alone: from start to ready, and memory at rest',
  measure: async (_servers, report) => {
    const folder = mkdtempSync(join(tmpdir(), 'vox-bench-'));
    const stack = await openStack({ folder, plain: true, copies: { quota: 1, 'session-broker': 1 } });
    if (stack === undefined) throw new Error('the stack needs its servers on the PATH');
    try {
      for (const running of stack.services) report(await measured(stack, running));
    } finally {
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function measured(stack: Stack, { name }: Running) {
  const readyMs: number[] = [];
  const stopMs: number[] = [];
  for (let n = 0; n < starts; n += 1) {
    const stoppedAt = performance.now();
    await stack.services.find((service) => service.name === name)?.stop();
    const startedAt = performance.now();
    await stack.restart(name);
    stopMs.push(startedAt - stoppedAt);
    readyMs.push(performance.now() - startedAt);
  }
  await pause(idleMs);
  return { service: name, readyMs: median(readyMs), stopMs: median(stopMs), residentMib: residentOf(stack, name) };
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openStack } from '@vox/local/stack';
import { reconcile } from '@vox/ops/reconciliation';
import { answeredIn, bounds, heldBy, type Sample, unsteady } from './steady.ts';
import { openShops, visitorsAt } from './visitors.ts';

// Mixed load on the whole stack, each service a process, at a steady pace for `SOAK_MINUTES`. What a service holds must
// not grow, and its answers must not slow down. A visitor costs some hundred operations on MongoDB, most of them for
// the audit log: the slowest server of its protocol bears this pace on two cores.
const minutes = Number(process.env.SOAK_MINUTES ?? '20');
const visitorsPerSecond = Number(process.env.SOAK_VISITORS_PER_SECOND ?? '2');
const samplesMs = Math.max(2_000, (minutes * 60_000) / 40);
const collectedMs = 1_000;
/** A call whose visitor has vanished ends by itself within so long. */
const vanishedMs = 45_000;

const folder = mkdtempSync(join(tmpdir(), 'vox-soak-'));
const heaps = join(folder, 'heaps');
mkdirSync(heaps);
const collecting = `--import=${fileURLToPath(new URL('./collect-here.ts', import.meta.url))}`;
const wide = { TRUSTED_PROXIES: '127.0.0.1/32', NODE_OPTIONS: collecting, SOAK_HEAPS: heaps };
const stack = await openStack({ folder, plain: true, testEnv: process.env, env: wide });
if (stack === undefined) throw new Error('a soak needs NATS, Redis and MongoDB: by URL, on the PATH or in Docker');

const failures: string[] = [];
try {
  const visitors = visitorsAt(stack.url, await openShops(stack));
  const span = { fromMs: Date.now(), toMs: Date.now() + minutes * 60_000 };
  const samples = new Map<string, Sample[]>(stack.services.map(({ name }) => [name, []]));
  const coming = visitors.come(visitorsPerSecond, span.toMs);
  while (Date.now() < span.toMs) {
    await pause(samplesMs - collectedMs);
    for (const service of stack.services) service.kill('SIGUSR2');
    await pause(collectedMs);
    for (const { name, pid } of stack.services) samples.get(name)?.push(sampleOf(pid));
  }
  await coming;

  const held = [...samples].map(([name, all]) => heldBy(name, all, span));
  const answered = [...visitors.observed.times].map(([what, times]) => answeredIn(what, times, span));
  console.table(held);
  console.table(answered);
  failures.push(...unsteady(held, answered));
  for (const [surprise, count] of visitors.observed.surprises) failures.push(`${count} times ${surprise}`);
  await pause(vanishedMs);
  failures.push(...(await ledgersOff()));

  const results = fileURLToPath(new URL('../../results/', import.meta.url));
  mkdirSync(results, { recursive: true });
  const run = { at: new Date().toISOString(), minutes, visitorsPerSecond, bounds, held, answered, failures };
  writeFileSync(join(results, 'soak.json'), `${JSON.stringify(run, null, 2)}\n`);
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const failure of failures) process.stdout.write(`not steady: ${failure}\n`);
process.stdout.write(`${minutes} minutes, ${failures.length === 0 ? 'steady' : `${failures.length} findings`}\n`);
process.exit(failures.length === 0 ? 0 : 1);

/** What Linux says of a process, and what it says of its own heap. */
function sampleOf(pid: number | undefined): Sample {
  const resident = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0';
  return {
    atMs: Date.now(),
    heapMib: Number(readFileSync(join(heaps, String(pid)), 'utf8')) / 1024 ** 2,
    residentMib: Number(resident) / 1024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
  };
}

async function ledgersOff(): Promise<readonly string[]> {
  const { findings } = await reconcile({
    natsServers: [stack?.operatorEnv.NATS_URL ?? ''],
    nkeySeed: stack?.operatorEnv.NATS_NKEY_SEED,
    mongoUri: stack?.servers.mongo.url ?? '',
  });
  return findings;
}

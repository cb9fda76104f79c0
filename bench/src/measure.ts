import { type Load, load } from './load.ts';
import { openLoop } from './open-loop.ts';
import type { Servers } from './servers.ts';
import { spawnPath } from './spawn.ts';

export const seconds = Number(process.env.BENCH_SECONDS ?? '8');
const warmUpSeconds = 3;
/** Requests a second of the open loop: a busy platform's load, well below what a core can do. */
export const openRate = 200;

/**
 * `refused`: every request comes from one address, and refusals are what is measured. `perSecond`: the rate of the open
 * loop, for a path that cannot bear the usual one.
 */
export type Path = Readonly<{ name: string; refused?: boolean; perSecond?: number; env?: Record<string, string> }>;

export type Measured = Readonly<{
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  openP50Ms: number;
  openP99Ms: number;
  failed: number;
  writesPerRequest: number;
  /** Time of the path's own process, on all cores. Other work on the machine hardly changes it. */
  cpuMs: number;
  residentMib: number;
}>;

export async function measure(
  servers: Servers,
  { name, refused = false, perSecond = openRate, env }: Path,
): Promise<Measured> {
  const served = await spawnPath(servers, name, env);
  const to: Load = { ...served, oneAddress: refused };
  await load(to, { seconds: warmUpSeconds });
  const before = await served.counts();
  const closed = await load(to, { seconds });
  const after = await served.counts();
  const open = await openLoop(to, { seconds, perSecond });
  await served.stop();
  return {
    perSecond: closed.requests.average,
    p50Ms: closed.latency.p50,
    p99Ms: closed.latency.p99,
    openP50Ms: open.p50Ms,
    openP99Ms: open.p99Ms,
    failed: open.failed + closed.errors + (refused ? 0 : closed.non2xx),
    writesPerRequest: (after.writes - before.writes) / Math.max(1, closed.requests.total),
    cpuMs: (after.cpuMicros - before.cpuMicros) / 1_000 / Math.max(1, closed.requests.total),
    residentMib: after.residentBytes / 1024 ** 2,
  };
}

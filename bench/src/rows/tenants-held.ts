import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { putPolicies } from '../held/policies.ts';
import { openServers } from '../servers.ts';
import type { Row, Table } from '../table.ts';

const sizes = [0, 10_000, 100_000] as const;
const run = fileURLToPath(new URL('../held/run.ts', import.meta.url));
const mib = (bytes: number): number => bytes / 1_024 ** 2;

type Held = Readonly<{
  tenants: number;
  readMs: number;
  cpuMs: number;
  heapBytes: number;
  residentBytes: number;
  mostBytes: number;
}>;

async function held(url: string): Promise<Held> {
  const child = fork(run, [url], { execArgv: ['--expose-gc'] });
  const [answer] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`a process that holds tenants ended with ${code}`))),
  ]);
  return answer as Held;
}

/** Resident memory of the server that listens on the port of a URL. */
function serverMib(url: string): number {
  const { port } = new URL(url);
  const all = execFileSync('ps', ['-eo', 'rss=,args='], { encoding: 'utf8' }).split('\n');
  const its = all.find((line) => line.includes('nats-server') && line.includes(`-p ${port}`)) ?? '';
  return Number.parseInt(its.trim(), 10) / 1_024;
}

/** The real bucket and the real replica of edge-guard, with more and more tenants. */
export const tenantsHeld: Table = {
  name: 'tenants-held',
  title: 'Tenants that a copy of edge-guard holds in memory',
  measure: async (_servers, report) => {
    const servers = await openServers();
    try {
      let put = 0;
      let bytes = 0;
      for (const size of sizes) {
        bytes += await putPolicies(servers.nats, put, size);
        put = size;
        const found = await held(servers.nats);
        if (found.tenants !== size) throw new RangeError(`${found.tenants} tenants were held in the place of ${size}`);
        report(rowOf(found, bytes, serverMib(servers.nats)));
      }
    } finally {
      await servers.stop();
    }
  },
};

const rowOf = (
  { tenants, readMs, cpuMs, heapBytes, residentBytes, mostBytes }: Held,
  bytes: number,
  server: number,
): Row => ({
  tenants,
  heapMib: mib(heapBytes),
  residentMib: mib(residentBytes),
  mostMib: mib(mostBytes),
  readMs,
  cpuMs,
  documentsMib: mib(bytes),
  serverMib: server,
});

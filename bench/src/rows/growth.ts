import { AgentDocument, agentKey, PolicyDocument } from '@vox/contracts';
import { natsBus } from '@vox/platform/bus';
import { systemClock as clock } from '@vox/platform/time';
import { load } from '../load.ts';
import { seconds } from '../measure.ts';
import { seededAgents, seededPolicy } from '../paths/tenants.ts';
import { openServers, type Servers } from '../servers.ts';
import { spawnPath } from '../spawn.ts';
import type { Row, Table } from '../table.ts';

const warmUpSeconds = 3;

type Grown = Readonly<{
  perSecond: number;
  cpuMs: number;
  p99Ms: number;
  failed: number;
  startMs: number;
  residentMib: number;
}>;

async function grown(servers: Servers, path: string, env: Record<string, string>): Promise<Grown> {
  const begun = performance.now();
  const served = await spawnPath(servers, path, env);
  const startMs = performance.now() - begun;
  const to = { ...served, oneAddress: false };
  await load(to, { seconds: warmUpSeconds });
  const before = await served.counts();
  const closed = await load(to, { seconds });
  const after = await served.counts();
  await served.stop();
  return {
    perSecond: closed.requests.average,
    cpuMs: (after.cpuMicros - before.cpuMicros) / 1_000 / Math.max(1, closed.requests.total),
    p99Ms: closed.latency.p99,
    failed: closed.errors + closed.non2xx,
    startMs,
    residentMib: after.residentBytes / 1024 ** 2,
  };
}

const seedAtOnce = 500;

/** Puts policies on the bus as auth does, for the tenants from one number to another. */
async function seedTenants(servers: Servers, from: number, to: number): Promise<void> {
  const bus = await natsBus({
    servers: [servers.nats],
    service: 'operator',
    clock,
    onThrow: (error) => console.error(error),
  });
  const policies = bus.documents(PolicyDocument);
  const agents = bus.documents(AgentDocument);
  for (let n = from; n < to; n += seedAtOnce)
    await Promise.all(
      Array.from({ length: Math.min(seedAtOnce, to - n) }, async (_, i) => {
        const policy = seededPolicy(n + i);
        for (const agent of seededAgents(n + i))
          await agents.put(agentKey(policy.tenantId, policy.agentSetId, agent.agentId), agent);
        await policies.put(policy.tenantId, policy);
      }),
    );
  await bus.close();
}

/** Compares each size with the smallest: 1 means that only the number grows. */
const compared = (what: string, size: number, { perSecond, cpuMs, ...others }: Grown, smallest: Grown): Row => ({
  what,
  size,
  perSecond,
  toSmallest: perSecond / smallest.perSecond,
  cpuMs,
  cpuToSmallest: cpuMs / smallest.cpuMs,
  ...others,
});

/** Measures one path while one number grows. Each kind of growth has servers of its own, so nothing is left over. */
async function grow(
  report: (row: Row) => void,
  what: string,
  sizes: readonly number[],
  measure: (servers: Servers, size: number, before: number) => Promise<Grown>,
): Promise<void> {
  const servers = await openServers();
  try {
    let smallest: Grown | undefined;
    for (const [index, size] of sizes.entries()) {
      const found = await measure(servers, size, sizes[index - 1] ?? 0);
      smallest ??= found;
      report(compared(what, size, found, smallest));
    }
  } finally {
    await servers.stop();
  }
}

export const growth: Table = {
  name: 'growth',
  title: 'As the work grows',
  measure: async (_servers, report) => {
    await grow(report, 'tenants, a key each', [10, 1_000, 100_000], async (servers, size, before) => {
      await seedTenants(servers, before, size);
      return grown(servers, 'grant on twins', { SEEDED_TENANTS: String(size) });
    });
    const open = (size: number) => ({ OPEN_SESSIONS: String(size) });
    await grow(report, 'open sessions of 50 tenants', [0, 1_000, 100_000], (servers, size) =>
      grown(servers, 'grant on twins', open(size)),
    );
    await grow(report, 'open sessions of one tenant', [0, 1_000, 100_000], async (servers, size) => {
      await seedTenants(servers, 0, 1);
      return grown(servers, 'grant on twins', { ...open(size), SEEDED_TENANTS: '1' });
    });
    await grow(report, 'open sessions of 50 tenants, on MongoDB', [0, 10_000], (servers, size) =>
      grown(servers, 'grant on mongo', open(size)),
    );
    await grow(report, 'copies of quota and broker, on the twins', [1, 2, 4], (servers, size) =>
      grown(servers, 'grant on twins', { COPIES: String(size) }),
    );
  },
};

import { randomBytes } from 'node:crypto';
import { mongoBudgets, mongoRequests } from '@vox/quota/mongo';
import { listPrices } from '@vox/quota/prices';
import { startQuota } from '@vox/quota/service';
import { memoryBudgets, memoryRequests } from '@vox/quota/twins';
import { mongoSessions, mongoSlots } from '@vox/session-broker/mongo';
import { startBroker } from '@vox/session-broker/service';
import { memorySessions, memorySlots } from '@vox/session-broker/twins';
import { natsBus } from '@vox/shared/bus';
import { connectMongo } from '@vox/shared/store';
import { silentLog as log } from '@vox/shared/telemetry';
import { systemClock as clock } from '@vox/shared/time';
import type { Servers } from '../servers.ts';
import { edgeOn } from './edge-on.ts';
import type { Path, Paths } from './path.ts';
import { many, withTenants } from './tenants.ts';

export const grantPaths: Paths = {
  'grant on twins': (servers) => wholeGrant(servers, 'twins'),
  'grant on mongo': (servers) => wholeGrant(servers, 'mongo'),
};

/** A whole grant on real NATS and Redis, with a provider that answers at once; stores are the twins, or MongoDB. */
async function wholeGrant(servers: Servers, stores: 'twins' | 'mongo'): Promise<Path> {
  const bus = await natsBus({
    servers: [servers.nats],
    service: 'bench',
    clock,
    onThrow: (error) => console.error(error),
  });
  const widgetKeys = await withTenants(bus);
  const kept = stores === 'twins' ? twins() : await onMongo(servers.mongo);
  const common = { bus, clock, log, ...kept };
  await startQuota({ ...common, prices: listPrices, sweepMs: 60_000 });
  await startBroker({
    ...common,
    sealKey: randomBytes(32),
    provider: {
      clientSecret: async () => ({ value: 'ek_bench', expiresAtMs: Date.now() + 60_000 }),
      hangUp: async () => undefined,
    },
    sweepMs: 60_000,
  });
  return { app: await edgeOn(bus, servers.redis, many), widgetKeys };
}

const twins = () => ({
  budgets: memoryBudgets(),
  requests: memoryRequests(),
  slots: memorySlots(),
  sessions: memorySessions(),
});

async function onMongo(uri: string) {
  const store = await connectMongo({ uri, database: 'vox_bench', appName: 'bench', timeoutMs: 5_000 });
  return {
    budgets: await mongoBudgets(store),
    requests: await mongoRequests(store),
    slots: await mongoSlots(store),
    sessions: await mongoSessions(store),
  };
}

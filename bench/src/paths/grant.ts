import { randomUUID } from 'node:crypto';
import { type ProviderProfile, standardProfiles } from '@vox/contracts';
import { type Bus, natsBus } from '@vox/platform/bus';
import { egress } from '@vox/platform/egress';
import { connectMongo } from '@vox/platform/store';
import { silentLog as log } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { mongoBudgets, mongoRequests, mongoUsageDays } from '@vox/quota/mongo';
import { listPrices } from '@vox/quota/prices';
import { startQuota } from '@vox/quota/service';
import { memoryBudgets, memoryRequests, memoryUsageDays } from '@vox/quota/twins';
import { mongoStores as mongoBroker } from '@vox/session-broker/mongo';
import { startBroker } from '@vox/session-broker/service';
import { memoryStores as memoryBroker } from '@vox/session-broker/twins';
import { someOffer } from '@vox/testing';
import { brokeredMark } from '../load.ts';
import type { Servers } from '../servers.ts';
import { edgeOn } from './edge-on.ts';
import { grantOnce } from './grant-once.ts';
import { type Stores, seedOpenSessions } from './open-sessions.ts';
import type { Path, Paths } from './path.ts';
import { many, seededKey, withAuth, withTenants } from './tenants.ts';

export const grantPaths: Paths = {
  'grant on twins': (servers) => wholeGrant(servers, () => twins()),
  /** Each visitor brings an offer, and the provider makes and tells of each call at once. */
  'brokered grant on twins': async (servers) => {
    const { app, credentials } = await wholeGrant(servers, () => twins());
    return { app, credentials: credentials.map((widgetKey) => `${brokeredMark}${widgetKey}`) };
  },
  'grant on mongo': (servers) => wholeGrant(servers, () => onMongo(servers.mongo)),
};

/** How large the service is. The parent says so by the environment. */
const sizes = () => ({
  /** Copies of quota and of the broker, each with a link of its own to the bus. */
  copies: Number(process.env.COPIES ?? '1'),
  /** Tenants whose policies are on the bus already. 0: auth makes a few here. */
  seededTenants: Number(process.env.SEEDED_TENANTS ?? '0'),
  openSessions: Number(process.env.OPEN_SESSIONS ?? '0'),
});

/** A whole grant on real NATS and Redis, with a provider that answers at once. Stores are the twins, or MongoDB. */
async function wholeGrant(servers: Servers, openStores: () => Stores | Promise<Stores>): Promise<Path> {
  const { copies, seededTenants, openSessions } = sizes();
  const bus = await link(servers);
  const credentials =
    seededTenants === 0 ? await withTenants(bus) : Array.from({ length: seededTenants }, (_, n) => seededKey(n));
  if (seededTenants > 0) await withAuth(bus);
  const stores = await openStores();
  for (let copy = 0; copy < copies; copy += 1) await openCopy(copy === 0 ? bus : await link(servers), stores);
  if (openSessions > 0) {
    const granted = await Promise.all(credentials.map((widgetKey) => grantOnce(bus, widgetKey)));
    await seedOpenSessions(stores, granted, openSessions);
  }
  return { app: await edgeOn(bus, servers.redis, many), credentials };
}

const link = ({ nats }: Servers): Promise<Bus> =>
  natsBus({ servers: [nats], service: 'operator', clock, onThrow: (error) => console.error(error) });

/** All copies and runs share one: another copy may answer a request that comes again. */
const sealKey = Buffer.alloc(32, 1);

async function openCopy(bus: Bus, stores: Stores): Promise<void> {
  const common = { bus, clock, log, ...stores };
  await startQuota({ ...common, prices: listPrices, sweepMs: 1_000 });
  await startBroker({
    ...common,
    sealKey,
    toolEgress: egress({ ports: [443], allowLoopback: false }),
    providers: [
      {
        profile: standardProfiles[0] as ProviderProfile,
        isNear: true,
        clientSecret: async () => ({ value: 'ek_bench', expiresAtMs: Date.now() + 60_000 }),
        makeCall: async () => ({ callId: `rtc_${randomUUID()}`, answer: someOffer }),
        openSideband: async () => ({ send: () => undefined, close: () => undefined }),
        hangUp: async () => 'unknown',
      },
    ],
    transcriptionModel: 'gpt-transcribe',
    sweepMs: 500,
  });
}

const twins = (): Stores => ({
  budgets: memoryBudgets(),
  requests: memoryRequests(),
  usageDays: memoryUsageDays(),
  ...memoryBroker(),
});

/** A database of its own: sessions that another process left open would end here meanwhile. */
async function onMongo(uri: string): Promise<Stores> {
  const store = await connectMongo({ uri, database: `vox_bench_${process.pid}`, appName: 'bench', timeoutMs: 5_000 });
  return {
    budgets: await mongoBudgets(store),
    requests: await mongoRequests(store),
    usageDays: await mongoUsageDays(store),
    ...(await mongoBroker(store)),
  };
}

import { randomBytes, randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import { startAuth } from '@vox/auth/service';
import { memoryKeyRings, memoryTenants } from '@vox/auth/twins';
import { redisStore } from '@vox/edge-guard/redis';
import { type EdgeOptions, startEdge } from '@vox/edge-guard/service';
import { mongoBudgets, mongoRequests } from '@vox/quota/mongo';
import { listPrices } from '@vox/quota/prices';
import { startQuota } from '@vox/quota/service';
import { memoryBudgets, memoryRequests } from '@vox/quota/twins';
import { mongoSessions, mongoSlots } from '@vox/session-broker/mongo';
import { startBroker } from '@vox/session-broker/service';
import { memorySessions, memorySlots } from '@vox/session-broker/twins';
import { type Bus, memoryBus, natsBus } from '@vox/shared/bus';
import {
  CreateWidgetKey,
  consumers,
  type KindLimits,
  LeaseSigningKey,
  PutTenant,
  SessionVerdict,
} from '@vox/shared/contracts';
import { connectMongo } from '@vox/shared/store';
import { silentLog as log } from '@vox/shared/telemetry';
import { systemClock as clock } from '@vox/shared/time';
import type { Express } from 'express';

/** One tenant can be a hot document; a load of many tenants is what a platform has. */
const tenants = 50;
const many = 1_000_000_000;
const limits: KindLimits = {
  requestsPerMinute: many,
  burst: 0,
  sessionStartsPerMinute: many,
  openSessions: many,
  openSessionsPerKey: null,
  openSessionsPerPerson: many,
  sessionSeconds: 60,
  idleSeconds: 60,
  tokensPerDay: many * 1_000,
  tokensPerMonth: null,
  microsPerDay: many * 1_000,
  microsPerMonth: null,
  secondsPerDay: null,
  secondsPerMonth: null,
};
const origin = 'https://shop.example';

export type Path = Readonly<{ app: Express; widgetKeys: readonly string[] }>;
export type Servers = Readonly<{ nats: string; redis: string; mongo: string }>;

async function withTenants(bus: Bus): Promise<string[]> {
  const common = { bus, clock, log, uuid: randomUUID, random: randomBytes };
  await startAuth({
    ...common,
    tenants: memoryTenants(),
    keyRings: memoryKeyRings(),
    defaults: { widget: limits, console: limits, ceiling: limits },
    sealKey: randomBytes(32),
    sweepMs: 60_000,
  });
  const keys: string[] = [];
  for (let n = 0; n < tenants; n += 1) {
    const tenantId = `t${n}`;
    const agent = {
      agentId: 'guide',
      displayName: 'Guide',
      instructions: 'Be brief.',
      models: ['gpt-realtime'],
      voices: ['marin'],
      tools: [],
    };
    const draft = {
      tenantId,
      displayName: 'Bench',
      branding: { primaryColor: '#000000' },
      disclosure: 'A machine.',
      agents: [agent],
      bot: { mode: 'off', whenUnavailable: 'deny' },
    };
    await bus.ask(PutTenant, { draft, actor: 'bench' });
    keys.push(
      (await bus.ask(CreateWidgetKey, { tenantId, label: 'page', origins: [origin], actor: 'bench' })).widgetKey,
    );
  }
  return keys;
}

async function edgeOn(bus: Bus, redis: string, perMinute: number): Promise<Express> {
  const proxies = new BlockList();
  proxies.addAddress('127.0.0.1');
  const options: EdgeOptions = {
    bus,
    store: redisStore(redis),
    expectedCopies: 1,
    secret: randomBytes(32),
    proofTries: 800,
    verifiers: {},
    settings: {
      proxies,
      ipLimit: { perMinute, burst: 0 },
      bodyBytes: 65_536,
      requestDeadlineMs: 5_000,
      requireHttps: false,
      botProtection: true,
      providerUrl: 'https://api.openai.com',
    },
    clock,
    uuid: randomUUID,
    random: randomBytes,
    log,
  };
  return (await startEdge(options)).app;
}

/** edge-guard alone, on the in-memory bus, behind which every request is granted at once. */
export async function edgeAlone({ redis }: Servers, perMinute: number): Promise<Path> {
  const bus = memoryBus();
  const widgetKeys = await withTenants(bus);
  await bus.ask(LeaseSigningKey, { use: 'session' });
  await bus.consume(
    { ...consumers.quotaRequests, concurrency: 10_000 },
    async ({ data: { sessionId } }, { replyTo }) => {
      const soon = new Date(Date.now() + 60_000).toISOString();
      await bus.reply(replyTo ?? '', SessionVerdict, {
        kind: 'granted',
        sessionId,
        clientSecret: { value: 'ek_bench', expiresAt: soon },
        sessionToken: 'bench',
        maxSeconds: 60,
        idleSeconds: 60,
        endsAt: soon,
      });
      return 'done';
    },
  );
  return { app: await edgeOn(bus, redis, perMinute), widgetKeys };
}

/** A whole grant on real NATS and Redis, with a provider that answers at once; stores are the twins, or MongoDB. */
export async function wholeGrant(servers: Servers, stores: 'twins' | 'mongo'): Promise<Path> {
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

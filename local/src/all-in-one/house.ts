import { randomBytes, randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import { type AuthOptions, startAuth } from '@vox/auth/service';
import { memoryKeyRings, memoryTenants } from '@vox/auth/twins';
import { startEdge } from '@vox/edge-guard/service';
import { memoryLimits } from '@vox/edge-guard/twins';
import { listPrices } from '@vox/quota/prices';
import { startQuota } from '@vox/quota/service';
import { memoryBudgets, memoryRequests } from '@vox/quota/twins';
import { openAiProvider } from '@vox/session-broker/openai';
import { startBroker } from '@vox/session-broker/service';
import { memorySessions, memorySlots } from '@vox/session-broker/twins';
import { type MemoryBus, memoryBus } from '@vox/shared/bus';
import { listen } from '@vox/shared/http';
import type { Log } from '@vox/shared/telemetry';
import type { Clock } from '@vox/shared/time';
import { simulator } from '../simulator/app.ts';

export type HouseOptions = Readonly<{
  port: number;
  clock: Clock;
  log: Log;
  defaults: AuthOptions['defaults'];
  ipLimit: Readonly<{ perMinute: number; burst: number }>;
  /** The provider to talk to; without one, a simulator is started beside. */
  provider?: Readonly<{ apiKey: string; baseUrl: string }> | undefined;
}>;

export type House = Readonly<{ url: string; bus: MemoryBus; stop: () => Promise<void> }>;

const host = '127.0.0.1';
const secretSeconds = 60;

/** The services in one process, on the in-memory bus and stores. What they know is gone when they stop. */
export async function openHouse({ port, clock, log, defaults, ipLimit, provider }: HouseOptions): Promise<House> {
  const onThrow = (error: unknown): void => log.warn({ error }, 'a handler failed and will be tried again');
  const bus = memoryBus({ clock, onThrow });
  const stops: (() => Promise<void>)[] = [() => bus.close()];
  const known = provider ?? (await simulated(clock, stops));
  const chance = { clock, log, uuid: randomUUID, random: randomBytes };
  const secrets = { sealKey: randomBytes(32) };

  const auth = await startAuth({
    bus,
    ...chance,
    ...secrets,
    tenants: memoryTenants(),
    keyRings: memoryKeyRings(),
    defaults,
    sweepMs: 1_000,
  });
  const quota = await startQuota({
    bus,
    clock,
    log,
    budgets: memoryBudgets(),
    requests: memoryRequests(),
    prices: listPrices,
    sweepMs: 1_000,
  });
  const calls = openAiProvider({ ...known, secretSeconds, hangUpTimeoutMs: 2_000 });
  const broker = await startBroker({
    bus,
    clock,
    log,
    ...secrets,
    slots: memorySlots(),
    sessions: memorySessions(),
    provider: calls,
    sweepMs: 500,
  });
  const limits = memoryLimits(clock);
  const settings = {
    publicOrigin: `http://${host}:${port}`,
    proxies: new BlockList(),
    ipLimit,
    bodyBytes: 65_536,
    requestDeadlineMs: 5_000,
  };
  const edge = await startEdge({ bus, ...chance, limits, fallback: limits, settings });
  const door = await listen(edge.app, { host, port });
  stops.push(auth.stop, quota.stop, broker.stop, edge.stop, door.close);
  return {
    url: door.url,
    bus,
    async stop() {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

async function simulated(clock: Clock, stops: (() => Promise<void>)[]): Promise<{ apiKey: string; baseUrl: string }> {
  const apiKey = `sk-simulated-${randomUUID()}`;
  const server = await listen(simulator({ apiKey, now: clock.now }), { host, port: 0 });
  stops.push(server.close);
  return { apiKey, baseUrl: server.url };
}

import { randomBytes, randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import { redisStore } from '@vox/edge-guard/redis';
import { type EdgeOptions, startEdge } from '@vox/edge-guard/service';
import type { Bus } from '@vox/platform/bus';
import { pooledRandom } from '@vox/platform/crypto';
import { silentLog as log } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import type { Express } from 'express';

/** Starts edge-guard on a bus and the real Redis, with a limit for each address. */
export async function edgeOn(bus: Bus, redis: string, perMinute: number): Promise<Express> {
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
      publicOrigins: new Set(),
      botProtection: true,
      providerUrl: 'https://api.openai.com',
    },
    loginCookieName: '__Host-tenant_session',
    clock,
    uuid: randomUUID,
    random: pooledRandom(),
    log,
  };
  return (await startEdge(options)).app;
}

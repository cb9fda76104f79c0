import { randomBytes, randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateApiKey, RevokeApiKey, RevokeLogins } from '@vox/contracts';
import { startEdge } from '@vox/edge-guard/service';
import { memoryStores as edgeStores } from '@vox/edge-guard/twins';
import { openAllInOne } from '@vox/local/all-in-one';
import { demoTenant } from '@vox/local/demo-tenant';
import { memoryStores } from '@vox/local/stores';
import { asService, type Bus, natsBus } from '@vox/platform/bus';
import { listen } from '@vox/platform/http';
import { silentLog as log } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { eventually, furnish, natsServer, someLimits } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { started } from '../../services/auth/src/logins/decide/login.ts';
import { loginTokens, someMemberId } from './login-token.ts';

const nats = await natsServer(process.env);
const tenantId = 'demo';
const by = { actor: 'operator:test' };
const tries = 100;
const lanes = 2;
const closing: (() => Promise<void>)[] = [];

/** One credential: the headers that show it, and how it is revoked. */
type Credential = Readonly<{ headers: Record<string, string>; revoke: () => Promise<unknown> }>;
type Kinds = Readonly<Record<'a login' | 'an API key', () => Promise<Credential>>>;

/** Two doors on the real bus, each with a connection of its own, and ways to make credentials. */
async function openDoors(): Promise<Readonly<{ urls: readonly string[]; kinds: Kinds }>> {
  const servers = [nats?.url ?? ''];
  await furnish(servers[0] ?? '', { maxBytes: 64 * 1024 * 1024 });
  const opened = async (service: string): Promise<Bus> => {
    const bus = await eventually(() => natsBus({ servers, service, clock, onThrow: () => undefined }));
    closing.push(bus.close);
    return bus;
  };
  const [bus, other, operator] = [await opened('fixture'), await opened('fixture'), await opened('operator')];
  const stores = memoryStores();
  const wide = someLimits({ requestsPerMinute: 1_000_000, burst: 1_000_000 });
  const defaults = { widget: wide, console: wide, ceiling: wide };
  const ipLimit = { perMinute: 1_000_000, burst: 1_000_000 };
  const first = await openAllInOne({ bus, stores, port: 0, clock, log, defaults, ipLimit });
  closing.push(first.stop);
  await demoTenant(operator, 'https://shop.example');
  const edge = await startEdge({
    ...{ bus: asService(other, 'edge-guard'), clock, log, uuid: randomUUID, random: randomBytes },
    ...{
      store: edgeStores(clock),
      expectedCopies: 2,
      proofTries: 1,
      secret: randomBytes(32),
      sealKey: randomBytes(32),
      verifiers: {},
    },
    loginCookieName: '__Host-tenant_session',
    settings: {
      ...{ proxies: new BlockList(), ipLimit, bodyBytes: 65_536, requestDeadlineMs: 5_000, requireHttps: false },
      ...{ publicOrigins: new Set<string>(), botProtection: true, providerUrl: 'http://127.0.0.1:9' },
    },
  });
  const door = await listen(edge.app, { host: '127.0.0.1', port: 0 });
  closing.push(edge.stop, () => door.close(0));
  const token = await loginTokens(bus);
  const kinds: Kinds = {
    async 'a login'() {
      const memberId = someMemberId();
      const signed = await token({ memberId, role: 'viewer' });
      const rules = { lifeMs: 600_000, longestMs: 600_000 };
      const whose = { tenantId, memberId, device: 'Firefox on Linux', place: 'this machine' };
      const row = started(whose, false, rules, Date.now());
      await stores.logins.decideOnce(signed.id, { propose: () => row });
      return {
        headers: { cookie: `__Host-tenant_session=${signed.token}` },
        revoke: () => operator.ask(RevokeLogins, { tenantId, loginId: signed.id, ...by }),
      };
    },
    async 'an API key'() {
      const wish = { tenantId, label: 'ci', env: 'dev', scopes: ['usage:read'], ...by } as const;
      const { apiKey, key } = await operator.ask(CreateApiKey, { ...wish, scopes: [...wish.scopes] });
      return {
        headers: { authorization: `Bearer ${apiKey}` },
        revoke: () => operator.ask(RevokeApiKey, { tenantId, keyId: key.keyId, ...by }),
      };
    },
  };
  return { urls: [first.url, door.url], kinds };
}

const p99 = (delaysMs: readonly number[]): number =>
  [...delaysMs].sort((a, b) => a - b)[Math.ceil(delaysMs.length * 0.99) - 1] ?? Number.POSITIVE_INFINITY;

describe.skipIf(!nats?.owned)('a credential that is revoked on NATS', () => {
  let doors: Awaited<ReturnType<typeof openDoors>>;
  beforeAll(async () => {
    doors = await openDoors();
  }, 60_000);
  afterAll(async () => {
    for (const close of closing.reverse()) await close().catch(() => undefined);
    await nats?.stop();
  }, 60_000);

  const status = async (url: string, { headers }: Credential): Promise<number> => {
    const answer = await fetch(`${url}/api/v1/me`, { headers });
    await answer.arrayBuffer();
    return answer.status;
  };
  /** Asks a door until it refuses. Answers how long after the revocation was asked for that was, in milliseconds. */
  async function refusedAfter(url: string, credential: Credential, sinceMs: number): Promise<number> {
    for (;;) {
      const found = await status(url, credential);
      if (found === 401) return performance.now() - sinceMs;
      expect(found).toBe(200);
      if (performance.now() - sinceMs > 10_000) return Number.POSITIVE_INFINITY;
      // Asking must not be the load under which it measures.
      await pause(10);
    }
  }

  it.each(['a login', 'an API key'] as const)(
    'is refused at every door within a second of its revocation, a hundred times: %s',
    async (kind) => {
      const delaysMs: number[] = [];
      const lane = async (): Promise<void> => {
        for (let n = 0; n < tries / lanes; n += 1) {
          const credential = await doors.kinds[kind]();
          for (const url of doors.urls)
            await expect.poll(() => status(url, credential), { timeout: 5_000, interval: 10 }).toBe(200);
          const sinceMs = performance.now();
          const waiting = doors.urls.map((url) => refusedAfter(url, credential, sinceMs));
          await credential.revoke();
          delaysMs.push(...(await Promise.all(waiting)));
        }
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      expect(delaysMs).toHaveLength(tries * doors.urls.length);
      process.stdout.write(`${kind}: p99 until refused at every door ${p99(delaysMs).toFixed(0)} ms\n`);
      expect(p99(delaysMs)).toBeLessThan(1_000);
    },
    120_000,
  );
});

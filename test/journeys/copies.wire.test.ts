import { randomUUID } from 'node:crypto';
import { mongoStores as mongoAuth } from '@vox/auth/mongo';
import { mongoStores as mongoCompliance } from '@vox/compliance/mongo';
import { ListSessions } from '@vox/contracts';
import { openAllInOne } from '@vox/local/all-in-one';
import { demoTenant } from '@vox/local/demo-tenant';
import { type Bus, natsBus } from '@vox/platform/bus';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { mongoBudgets, mongoRequests, mongoUsageDays } from '@vox/quota/mongo';
import { mongoStores as mongoBroker } from '@vox/session-broker/mongo';
import { eventually, furnish, mongoServer, natsServer, someLimits } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';

const nats = await natsServer(process.env);
const mongo = await mongoServer(process.env);
const origin = 'https://shop.example';
const closing: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const close of closing.reverse()) await close().catch(() => undefined);
  await nats?.stop();
  await mongo?.stop();
}, 60_000);

/** Opens two quotas and two brokers on the real bus and store, each test with a database of its own. */
async function openOnServers(limits: object) {
  const servers = [nats?.url ?? ''];
  await furnish(servers[0] ?? '', { maxBytes: 64 * 1024 * 1024 });
  const opened = (service: string): Promise<Bus> =>
    eventually(() => natsBus({ servers, service, clock: systemClock, onThrow: () => undefined }));
  const [bus, operator] = [await opened('fixture'), await opened('operator')];
  closing.push(bus.close, operator.close);
  const database = `vox_test_${randomUUID().slice(0, 8)}`;
  const store: MongoStore = await eventually(() => connectMongo({ uri: mongo?.url ?? '', database, appName: 'test' }));
  closing.push(store.close);
  const stores = {
    ...(await mongoAuth(store)),
    budgets: await mongoBudgets(store),
    requests: await mongoRequests(store),
    usageDays: await mongoUsageDays(store),
    ...(await mongoBroker(store)),
    ...(await mongoCompliance(store, store)),
  };
  const wide = someLimits({ sessionStartsPerMinute: 1_000, requestsPerMinute: 1_000, ...limits });
  const defaults = { widget: wide, console: wide, ceiling: wide };
  const fixture = await openAllInOne({
    bus,
    stores,
    copies: 2,
    port: 0,
    clock: systemClock,
    log: silentLog,
    defaults,
    ipLimit: { perMinute: 10_000, burst: 0 },
  });
  closing.push(fixture.stop);
  const widgetKey = await demoTenant(operator, origin);
  const start = async () => {
    const headers = { origin, 'content-type': 'application/json' };
    const answer = await fetch(`${fixture.url}/api/session`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ widgetKey }),
    });
    return { status: answer.status, code: ((await answer.json()) as { code?: string }).code };
  };
  return { operator, start };
}

describe.skipIf(!nats?.owned || mongo === undefined)('two quotas and two brokers on NATS and MongoDB', () => {
  it('grant exactly ten of a hundred parallel requests against a cap of ten, and answer all', async () => {
    const { operator, start } = await openOnServers({
      openSessions: 10,
      microsPerDay: 1_000_000_000,
      tokensPerDay: 100_000_000,
    });
    expect((await start()).status).toBe(200);
    const answers = await Promise.all(Array.from({ length: 99 }, start));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(9);
    // On a slow machine a request may reach its deadline. Then it is refused as unavailable, and fails in no other way.
    const refusals = ['MAX_CONCURRENT_SESSIONS', 'UNAVAILABLE'];
    expect(answers.every(({ status, code }) => status === 200 || refusals.includes(code ?? ''))).toBe(true);
    expect((await operator.ask(ListSessions, { tenantId: 'demo', actor: 'test' })).sessions).toHaveLength(10);
  }, 60_000);
});

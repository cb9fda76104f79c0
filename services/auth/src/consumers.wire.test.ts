import { randomBytes, randomUUID } from 'node:crypto';
import {
  CreateWebhook,
  CreateWidgetKey,
  KeyAging,
  ListWebhookDeliveries,
  makeFact,
  PingWebhook,
  PrivacyRequestOverdue,
  PutTenant,
  QuotaThreshold,
  ReadWidgetKeyUsage,
  RequestRefused,
  SessionGranted,
  type WebhookEventType,
  WebhookEventType as WebhookEventTypes,
} from '@vox/contracts';
import { type Bus, natsBus } from '@vox/platform/bus';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { eventually, furnish, mongoServer, natsServer, testStores } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { authSettings, draft, origin } from './auth.fixture.ts';
import { mongoStores } from './mongo.ts';
import { startAuth } from './service.ts';
import { receiver } from './webhooks/receiver.fixture.ts';

const nats = await natsServer(process.env);
const mongo = await mongoServer(process.env);
const stores = testStores(mongo?.url ?? '', 10_000);
const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close().catch(() => undefined);
  await stores.close();
  await nats?.stop();
  await mongo?.stop();
}, 60_000);

async function connected(service: string): Promise<Bus> {
  const made = await eventually(() =>
    natsBus({ servers: [nats?.url ?? ''], service, clock: systemClock, onThrow: () => undefined }),
  );
  closing.push(made.close);
  return made;
}

/** Two copies of auth on real servers, and a tenant with an endpoint that is told of everything. */
async function twoCopies() {
  await furnish(nats?.url ?? '', { maxBytes: 64 * 1024 * 1024 });
  const [bus, ...stored] = [await connected('operator'), ...(await stores.open(2))];
  const sealKey = randomBytes(32);
  for (const store of stored) {
    const auth = await startAuth({
      ...{ ...authSettings, bus: await connected('auth'), ...(await mongoStores(store)), sealKey },
      ...{ clock: systemClock, uuid: randomUUID, random: randomBytes, log: silentLog, sweepMs: 50 },
    });
    closing.push(auth.stop);
  }
  const hook = await receiver();
  closing.push(hook.close);
  const tenantId = `t${randomUUID().slice(0, 8)}`;
  await bus.ask(PutTenant, { draft: { ...draft, tenantId }, actor: 'test' }, { timeoutMs: 10_000 });
  const types: WebhookEventType[] = [...WebhookEventTypes.options];
  const { secret, endpoint } = await bus.ask(CreateWebhook, { tenantId, url: hook.url, types, actor: 'test' });
  hook.secrets.push(secret);
  return { bus, hook, tenantId, endpointId: endpoint.endpointId };
}

describe.skipIf(!nats?.owned || mongo === undefined)('auth on NATS and MongoDB', () => {
  // The copies share the questions of their server, so there are two of them for all tests.
  let opened: ReturnType<typeof twoCopies> | undefined;
  const both = () => (opened ??= twoCopies());

  it('tells an endpoint of facts of three streams, each once, and counts the use of a key once', async () => {
    const { bus, hook, tenantId, endpointId } = await both();
    const made = await bus.ask(CreateWidgetKey, { tenantId, label: 'site', origins: [origin], actor: 'test' });
    const { widgetKey } = made;
    const at = systemClock.now();
    const moment = at.toISOString();
    const head = () => ({ id: randomUUID(), source: 'test', at });
    const sessionId = randomUUID();
    const identity = { kind: 'widget', widgetKey, visitorId: `v_${'x'.repeat(22)}` } as const;
    const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 9, idleSeconds: 9 };
    const granted = { tenantId, sessionId, identity, ...call, grantedAt: moment, endsAt: moment };
    const grant = makeFact(SessionGranted, head(), granted);
    await bus.publish(SessionGranted, grant);
    // The bus would take the same id for a repeat, so the same call is told under another one.
    await bus.publish(SessionGranted, { ...grant, id: randomUUID() });
    const budget = { identityKind: 'widget', day: moment.slice(0, 10), period: 'day', measure: 'tokens' } as const;
    await bus.publish(QuotaThreshold, makeFact(QuotaThreshold, head(), { tenantId, ...budget, percent: 80, limit: 9 }));
    const request = { tenantId, privacyRequestId: randomUUID(), kind: 'erase', dueAt: moment } as const;
    await bus.publish(PrivacyRequestOverdue, makeFact(PrivacyRequestOverdue, head(), request));
    const aging = { tenantId, kind: 'api-key', keyId: 'k1', cause: 'old', since: moment } as const;
    await bus.publish(KeyAging, makeFact(KeyAging, head(), aging));
    const refusal = { tenantId, code: 'FORBIDDEN', route: '/x', count: 2, firstAt: moment, lastAt: moment };
    await bus.publish(RequestRefused, makeFact(RequestRefused, head(), refusal));
    const types = ['key.aging', 'privacy.deadline', 'quota.threshold', 'session.granted', 'session.granted'];
    await expect.poll(() => hook.received.map(({ type }) => type).sort(), { timeout: 15_000 }).toEqual(types);
    const listed = async () =>
      (await bus.ask(ListWebhookDeliveries, { tenantId, endpointId })).deliveries.map(({ state }) => state);
    await expect.poll(listed, { timeout: 10_000 }).toEqual(Array(5).fill('delivered'));
    expect(new Set(hook.received.map(({ id }) => id)).size).toBe(5);
    const usage = async () => (await bus.ask(ReadWidgetKeyUsage, { tenantId, widgetKey, days: 1 })).days[0]?.granted;
    await expect.poll(usage, { timeout: 10_000 }).toBe(1);
  }, 60_000);

  it('tries a webhook again that a receiver refused', async () => {
    const { bus, hook, tenantId, endpointId } = await both();
    const before = hook.received.length;
    let refusals = 0;
    hook.answer((_request, answer) => {
      refusals += 1;
      answer.writeHead(refusals === 1 ? 503 : 204).end();
    });
    await bus.ask(PingWebhook, { tenantId, endpointId, actor: 'test' });
    await expect.poll(() => hook.received.length, { timeout: 20_000 }).toBe(before + 2);
    expect(new Set(hook.received.slice(before).map(({ id }) => id)).size).toBe(1);
    const listed = async () => (await bus.ask(ListWebhookDeliveries, { tenantId, endpointId })).deliveries;
    await expect
      .poll(listed, { timeout: 10_000 })
      .toContainEqual(expect.objectContaining({ type: 'webhook.ping', state: 'delivered', tries: 2 }));
  }, 60_000);
});

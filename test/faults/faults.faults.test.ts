import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { verifyBooks } from '@vox/ops/books';
import { CreateWidgetKey, VerifyAudit } from '@vox/shared/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { openStack, type Stack } from '../../local/src/stack/stack.ts';
import { type Answer, type Shop, shopOn } from '../stack/visitor.ts';

const folder = mkdtempSync(join(tmpdir(), 'vox-faults-'));
const opened = await openStack({ folder, testEnv: process.env, env: { TRUSTED_PROXIES: '127.0.0.1/32' } });
const stack = opened as Stack;
afterAll(async () => {
  await opened?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const wide = {
  openSessions: 1_000,
  sessionStartsPerMinute: 1_000,
  tokensPerDay: 100_000_000,
  microsPerDay: 1_000_000_000,
};
const crashHere = fileURLToPath(new URL('./crash-here.ts', import.meta.url));
/** The visitor's deadline, and what the way there and back may take besides. */
const answeredMs = 6_500;

const findings = async (): Promise<readonly string[]> =>
  (
    await verifyBooks({
      natsServers: [stack.operatorEnv.NATS_URL ?? ''],
      nkeySeed: stack.operatorEnv.NATS_NKEY_SEED,
      mongoUri: stack.servers.mongo.url,
    })
  ).findings;
const balance = (timeout = 30_000) => expect.poll(findings, { timeout, interval: 1_000 }).toEqual([]);
/** Starts a service again so that it kills itself at a point, from now on. */
async function arm(name: string, point: string): Promise<Stack['services'][number]> {
  const service = await stack.restart(name, { NODE_OPTIONS: `--import=${crashHere}`, CRASH_AT: point });
  service.kill('SIGUSR2');
  return service;
}
const serviceNamed = (name: string) =>
  stack.services.find((service) => service.name === name) as Stack['services'][number];

/** A call from its start to its end. Every answer on the way is the contract's, in time. */
async function wholeCall(shop: Shop): Promise<Answer> {
  const granted = await shop.start();
  expect([200, 502, 503]).toContain(granted.status);
  expect(granted.sentMs).toBeLessThan(answeredMs);
  if (granted.status !== 200) return granted;
  const used = { responseId: 'r1', text_in: 1, text_out: 1, audio_in: 10, audio_out: 10 };
  for (const [path, body] of [
    ['/api/heartbeat', {}],
    ['/api/usage/report', used],
    ['/api/session/end', {}],
  ] as const) {
    const answer = await shop.say(path, granted, body);
    expect([200, 503]).toContain(answer.status);
  }
  return granted;
}

describe.skipIf(opened === undefined)('a copy that is killed', () => {
  const points: readonly (readonly [string, string])[] = [
    ['quota-1', 'write:budgets'],
    ['quota-1', 'write:requests'],
    ['quota-1', 'publish:vox.session.admitted'],
    ['quota-1', 'publish:vox.quota.reserved'],
    ['quota-1', 'publish:vox.quota.settled'],
    ['session-broker-1', 'write:slots'],
    ['session-broker-1', 'write:sessions'],
    ['session-broker-1', 'publish:vox.session.granted'],
    ['session-broker-1', 'publish:vox.session.ended'],
    ['session-broker-1', 'publish:vox.usage.metered'],
    ['compliance', 'write:audit'],
  ];
  it.each(points)(
    '%s after %s: every visitor is answered once and in time, and the books balance',
    async (name, point) => {
      const shop = await shopOn(stack, wide);
      const armed = await arm(name, point);
      const calls: Answer[] = [];
      // The work is shared among copies: until the armed one has had its part.
      for (let round = 0; round < 10 && !armed.exited(); round += 1)
        calls.push(...(await Promise.all(Array.from({ length: 6 }, () => wholeCall(shop)))));
      await expect.poll(() => armed.exited(), { timeout: 10_000 }).toBe(true);
      await stack.restart(name);
      expect(calls.some(({ status }) => status === 200)).toBe(true);
      expect(new Set(calls.flatMap(({ body }) => body.id ?? [])).size).toBe(
        calls.filter(({ status }) => status === 200).length,
      );
      await balance();
      expect(
        (await stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId }, { timeoutMs: 10_000 })).broken,
      ).toBeNull();
    },
  );

  it.each(['write:tenants', 'publish:$KV.vox-policy', 'publish:vox.identity.key-created'])(
    'auth after %s: what was asked is done once it is back',
    async (point) => {
      const shop = await shopOn(stack, wide);
      const armed = await arm('auth', point);
      const asked = { tenantId: shop.tenantId, label: 'second', origins: ['https://second.example'], actor: 'test' };
      await stack.operator.ask(CreateWidgetKey, asked).catch(() => undefined);
      await expect.poll(() => armed.exited(), { timeout: 10_000 }).toBe(true);
      // Calls go on without auth: what they need stands in memory.
      expect((await shop.start()).status).toBe(200);
      await stack.restart('auth');
      const { widgetKey } = await stack.operator.ask(CreateWidgetKey, { ...asked, label: 'third' });
      const third = { widgetKey };
      await expect
        .poll(async () => (await shop.post('/api/session', third, { origin: 'https://second.example' })).status, {
          timeout: 5_000,
        })
        .toBe(200);
    },
  );

  it('edge-guard, under load: the next one serves, and the books balance', async () => {
    const shop = await shopOn(stack, wide);
    const calls = Array.from({ length: 20 }, () => wholeCall(shop).catch(() => undefined));
    await pause(30);
    serviceNamed('edge-guard').kill('SIGKILL');
    await Promise.all(calls);
    await stack.restart('edge-guard');
    expect((await wholeCall(shop)).status).toBe(200);
    // What was granted and never reached its visitor ends by itself.
    await balance(60_000);
  });
});

describe.skipIf(opened === undefined)('a server that is killed', () => {
  const comesBack = (shop: Shop) =>
    expect.poll(async () => (await shop.start()).status, { timeout: 30_000, interval: 500 }).toBe(200);

  it('Redis, and started again empty: requests are counted meanwhile, and calls go on', async () => {
    const shop = await shopOn(stack, wide);
    stack.servers.redis.kill('SIGKILL');
    const from = '203.0.113.50';
    const answers = [];
    for (let n = 0; n < 100; n += 1) answers.push(await shop.bootstrap(from));
    const admitted = answers.filter(({ status }) => status === 200).length;
    expect(admitted).toBeGreaterThanOrEqual(80);
    expect(admitted).toBeLessThan(85);
    expect(Math.max(...answers.map(({ sentMs }) => sentMs))).toBeLessThan(1_000);
    expect((await wholeCall(shop)).status).toBe(200);
    await stack.servers.redis.restart('lost');
    await comesBack(shop);
    await balance();
  });
  it('MongoDB: requests are refused in time, nothing is half-done, and calls go on when it is back', async () => {
    const shop = await shopOn(stack, wide);
    stack.servers.mongo.kill('SIGKILL');
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.start()));
    expect(answers.every(({ status, sentMs }) => status === 503 && sentMs < answeredMs)).toBe(true);
    await stack.servers.mongo.restart('kept');
    await comesBack(shop);
    await balance(60_000);
  });
  it('MongoDB that hangs under load: every answer comes in time', async () => {
    const shop = await shopOn(stack, wide);
    const calls = Array.from({ length: 10 }, () => wholeCall(shop));
    stack.servers.mongo.kill('SIGSTOP');
    const answers = await Promise.all(calls);
    stack.servers.mongo.kill('SIGCONT');
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
    await comesBack(shop);
    await balance(60_000);
  });
  it('the provider that hangs: refused in time, the line is free again, and the breaker spares the next ones the wait', async () => {
    const shop = await shopOn(stack, { ...wide, openSessions: 4 });
    const fault = (body: object, method: string) =>
      fetch(`${stack.simulatorUrl}/simulator/faults`, {
        method,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await fault({ fault: { kind: 'hang' }, times: 60 }, 'POST');
    const slow = await Promise.all(Array.from({ length: 4 }, () => shop.start()));
    expect(slow.every(({ status, sentMs }) => [502, 503].includes(status) && sentMs < answeredMs)).toBe(true);
    for (let n = 0; n < 20; n += 1) await shop.start();
    const spared = await shop.start();
    expect(spared).toMatchObject({ status: 502 });
    expect(spared.sentMs).toBeLessThan(1_000);
    await fault({}, 'DELETE');
    await comesBack(shop);
    await balance();
  });
  it('NATS, and started again without its data: refused at once meanwhile, and calls go on without a restart of ours', async () => {
    const shop = await shopOn(stack, wide);
    const live = await shop.start();
    stack.servers.nats.kill('SIGKILL');
    const refused = await shop.start();
    expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(refused.sentMs).toBeLessThan(1_000);
    expect((await shop.say('/api/heartbeat', live)).status).toBe(503);
    await stack.servers.nats.restart('lost');
    await comesBack(shop);
    expect((await shop.say('/api/heartbeat', live)).status).toBe(200);
    expect((await shop.say('/api/session/end', live)).status).toBe(200);
    const known = async () => (await shopOn(stack, wide)).start();
    await expect.poll(async () => (await known()).status, { timeout: 20_000 }).toBe(200);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListSessions, RevokeWidgetKey, VerifyAudit } from '@vox/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collector, spansOfCall } from './collector.ts';
import { voxOn } from './operator.ts';
import { watchedStack } from './test-stack.ts';
import { type Answer, type Shop, shopOn } from './visitor.ts';

const traces = await collector();
afterAll(() => traces.door.close(0));
const { isOpen, stack, folder, allFacts, factsOf } = await watchedStack({
  env: {
    RATE_IP_PER_MIN: '20',
    RATE_BURST: '10',
    AUDIT_CHECKPOINT_SECONDS: '1',
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.door.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '200',
  },
});

const wide = {
  openSessions: 1_000,
  sessionStartsPerMinute: 1_000,
  tokensPerDay: 100_000_000,
  microsPerDay: 1_000_000_000,
};
const ended = (shop: Shop) => factsOf('vox.session.ended.v1', shop.tenantId);
const soon = { timeout: 20_000, interval: 100 };
/** A whole id: the characters of a signature may look like one by chance. */
const wholeVisitorId = /(?<![A-Za-z0-9_-])v_[A-Za-z0-9_-]{22}(?![A-Za-z0-9_-])/;

describe.skipIf(!isOpen)('the stack of two brokers, two quotas and real servers', () => {
  let unconnected: Shop;
  beforeAll(async () => {
    // Its end takes half a minute, in which the other tests run.
    unconnected = await shopOn(stack, wide);
    expect((await unconnected.start()).status).toBe(200);
  });

  it('grants exactly ten of a hundred parallel requests against a cap of ten', async () => {
    const shop = await shopOn(stack, { ...wide, openSessions: 10 });
    const answers = await Promise.all(Array.from({ length: 100 }, () => shop.start()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.every(({ body }) => ['MAX_CONCURRENT_SESSIONS', 'UNAVAILABLE'].includes(body.code ?? ''))).toBe(
      true,
    );
    expect((await stack.operator.ask(ListSessions, { tenantId: shop.tenantId, actor: 'test' })).sessions).toHaveLength(
      10,
    );
  }, 60_000);

  it('gives the last dollars to exactly as many calls as they pay for', async () => {
    // A worst case of 60 seconds costs 0.096 dollars. One dollar pays for ten of them and one shorter call.
    const shop = await shopOn(stack, { ...wide, sessionSeconds: 60, microsPerDay: 1_000_000 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => shop.start()));
    const granted = answers.filter(({ status }) => status === 200);
    const seconds = granted.reduce(
      (sum, { body }) => sum + (body.limits as unknown as { maxSeconds: number }).maxSeconds,
      0,
    );
    expect(seconds).toBeLessThanOrEqual(625);
    expect(seconds).toBeGreaterThan(560);
    const codes = new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code));
    expect([...codes].every((code) => ['DAILY_QUOTA_EXCEEDED', 'UNAVAILABLE'].includes(code ?? ''))).toBe(true);
  }, 60_000);

  describe('ends a call once, for the reason', () => {
    const begun = async (limits: object): Promise<{ shop: Shop; granted: Answer }> => {
      const shop = await shopOn(stack, { ...wide, ...limits });
      const granted = await shop.start();
      expect(granted.status).toBe(200);
      return { shop, granted };
    };
    const endsBy = (shop: Shop, reason: string) =>
      expect.poll(() => ended(shop).map((data) => data.reason), soon).toEqual([reason]);

    it('client', async () => {
      const { shop, granted } = await begun({});
      expect((await shop.say('/api/heartbeat', granted)).body).toMatchObject({ ok: true, session: { active: true } });
      expect((await shop.say('/api/session/end', granted)).body).toEqual({ ok: true });
      expect((await shop.say('/api/session/end', granted)).body).toEqual({ ok: true });
      await endsBy(shop, 'client');
      expect(await shop.say('/api/heartbeat', granted)).toMatchObject({
        status: 403,
        body: { code: 'SESSION_ENDED', reason: 'client' },
      });
    });
    it('max_duration, with a warning before it', async () => {
      const { shop, granted } = await begun({ sessionSeconds: 3 });
      await shop.say('/api/heartbeat', granted);
      await endsBy(shop, 'max_duration');
      expect(factsOf('vox.session.expiring.v1', shop.tenantId)).toHaveLength(1);
      expect(await shop.say('/api/realtime/heartbeat', granted)).toMatchObject({
        status: 403,
        body: { code: 'SESSION_DURATION_EXCEEDED', reason: 'max_duration', maxMinutes: 0.05 },
      });
    }, 30_000);
    it('idle', async () => {
      const { shop, granted } = await begun({ idleSeconds: 2 });
      await shop.say('/api/heartbeat', granted);
      await endsBy(shop, 'idle');
    }, 30_000);
    it('quota', async () => {
      const { shop, granted } = await begun({ sessionSeconds: 60, tokensPerDay: 3_000 });
      await shop.say('/api/heartbeat', granted);
      const used = { responseId: 'r1', text_in: 1_000, text_out: 0, audio_in: 0, audio_out: 1_000 };
      expect((await shop.say('/api/usage/report', granted, used)).status).toBe(200);
      await endsBy(shop, 'quota');
    }, 30_000);
    it('policy', async () => {
      const { shop, granted } = await begun({});
      await shop.say('/api/heartbeat', granted);
      const used = { responseId: 'r1', text_in: 0, text_out: 0, audio_in: 0, audio_out: 100_000_000 };
      expect((await shop.say('/api/usage/report', granted, used)).status).toBe(200);
      await endsBy(shop, 'policy');
    }, 30_000);
    it('key_revoked', async () => {
      const { shop, granted } = await begun({});
      await shop.say('/api/heartbeat', granted);
      await stack.operator.ask(RevokeWidgetKey, { tenantId: shop.tenantId, widgetKey: shop.widgetKey, actor: 'test' });
      await endsBy(shop, 'key_revoked');
      await expect.poll(async () => (await shop.start()).body.code, { timeout: 1_000 }).toBe('INVALID_WIDGET_KEY');
    }, 30_000);
  });

  it('answers one Idempotency-Key with one grant, and refuses it for another request', async () => {
    const shop = await shopOn(stack, wide);
    const token = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
    const again = { ...token, 'idempotency-key': 'a-click' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => shop.post('/api/session', {}, again)));
    const granted = answers.filter(({ status }) => status === 200);
    expect(new Set(granted.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 200).every(({ status }) => status === 409)).toBe(true);
    expect((await shop.post('/api/session', {}, again)).body).toEqual(granted[0]?.body);
    expect(await shop.post('/api/session', { voice: 'cedar' }, again)).toMatchObject({
      status: 422,
      body: { code: 'IDEMPOTENCY_CONFLICT' },
    });
    const other = shop.bearer((await shop.bootstrap()).body.widgetSessionToken);
    expect((await shop.post('/api/session', {}, { ...other, 'idempotency-key': 'a-click' })).body.id).not.toBe(
      granted[0]?.body.id,
    );
    expect((await stack.operator.ask(ListSessions, { tenantId: shop.tenantId, actor: 'test' })).sessions).toHaveLength(
      2,
    );
  });

  it('keeps one trace from the browser to the provider and to the end of the call', async () => {
    const shop = await shopOn(stack, { ...wide, sessionSeconds: 2 });
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const granted = await shop.start({ traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    expect(granted.status).toBe(200);
    await shop.say('/api/heartbeat', granted);
    await expect.poll(() => ended(shop).length, soon).toBe(1);
    const facts = allFacts().filter(
      (fact) => (fact.data as { tenantId: string }).tenantId === shop.tenantId && fact.type.startsWith('vox.session.'),
    );
    expect(new Set(facts.map(({ traceparent }) => traceparent?.split('-')[1]))).toEqual(new Set([traceId]));
    const mine = () => traces.spans().filter((span) => span.traceId === traceId);
    await expect
      .poll(() => new Set(mine().map(({ service }) => service)), soon)
      .toEqual(new Set(['edge-guard', 'quota', 'session-broker', 'compliance', 'auth']));
    const names = () => mine().map(({ service, name }) => `${service}: ${name}`);
    await expect.poll(names, soon).toEqual(expect.arrayContaining([...spansOfCall]));
    const state = (await (await fetch(`${stack.simulatorUrl}/simulator/state`)).json()) as { traceparents: string[] };
    expect(state.traceparents.some((each) => each.includes(traceId))).toBe(true);
  }, 30_000);

  it('counts alone while Redis hangs, refuses in time while NATS hangs, and then goes on', async () => {
    const { redis, nats } = stack.servers;
    const shop = await shopOn(stack, wide);
    const from = '203.0.113.99';
    redis.kill('SIGSTOP');
    const alone = [];
    for (let n = 0; n < 40; n += 1) alone.push(await shop.bootstrap(from));
    redis.kill('SIGCONT');
    // A signal takes a moment: Redis may have counted the first requests.
    const admitted = alone.filter(({ status }) => status === 200).length;
    expect(admitted).toBeGreaterThanOrEqual(30);
    expect(admitted).toBeLessThan(35);
    nats.kill('SIGSTOP');
    const refused = await shop.start();
    nats.kill('SIGCONT');
    expect(refused).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.sentMs).toBeLessThan(2_000);
    await expect.poll(async () => (await shop.start()).status, soon).toBe(200);
  }, 60_000);

  it('ends a call with never_connected that nobody has connected to', async () => {
    await expect
      .poll(() => ended(unconnected).map(({ reason }) => reason), { timeout: 45_000 })
      .toEqual(['never_connected']);
    await expect
      .poll(() => factsOf('vox.quota.settled.v1', unconnected.tenantId)[0]?.settled, soon)
      .toMatchObject({ tokens: 0 });
  }, 60_000);

  it('keeps an audit log of every tenant that verifies', async () => {
    const shop = await shopOn(stack, wide);
    const granted = await shop.start();
    await shop.say('/api/session/end', granted);
    const verified = () => stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId });
    await expect.poll(async () => (await verified()).entries, soon).toBeGreaterThanOrEqual(8);
    // A checkpoint is signed every second: from now on a cut shows.
    await expect.poll(async () => (await verified()).checkpoints, soon).toBeGreaterThan(0);
    expect((await verified()).broken).toBeNull();
  }, 60_000);

  it('exports an audit log that the public keys verify, and a changed entry is named', async () => {
    const shop = await shopOn(stack, wide);
    await shop.start();
    const vox = (...args: string[]) => voxOn(stack)('audit', ...args);
    await expect
      .poll(async () => (await stack.operator.ask(VerifyAudit, { tenantId: shop.tenantId })).entries, soon)
      .toBeGreaterThanOrEqual(6);
    expect(await vox('verify', shop.tenantId)).toMatchObject({ code: 0, out: expect.stringMatching(/sound/) });
    const [file, keys] = [join(folder, 'export.ndjson'), join(folder, 'keys.json')];
    writeFileSync(keys, (await vox('keys')).out);
    const exported = (await vox('export', shop.tenantId, '--reason', 'yearly audit')).out;
    expect(exported).not.toMatch(wholeVisitorId);
    writeFileSync(file, exported);
    const proven = () => vox('verify', '--file', file, '--keys', keys);
    expect(await proven()).toMatchObject({ code: 0, out: expect.stringMatching(/sound/) });
    writeFileSync(file, exported.replace('key.create', 'key.revoke'));
    expect(await proven()).toMatchObject({ code: 1, out: expect.stringMatching(/BROKEN. Entry \d+ was changed/) });
    expect((await vox('list', shop.tenantId, '--action', 'audit.*')).out).toMatch(
      /operator:.* audit.export .*yearly audit/,
    );
    expect((await vox('export', shop.tenantId, '--format', 'csv')).out).toMatch(/^sequence,time,outcome/);
  }, 60_000);

  it('shows metrics, liveness and readiness on the private port only', async () => {
    for (const { privateUrl } of stack.services) {
      expect((await fetch(`${privateUrl}/livez`)).status).toBe(200);
      expect(await (await fetch(`${privateUrl}/readyz`)).json()).toMatchObject({ running: true, nats: true });
      expect(await (await fetch(`${privateUrl}/metrics`)).text()).toContain('target_info');
    }
    expect((await fetch(`${stack.url}/metrics`)).status).toBe(404);
  });

  it('keeps every secret out of logs, spans and facts', async () => {
    const shop = await shopOn(stack, wide);
    const token = String((await shop.bootstrap()).body.widgetSessionToken);
    expect((await fetch(`${stack.url}/widget?token=${token}&tenantId=${shop.tenantId}`)).status).toBe(200);
    await expect.poll(() => traces.spans().some(({ name }) => name.includes('/widget')), soon).toBe(true);
    const secrets = stack.services.flatMap(({ env }) =>
      Object.entries(env)
        .filter(([name]) => /SEED|KEY|SECRET/.test(name))
        .map(([, value]) => value),
    );
    const logs = stack.services.map(({ logFile }) => readFileSync(logFile, 'utf8')).join('\n');
    const spans = traces
      .spans()
      .map(({ text }) => text)
      .join('\n');
    // The receipt of a checkpoint looks like a token, but is public and opens nothing.
    const facts = JSON.stringify(allFacts(), (name, value) => (name === 'receipt' ? undefined : value));
    expect([logs, spans, facts].every((text) => text.length > 1_000)).toBe(true);
    for (const text of [logs, spans, facts]) {
      expect(text).not.toMatch(/ek_[0-9a-f]{8}|eyJ[A-Za-z0-9_-]{10}|\bSU[A-Z2-7]{50}/);
      for (const secret of secrets) expect(text.includes(secret)).toBe(false);
    }
  });

  it('stops every service cleanly on SIGTERM, with a call under way', async () => {
    const shop = await shopOn(stack, wide);
    expect((await shop.start()).status).toBe(200);
    const statuses = await Promise.all([...stack.services].reverse().map((service) => service.stop()));
    expect(statuses).toEqual(stack.services.map(() => 0));
  }, 30_000);
});

import { CreateWidgetKey, RevokeWidgetKey, SetKillSwitch, SetTenantStatus } from '@vox/contracts';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

describe('a visitor’s call, through every service', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  let journey: Journey;
  let fixture: Journey['fixture'];
  let bus: Journey['bus'];
  let widgetKey: string;
  beforeEach(async () => {
    const limits = { openSessions: 3, microsPerDay: 4_000_000 };
    journey = await openJourney({ clock, limits, ceiling: { openSessions: 100 }, ipPerMinute: 60, ipBurst: 20 });
    ({ fixture, bus, widgetKey } = journey);
  });
  afterEach(() => journey.close());

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
    const answer = await fetch(fixture.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, never> };
  };
  const bootstrap = async (from = origin, key = widgetKey) => {
    const answer = await fetch(`${fixture.url}/api/public/widget/bootstrap?key=${key}`, { headers: { origin: from } });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, never> };
  };
  const bearer = (token: unknown) => ({ origin, authorization: `Bearer ${String(token)}` });
  const start = async () => post('/api/session', {}, bearer((await bootstrap()).body.widgetSessionToken));
  const typesSeen = () => bus.published().map(({ type }) => type);

  it('is granted, lives, is counted, ends once, and is settled', async () => {
    const granted = await start();
    expect(granted).toMatchObject({
      status: 200,
      body: { heartbeatSeconds: 45, limits: { maxSeconds: 900, idleSeconds: 300 } },
    });
    const { sm_session_id, session_token } = granted.body;
    const token = bearer(session_token);
    expect(await post('/api/realtime/heartbeat', { sm_session_id }, token)).toMatchObject({
      status: 200,
      body: { session: { remaining: { seconds: 900 } } },
    });
    const report = { sm_session_id, responseId: 'r1', text_in: 0, text_out: 0, audio_in: 1_000, audio_out: 500 };
    for (const path of ['/api/usage/report', '/api/auth/usage']) {
      expect(await post(path, report, token)).toMatchObject({
        status: 200,
        body: { tokens: 1_500, dollars: 0.064, usage: { dailyDollarLimit: 4 } },
      });
    }
    // A beacon sets no header, so the token is in the body.
    expect(
      (await post('/api/session/end', { sm_session_id, authToken: session_token }, { 'content-type': 'text/plain' }))
        .body,
    ).toEqual({ ok: true });
    expect(await post('/api/heartbeat', { sm_session_id }, token)).toMatchObject({
      status: 403,
      body: { code: 'SESSION_ENDED', reason: 'client' },
    });
    await settled(bus);
    expect(typesSeen().filter((type) => type === 'vox.session.ended.v1')).toHaveLength(1);
    expect(typesSeen()).toContain('vox.quota.settled.v1');
    expect(JSON.stringify(bus.published())).not.toMatch(/ek_|eyJ/);
  });
  it('is refused past each limit with its code, status, headers and a fact', async () => {
    expect((await start()).status).toBe(200);
    expect((await start()).status).toBe(200);
    // Two worst cases of 1.44 dollars leave 1.12 of 4, which pays for a shorter call.
    const third = await start();
    expect(third).toMatchObject({ status: 200, body: { limits: { maxSeconds: 700 } } });
    const fourth = await start();
    expect(fourth).toMatchObject({
      status: 429,
      body: { code: 'DAILY_QUOTA_EXCEEDED', scope: 'dollars', resetsAt: '2026-05-06T00:00:00.000Z' },
    });
    expect(fourth.headers.get('retry-after')).toBe(String(12 * 3_600));
    const { sm_session_id, session_token } = third.body;
    await post('/api/session/end', { sm_session_id }, bearer(session_token));
    await settled(bus);
    await start();
    expect(typesSeen()).toEqual(expect.arrayContaining(['vox.session.denied.v1', 'vox.security.request-refused.v1']));
  });
  it('is refused past the cap of open calls, and its held budget is released', async () => {
    const token = (await bootstrap()).body.widgetSessionToken;
    for (let n = 0; n < 2; n += 1) expect((await post('/api/session', {}, bearer(token))).status).toBe(200);
    for (let n = 0; n < 3; n += 1) {
      const refused = await post('/api/session', {}, bearer(token));
      expect(refused).toMatchObject({ status: 429, body: { code: 'MAX_CONCURRENT_SESSIONS', scope: 'visitor' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      await settled(bus);
    }
  });
  it('is refused from another origin, with a revoked key, and while the tenant is suspended', async () => {
    expect(await bootstrap('https://shop.example.evil')).toMatchObject({
      status: 403,
      body: { code: 'ORIGIN_MISMATCH' },
    });
    expect((await bootstrap('https://shop.example.evil')).headers.get('access-control-allow-origin')).toBe(
      'https://shop.example.evil',
    );
    expect(await post('/api/session', { widgetKey })).toMatchObject({ status: 403, body: { code: 'ORIGIN_MISMATCH' } });
    expect(await post('/api/session', { widgetKey, tenantId: 'other' }, { origin })).toMatchObject({
      status: 401,
      body: { code: 'INVALID_WIDGET_KEY' },
    });
    const token = (await bootstrap()).body.widgetSessionToken;
    await bus.ask(SetTenantStatus, { tenantId: 'demo', status: 'suspended', actor: 'test' });
    expect(await post('/api/session', {}, bearer(token))).toMatchObject({
      status: 403,
      body: { code: 'TENANT_SUSPENDED' },
    });
    await bus.ask(RevokeWidgetKey, { tenantId: 'demo', widgetKey, actor: 'test' });
    expect(await post('/api/session', {}, bearer(token))).toMatchObject({
      status: 401,
      body: { code: 'INVALID_WIDGET_KEY' },
    });
    expect(await bootstrap()).toMatchObject({ status: 401, body: { code: 'INVALID_WIDGET_KEY' } });
  });
  it('ends under the kill switch of the tenant or of its key, and none begins until the release', async () => {
    const asked = { tenantId: 'demo', label: 'second', origins: [origin], actor: 'test' };
    const { widgetKey: second } = await bus.ask(CreateWidgetKey, asked);
    const startWith = (key: string) => post('/api/session', { widgetKey: key }, { origin });
    const turn = (engaged: boolean, key?: string) =>
      bus.ask(SetKillSwitch, { tenantId: 'demo', widgetKey: key, engaged, actor: 'test' });
    const { sm_session_id, session_token } = (await startWith(widgetKey)).body;
    await turn(true, widgetKey);
    await settled(bus);
    expect(await post('/api/heartbeat', { sm_session_id }, bearer(session_token))).toMatchObject({
      status: 403,
      body: { code: 'SESSION_ENDED', reason: 'admin' },
    });
    const refused = { status: 403, body: { code: 'TENANT_SUSPENDED' } };
    expect([await startWith(widgetKey), await bootstrap()]).toMatchObject([refused, refused]);
    expect((await startWith(second)).status).toBe(200);
    await turn(true);
    expect(await startWith(second)).toMatchObject(refused);
    await turn(false, widgetKey);
    expect(await startWith(widgetKey)).toMatchObject(refused);
    await turn(false);
    expect((await startWith(widgetKey)).status).toBe(200);
    expect(typesSeen().filter((type) => type.includes('kill-switch'))).toHaveLength(4);
  });
  it('is refused past the limit of its address, with the time to wait', async () => {
    for (let n = 0; n < 80; n += 1) expect((await bootstrap()).status).toBe(200);
    const refused = await bootstrap();
    expect(refused).toMatchObject({ status: 429, body: { code: 'RATE_LIMIT_EXCEEDED', scope: 'ip', retryAfter: 60 } });
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '60',
      'ratelimit-policy': '"ip";q=80;w=60',
      ratelimit: '"ip";r=0;t=60',
      'x-ratelimit-remaining': '0',
    });
    clock.advanceMs(60_001);
    expect((await bootstrap()).status).toBe(200);
  });
  it.each([
    ['/api/session', { agentId: 'no such agent!' }, 400],
    ['/api/session', [], 400],
    ['/api/session', { agentId: 7, model: {}, voice: 'x'.repeat(99) }, 400],
    ['/api/session', JSON.parse('{"__proto__":{"admin":true}}'), 400],
    ['/api/session', { tools: 'x'.repeat(70_000) }, 413],
    ['/api/session', {}, 401],
    ['/api/heartbeat', {}, 400],
    ['/api/heartbeat', { sm_session_id: 'x' }, 400],
    [
      '/api/usage/report',
      {
        sm_session_id: '6f9619ff-8b86-4d11-b42d-00c04fc964ff',
        responseId: 'r',
        text_in: -1,
        text_out: 0.5,
        audio_in: '1',
        audio_out: null,
      },
      400,
    ],
    ['/api/session/end', { sm_session_id: '6f9619ff-8b86-4d11-b42d-00c04fc964ff', authToken: 'a.b.c' }, 401],
    ['/api/transcripts/append', {}, 400],
    ['/api/transcripts/append', { messages: [{ id: 'm', role: 'admin', text: 'x', ts: 1_700_000_000_000 }] }, 400],
    ['/api/transcripts/append', { messages: [{ id: 'm', role: 'user', text: 'x', ts: 1_700_000_000_000 }] }, 401],
    ['/api/transcripts/finalize', {}, 401],
    ['/api/transcripts/none', {}, 404],
  ])('at %s with the body %j is refused in the error shape with status %i', async (path, body, status) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body).toMatchObject({
      status,
      code: expect.any(String),
      userMessage: expect.any(String),
      requestId: expect.any(String),
    });
  });
});

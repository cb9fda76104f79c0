import { context, propagation } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { type Simulator, simulator } from '@vox/local/simulator';
import { type Listening, listen } from '@vox/platform/http';
import { startOpenTelemetry } from '@vox/platform/lifecycle';
import { logger } from '@vox/platform/telemetry';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startOpenTelemetry('fixture', {}, [new SimpleSpanProcessor({ exporter })]);
const apiKey = 'sk-test';
const logged: string[] = [];
const traceId = '0af7651916cd43dd8448eb211c80319c';
const otherTraceId = '1bf7651916cd43dd8448eb211c80319c';
const asked = `00-${traceId}-b7ad6b7169203331-01`;

describe('the trace of a call', () => {
  let provider: Simulator;
  let providerDoor: Listening;
  let journey: Journey;
  let fixture: Journey['fixture'];
  let bus: Journey['bus'];
  let widgetKey: string;
  beforeAll(async () => {
    provider = simulator({ apiKey, now: () => new Date() });
    providerDoor = await listen(provider.app, { host: '127.0.0.1', port: 0, upgrade: provider.upgrade });
    const destination = { write: (line: string) => void logged.push(line) };
    const log = logger({ service: 'fixture', level: 'debug', withPersonalData: true, destination });
    const limits = { sessionSeconds: 2 };
    journey = await openJourney({ limits, log, provider: { apiKey, baseUrl: providerDoor.url } });
    ({ fixture, bus, widgetKey } = journey);
  });
  afterAll(async () => {
    await journey.close();
    await provider.close();
    await providerDoor.close(0);
    await telemetry.stop();
  });

  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', headers: { origin, 'content-type': 'application/json', ...headers } };
    const answer = await fetch(fixture.url + path, { ...init, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, string>;
  };
  const mine = () => exporter.getFinishedSpans().filter((span) => span.spanContext().traceId === traceId);

  it('goes from the browser through every service and the provider to the answer and the end', async () => {
    const { sm_session_id, session_token } = await post('/api/session', { widgetKey }, { traceparent: asked });
    await post('/api/heartbeat', { sm_session_id, authToken: session_token });
    await expect.poll(() => mine().map(({ name }) => name), { timeout: 10_000 }).toContain('process vox.quota.settled');
    await settled(bus);
    const names = mine().map(({ name, attributes }) => (name === 'POST' ? `${name} ${attributes['url.path']}` : name));
    expect(names).toEqual(
      expect.arrayContaining([
        'POST /api/session',
        'send vox.session.requested',
        'process vox.session.requested',
        'send vox.session.admitted',
        'process vox.session.admitted',
        'POST /v1/realtime/client_secrets',
        'send vox.session.granted',
        'send vox.session.ended',
        'process vox.session.ended',
        'send vox.quota.settled',
      ]),
    );
  });
  it('is connected: each span but the first has its parent among the others', () => {
    const ids = new Set(mine().map((span) => span.spanContext().spanId));
    const parentless = mine().filter(({ parentSpanContext }) => !ids.has(parentSpanContext?.spanId ?? ''));
    expect(parentless.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(['b7ad6b7169203331']);
  });
  it('names its spans by the semantic conventions, and each handling of a fact links to what published it', () => {
    const processed = mine().find(
      ({ attributes, name }) =>
        name === 'process vox.session.requested' && attributes['messaging.consumer.group.name'] === 'quota-requests',
    );
    expect(processed?.attributes).toMatchObject({
      'messaging.system.name': 'nats',
      'messaging.operation.type': 'process',
      'messaging.destination.name': 'vox.session.requested',
      'vox.decision': 'admitted',
    });
    expect(processed?.links.map((link) => link.context.spanId)).toEqual([processed?.parentSpanContext?.spanId]);
    const [door] = mine().filter(({ name }) => name === 'POST /api/session');
    expect(door?.attributes).toMatchObject({ 'http.request.method': 'POST', 'http.response.status_code': 200 });
  });
  it('holds what a response used where it is counted, and its end links to the request that brought it about', async () => {
    const call = await post('/api/session', { widgetKey }, { traceparent: `00-${otherTraceId}-b7ad6b7169203331-01` });
    const { sm_session_id, session_token: authToken } = call;
    const usage = { text_in: 3, text_out: 5, audio_in: 7, audio_out: 11, cached_in: 2 };
    await post('/api/heartbeat', { sm_session_id, authToken });
    await post('/api/usage/report', { sm_session_id, authToken, responseId: 'resp_1', ...usage });
    await post('/api/session/end', { sm_session_id, authToken });
    await settled(bus);
    const named = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);
    const counted = named('process vox.usage.reported').map(({ attributes }) => attributes);
    expect(counted).toContainEqual(
      expect.objectContaining({
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': expect.any(String),
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.cache_read.input_tokens': 2,
        'gen_ai.usage.output_tokens': 16,
      }),
    );
    const ended = named('send vox.session.ended').find((span) => span.spanContext().traceId === otherTraceId);
    const later = ended?.links.map((link) => link.context.traceId) ?? [];
    expect(later).toHaveLength(1);
    const ending = exporter
      .getFinishedSpans()
      .filter(({ attributes }) => attributes['url.path'] === '/api/session/end');
    expect(ending.map((span) => span.spanContext().traceId)).toContain(later[0]);
  });
  it('hands on no baggage of a browser', () => {
    const handedOn: Record<string, string> = {};
    propagation.inject(
      propagation.extract(context.active(), { baggage: 'canary=person', traceparent: asked }),
      handedOn,
    );
    expect(handedOn).toEqual({ traceparent: asked });
  });
  it('reaches the provider as the span that asks it', async () => {
    const state = await (await fetch(`${providerDoor.url}/simulator/state`)).json();
    const { traceparents } = state as { traceparents: string[] };
    const calls = mine().filter(({ attributes }) => attributes['url.path'] === '/v1/realtime/client_secrets');
    const own = calls.map((span) => `00-${traceId}-${span.spanContext().spanId}-01`);
    expect(own.some((traceparent) => traceparents.includes(traceparent))).toBe(true);
  });
  it('holds no address, browser or query of the visitor, nor a token in an address', async () => {
    const headers = {
      'user-agent': 'CanaryBrowser/1',
      'x-forwarded-for': '198.51.100.213',
      forwarded: 'for=198.51.100.214',
    };
    await fetch(`${fixture.url}/widget?token=canary-token`, { headers });
    const widget = () => exporter.getFinishedSpans().filter(({ attributes }) => attributes['url.path'] === '/widget');
    await expect.poll(() => widget().length).toBeGreaterThan(0);
    const boot = await fetch(`${fixture.url}/api/public/widget/bootstrap?key=${widgetKey}`, { headers: { origin } });
    const { widgetSessionToken: token } = (await boot.json()) as Record<string, string>;
    const address = `${fixture.url}/widget?token=${token}`;
    expect((await fetch(address, { headers: { ...headers, referer: address } })).status).toBe(200);
    await expect.poll(() => widget().length).toBeGreaterThan(1);
    const everything = [
      logged.join(''),
      ...exporter.getFinishedSpans().map(({ name, attributes, events }) => JSON.stringify([name, attributes, events])),
    ];
    for (const secret of ['canary-token', String(token), String(token).split('.')[2] ?? ''])
      expect(everything.filter((text) => text.includes(secret))).toEqual([]);
    const spans = widget().map(({ attributes }) => attributes);
    expect(JSON.stringify(spans)).not.toMatch(/CanaryBrowser|198\.51|127\.0\.0\.1:|canary-token/);
    expect(spans.flatMap((attributes) => Object.keys(attributes))).not.toContain('client.address');
  });
  it('holds no secret in an attribute', () => {
    const text = JSON.stringify(exporter.getFinishedSpans().map(({ name, attributes }) => ({ name, attributes })));
    expect(text).not.toMatch(/ek_[0-9a-f]{8}|eyJ[A-Za-z0-9_-]{10}|sk-test/);
  });
});

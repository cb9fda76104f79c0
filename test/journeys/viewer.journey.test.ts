import { request } from 'node:http';
import { serviceNames } from '@vox/contracts';
import { openViewer, type Viewer } from '@vox/local/viewer';
import { overheard, ownSpans } from '@vox/local/viewer-sources';
import { startOpenTelemetry } from '@vox/platform/lifecycle';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const hostile = `<script>alert(1)</script>"'&`;
const traceId = '0af7651916cd43dd8448eb211c80319c';
const asked = `00-${traceId}-b7ad6b7169203331-01`;
const words = 'canary words of a visitor';

describe('the page of traces, facts and metrics', () => {
  let viewer: Viewer;
  let telemetry: ReturnType<typeof startOpenTelemetry>;
  let journey: Journey;
  const heard: string[] = [];
  const listening = new AbortController();
  beforeAll(async () => {
    viewer = await openViewer({ metrics: (...given) => telemetry.metrics(...given) });
    telemetry = startOpenTelemetry('all-in-one', {}, [ownSpans('all-in-one', viewer.traces.take)]);
    journey = await openJourney({ between: (bus) => overheard(bus, viewer.facts) });
    void listen().catch(() => undefined);
    await call();
  });
  afterAll(async () => {
    listening.abort();
    await journey.close();
    await telemetry.stop();
    await viewer.close();
  });
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', headers: { origin, 'content-type': 'application/json', ...headers } };
    return (await (await fetch(journey.url + path, { ...init, body: JSON.stringify(body) })).json()) as Record<
      string,
      string
    >;
  };
  async function call(): Promise<void> {
    const started = await post('/api/session', { widgetKey: journey.widgetKey }, { traceparent: asked });
    const { sm_session_id, session_token: authToken } = started;
    await post('/api/heartbeat', { sm_session_id, authToken });
    const ts = new Date().toISOString();
    await post(
      '/api/transcripts/append',
      { messages: [{ id: 'm1', role: 'user', text: words, ts }] },
      { authorization: `Bearer ${authToken}` },
    );
    await post('/api/session/end', { sm_session_id, authToken });
    await settled(journey.bus);
  }
  async function listen(): Promise<void> {
    const { body } = await fetch(`${viewer.url}/facts/events`, { signal: listening.signal });
    for await (const bytes of body ?? []) heard.push(new TextDecoder().decode(bytes));
  }
  const page = (path: string) => fetch(viewer.url + path);
  const text = async (path: string): Promise<string> => (await page(path)).text();

  it('shows a call as one trace, with spans of the five services', async () => {
    await expect.poll(() => text('/')).toContain(`/traces/${traceId}`);
    const list = await text('/');
    expect(list).toContain('POST /api/session');
    const trace = await text(`/traces/${traceId}`);
    for (const service of serviceNames) expect(trace).toContain(`<td>${service}</td>`);
    for (const span of ['process vox.session.requested', 'process vox.session.admitted', 'process vox.session.ended'])
      expect(trace).toContain(span);
    expect(trace).toMatch(/<rect x="[\d.]+" width="[\d.]+"/);
  });
  it('shows facts while they happen, each with its trace, and no word of a call', async () => {
    await expect.poll(() => heard.join('')).toContain('vox.quota.settled.v1');
    const facts = await text('/facts');
    expect(facts).toContain(`<a href="/traces/${traceId}">vox.session.requested.v1</a>`);
    for (const shown of [facts, heard.join(''), await text('/'), await text(`/traces/${traceId}`)])
      expect(shown).not.toMatch(/canary words|vox\.transcript\.appended\.v1/);
  });
  it('shows metrics of this process', async () => {
    expect(await text('/samples')).toMatch(/<td>vox_decisions_total<\/td><td><code>[^<]*decision=&#34;granted&#34;/);
  });
  it('takes spans by OTLP/HTTP as JSON, and shows what is in them as text', async () => {
    const attributes = [{ key: hostile, value: { stringValue: hostile } }];
    const span = { traceId: 'f'.repeat(32), spanId: 'e'.repeat(16), name: hostile, attributes };
    const times = { startTimeUnixNano: '1780000000000000000', endTimeUnixNano: '1780000000100000000' };
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: hostile } }] };
    const send = (body: string, type = 'application/json') =>
      fetch(`${viewer.url}/v1/traces`, { method: 'POST', body, headers: { 'content-type': type } });
    const spans = [{ ...span, ...times, kind: 2, status: { code: 2 } }];
    const body = JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans }] }] });
    // A form or a text, as a page of another site may send one, is nothing.
    expect((await send(body, 'text/plain')).status).toBe(400);
    expect(await text('/')).not.toContain('f'.repeat(32));
    expect((await send(body)).status).toBe(200);
    for (const wrong of ['{', '{}', '[]', body.replace('ffff', '<img')]) expect((await send(wrong)).status).toBe(400);
    for (const path of ['/', `/traces/${'f'.repeat(32)}`]) {
      const html = await text(path);
      expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;');
      expect(html).not.toContain('<script>alert');
    }
  });
  it('lets a page run nothing but its own script, and fetch nothing from elsewhere', async () => {
    for (const path of ['/', '/facts', '/samples', `/traces/${traceId}`]) {
      const answer = await page(path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
      expect(policy).toMatch(/^default-src 'none'; .*connect-src 'self'; .*frame-ancestors 'none'/);
      const html = await answer.text();
      expect(
        [...html.matchAll(/<(?:script|style)[^>]*>/g)].filter(([tag]) => !tag.includes(`nonce="${nonce}"`)),
      ).toEqual([]);
      expect(html).not.toMatch(/ on\w+=| style=/);
    }
  });
  it('is asked under the name of this machine alone, so that no other site reads it', async () => {
    const status = await new Promise((resolve, reject) => {
      const { hostname, port } = new URL(viewer.url);
      const asking = { hostname, port, path: '/facts', headers: { host: 'evil.example' } };
      request(asking, ({ statusCode }) => resolve(statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
    expect((await page('/traces/__proto__')).status).toBe(404);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { AskSessionUsage, LendSecrets, ListAudit, lentContext } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { sealTo } from '@vox/platform/crypto';
import { egress } from '@vox/platform/egress';
import { startOpenTelemetry } from '@vox/platform/lifecycle';
import { logger } from '@vox/platform/telemetry';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';

const canaries = {
  secret: 'canary-secret-9c1',
  arg: 'CANARYARG7',
  answer: 'canary-answer-3b2',
  header: 'canary-header-5',
  name: 'canary-name-8',
};
const host = 'api.shop.example';
const folder = mkdtempSync(join(tmpdir(), 'vox-tools-'));
const exporter = new InMemorySpanExporter();
const telemetry = startOpenTelemetry('fixture', {}, [new SimpleSpanProcessor({ exporter })]);
const logged: string[] = [];
const heard: { url?: string | undefined; authorization?: string | undefined; body: string }[] = [];

/** What orders called SLOW wait for. */
const slow = Promise.withResolvers<void>();

/** A certificate of this machine that signs itself. */
function certificate(): { key: string; cert: string } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const named = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  execFileSync('openssl', [...made, ...named, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

/** A little shop that answers orders. */
const shopWith = (keys: { key: string; cert: string }): Server =>
  createServer(keys, async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    heard.push({ url: request.url, authorization: request.headers.authorization, body });
    if (request.url?.endsWith('/HANGS')) return;
    if (request.url?.endsWith('/SLOW')) await slow.promise;
    response.setHeader('content-type', 'application/json').setHeader('x-inner', canaries.header);
    response.end(JSON.stringify({ order: { status: 'sent', note: canaries.answer, card: '4111 1111 1111 1111' } }));
  });

const tool = (name: string, over: object = {}) => ({
  ...{ kind: 'http_tool' as const, name, description: 'Finds an order by its number.' },
  parameters: { type: 'object', properties: { number: { type: 'string', maxLength: 12 } }, required: ['number'] },
  http: {
    method: 'POST' as const,
    urlTemplate: `https://${host}/orders/{{args.number}}`,
    headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' },
    jsonBodyTemplate: { call: '{{session.callId}}' },
  },
  ...over,
});
const tools = [
  tool('find_order', { ui: { kind: 'card', title: 'Your order', fields: ['order.status'] }, costMicros: 500 }),
  tool('dear_order', { costMicros: 90_000_000 }),
  { type: 'function' as const, name: 'scroll', description: 'Scrolls.', parameters: { type: 'object' } },
];

describe('a tool of an agent, from the page of a direct call to the host and back,', () => {
  const keys = certificate();
  const shop = shopWith(keys);
  let journey: Journey;
  let call: { sm_session_id: string; session_token: string };
  const post = async (path: string, body: object, token?: string) => {
    const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { origin, 'content-type': 'application/json', ...bearer };
    const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  const use = (body: object, token = call.session_token) => post('/api/tools/execute', body, token);
  const start = async () => (await post('/api/session', { widgetKey: journey.widgetKey })).body as never;

  beforeAll(async () => {
    await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done));
    const at = `https://127.0.0.1:${(shop.address() as AddressInfo).port}`;
    const real = egress({ ports: [443], allowLoopback: true, ca: keys.cert });
    const destination = { write: (line: string) => void logged.push(line) };
    journey = await openJourney({
      log: logger({ service: 'fixture', level: 'debug', withPersonalData: true, destination }),
      draft: { ...demoDraft, agents: demoDraft.agents.map((agent) => ({ ...agent, tools })) },
      toolEgress: {
        send: ({ url, ...request }) => real.send({ ...request, url: url.replace(`https://${host}`, at) }),
      },
      between: ({ ask }) => ({
        ask: (async (question, request, options) => {
          if ((question as object) !== LendSecrets) return ask(question, request, options);
          const { publicKey, ...asked } = LendSecrets.request.parse(request);
          const values = Object.fromEntries(asked.names.map((name) => [name, canaries.secret]));
          return { kind: 'lent', box: sealTo(publicKey, lentContext(asked), JSON.stringify(values)) };
        }) as typeof ask,
      }),
    });
    call = await start();
  });
  afterAll(async () => {
    await journey.close();
    await telemetry.stop();
    await new Promise((done) => shop.close(done));
    rmSync(folder, { recursive: true });
  });

  it('answers with its result and what the page shows of it, once for each id, and is paid for once', async () => {
    const asked = { name: 'find_order', args: { number: canaries.arg }, callId: 'call_1' };
    const first = await use(asked);
    expect(first).toMatchObject({
      status: 200,
      body: { ok: true, ui: { kind: 'card', title: 'Your order', fields: [{ path: 'order.status', value: 'sent' }] } },
    });
    expect(JSON.stringify(first.body)).not.toContain('4111');
    expect(await use(asked)).toEqual(first);
    expect(heard).toEqual([
      { url: `/orders/${canaries.arg}`, authorization: `Bearer ${canaries.secret}`, body: '{"call":"call_1"}' },
    ]);
    const whose = { tenantId: 'demo', sessionId: call.sm_session_id };
    expect(await journey.bus.ask(AskSessionUsage, whose)).toMatchObject({ used: { micros: 500 } });
  });
  it.each<[string, object, number, object]>([
    [
      'arguments do not fit',
      { name: 'find_order', args: { number: `${canaries.arg}-too-long` } },
      400,
      { code: 'INVALID_PARAMETERS', issues: [{ path: 'args.number', message: 'does not fit' }] },
    ],
    ['the page runs it itself', { name: 'scroll' }, 403, { code: 'TOOL_REFUSED', reason: 'page-function' }],
    ['nobody has described it', { name: canaries.name }, 404, { code: 'NOT_FOUND' }],
    [
      'its id was of another use',
      { name: 'find_order', args: { number: 'B' }, callId: 'call_1' },
      422,
      { code: 'IDEMPOTENCY_CONFLICT', reason: 'other-arguments' },
    ],
    [
      'the budget has no more',
      { name: 'dear_order', args: { number: 'B' } },
      429,
      { code: 'DAILY_QUOTA_EXCEEDED', scope: 'dollars', resetsAt: expect.any(String) },
    ],
    ['the body brings a descriptor', { name: { http: {} } }, 400, { code: 'INVALID_REQUEST' }],
  ])('is refused by name where %s, and nothing is sent', async (_what, body, status, expected) => {
    const before = heard.length;
    const answer = await use(body);
    expect(answer).toMatchObject({ status, body: expected });
    expect(JSON.stringify(answer)).not.toContain(canaries.arg);
    expect(heard.length).toBe(before);
  });
  it('is refused without the token of a call, and once the call is over', async () => {
    const { sm_session_id, session_token } = (await start()) as typeof call;
    expect((await use({ name: 'find_order' }, `${session_token}x`)).status).toBe(401);
    await post('/api/session/end', { sm_session_id, authToken: session_token });
    const asked = { name: 'find_order', args: { number: 'C' } };
    expect(await use(asked, session_token)).toMatchObject({ status: 403, body: { code: 'SESSION_ENDED' } });
  });
  it('is cut within a second when its call ends, has its cost counted, and stands as what nobody knows', async () => {
    const its = (await start()) as typeof call;
    const lines: Promise<number>[] = [];
    shop.once('secureConnection', (line) => {
      lines.push(new Promise((closed) => line.once('close', () => closed(performance.now()))));
    });
    const used = use({ name: 'find_order', args: { number: 'HANGS' }, callId: 'call_hangs' }, its.session_token);
    await expect.poll(() => heard.at(-1)?.url).toBe('/orders/HANGS');
    const endedAtMs = performance.now();
    await post('/api/session/end', { sm_session_id: its.sm_session_id, authToken: its.session_token });
    expect(await used).toMatchObject({ status: 502, body: { code: 'TOOL_REFUSED', reason: 'interrupted' } });
    expect(lines).toHaveLength(1);
    expect(((await lines[0]) ?? 0) - endedAtMs).toBeLessThan(1_000);
    await settled(journey.bus);
    const isOf = (type: string) =>
      journey.bus.published().filter((fact) => fact.type === type && JSON.stringify(fact).includes(its.sm_session_id));
    expect(isOf('vox.tool.used.v1').map(({ data }) => data)).toMatchObject([
      { outcome: 'interrupted', reason: 'interrupted', ok: false, costMicros: 500 },
    ]);
    const whose = { tenantId: 'demo', sessionId: its.sm_session_id };
    expect(await journey.bus.ask(AskSessionUsage, whose)).toMatchObject({ used: { micros: 500 } });
    expect(isOf('vox.quota.settled.v1')).toHaveLength(1);
  });
  it('goes on where only its page went away, which hears the answer when it comes back', async () => {
    const body = JSON.stringify({ name: 'find_order', args: { number: 'SLOW' }, callId: 'call_slow' });
    const headers = { origin, 'content-type': 'application/json', authorization: `Bearer ${call.session_token}` };
    const leaves = new AbortController();
    const gone = fetch(`${journey.url}/api/tools/execute`, { method: 'POST', headers, body, signal: leaves.signal });
    await expect.poll(() => heard.at(-1)?.url).toBe('/orders/SLOW');
    leaves.abort();
    await expect(gone).rejects.toThrow();
    expect((await use(JSON.parse(body))).status).toBe(409);
    slow.resolve();
    const again = () => use(JSON.parse(body));
    await expect.poll(async () => (await again()).status).toBe(200);
    expect(heard.filter(({ url }) => url === '/orders/SLOW')).toHaveLength(1);
  });
  it('is refused with the reason while its host does not answer, and stands in the audit log without a value', async () => {
    await new Promise((done) => shop.close(done));
    expect(await use({ name: 'find_order', args: { number: canaries.arg } })).toMatchObject({
      ...{ status: 502, body: { code: 'TOOL_REFUSED', reason: 'connect' } },
    });
    await settled(journey.bus);
    const { entries } = await journey.bus.ask(ListAudit, { tenantId: 'demo', limit: 200, actor: 'operator:test' });
    const uses = entries.filter(({ action }) => action === 'tool.use');
    expect(uses.map(({ target, outcome, reason }) => [target, outcome, reason])).toEqual(
      expect.arrayContaining([
        ['tool:find_order', 'done', `http_tool POST ${host} 200 by browser`],
        ['tool:find_order', 'refused', `http_tool POST ${host} connect by browser`],
      ]),
    );
  });
  it('leaves no secret, argument, answer or name of what is no tool in facts, stores, logs or spans', async () => {
    const { sessions, toolUses, toolMinutes } = journey.stores;
    const kept = await Promise.all([sessions, toolUses, toolMinutes].map((store) => store.all(100)));
    const spans = exporter.getFinishedSpans().map(({ name, attributes, events }) => ({ name, attributes, events }));
    expect(spans.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['execute_tool find_order', 'execute_tool unknown']),
    );
    const everything = JSON.stringify([journey.bus.published(), kept, logged, spans]);
    for (const canary of Object.values(canaries)) expect(everything).not.toContain(canary);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { ListAudit, type Role, ShowTenant } from '@vox/contracts';
import { openDemoShop } from '@vox/local/demo-shop';
import { demoDraft } from '@vox/local/demo-tenant';
import { demoTools } from '@vox/local/demo-tools';
import { startOpenTelemetry } from '@vox/platform/lifecycle';
import { logger } from '@vox/platform/telemetry';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { loginTokens, someMemberId } from './login-token.ts';
import { voxOn } from './vox-operations.ts';

const exporter = new InMemorySpanExporter();
const telemetry = startOpenTelemetry('fixture', {}, [new SimpleSpanProcessor({ exporter })]);
const folder = mkdtempSync(join(tmpdir(), 'vox-try-'));
const logged: string[] = [];
const order = { number: 'AB123456' };
const shop = await openDemoShop();
/** What was sent to hosts of tools, and what each sending waits for. */
const sent: { url: string; authorization: string | undefined }[] = [];
let held: Promise<unknown> = Promise.resolve();
let journey: Journey;
let token: Awaited<ReturnType<typeof loginTokens>>;

beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  journey = await openJourney({
    log: logger({ service: 'fixture', level: 'debug', withPersonalData: true, destination }),
    draft: { ...demoDraft, agents: demoDraft.agents.map((agent) => ({ ...agent, tools: demoTools })) },
    toolEgress: {
      async send(request) {
        sent.push({ url: request.url, authorization: request.headers.Authorization });
        await held;
        return shop.toolEgress.send(request);
      },
    },
  });
  await shop.lendKey(journey.bus, 'demo');
  token = await loginTokens(journey.bus);
});
afterAll(async () => {
  await journey.close();
  await shop.close();
  await telemetry.stop();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  sent.length = 0;
  held = Promise.resolve();
});

type Sent = Readonly<{ as?: Role; isFresh?: boolean; memberId?: string; key?: string }>;

async function post(path: string, body: object, { as = 'admin', isFresh = true, memberId, key }: Sent = {}) {
  const freshUntil = Math.floor(Date.now() / 1_000) + 300;
  const login = await token({ role: as, ...(memberId && { memberId }), ...(isFresh && { freshUntil }) });
  const answer = await fetch(`${journey.url}/api/v1${path}`, {
    method: 'POST',
    headers: {
      ...{ cookie: `__Host-tenant_session=${login.token}`, origin: journey.url, 'x-vox-request': '1' },
      ...{ 'content-type': 'application/json', ...(key && { 'idempotency-key': key }) },
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const tryIt = (body: object, over: Sent & Readonly<{ tool?: string }> = {}) =>
  post(`/agents/guide/tools/${over.tool ?? 'find_order'}/try`, body, over);

/** What the audit log has of an action, with what the fact of each says. */
async function entriesOf(action: string): Promise<Record<string, unknown>[]> {
  await settled(journey.bus);
  const { entries } = await journey.bus.ask(ListAudit, {
    tenantId: 'demo',
    limit: 200,
    filter: { action },
    actor: 'operator:test',
  });
  return entries.map(({ data, ...entry }) => ({ ...entry, ...JSON.parse(data) }));
}

describe('a tool that is tried over the API', () => {
  it('is run for real with its secret, and stands in the audit log with who, where and what came of it', async () => {
    const memberId = someMemberId();
    const tried = await tryIt({ args: order, reason: 'after a new key' }, { memberId });
    expect(tried).toMatchObject({
      status: 200,
      body: {
        ...{ outcome: 'answered', ok: true, host: 'orders.shop.example', method: 'GET' },
        result: { order: { number: 'AB123456', found: true, status: 'on its way' } },
        ui: { kind: 'card', title: 'Your order' },
      },
    });
    const [request] = sent;
    expect(request?.authorization).toMatch(/^Bearer [\w-]{32}$/);
    expect(JSON.stringify(tried.body)).not.toContain(request?.authorization?.slice('Bearer '.length));
    const { tryId } = tried.body;
    const shared = { actor: `member:${memberId}`, target: 'tool:guide/find_order', outcome: 'done' };
    expect(await entriesOf('tool.try')).toMatchObject([
      { ...shared, reason: 'after a new key', details: { tryId, kind: 'http_tool', host: 'orders.shop.example' } },
    ]);
    expect(await entriesOf('tool.tried')).toMatchObject([{ ...shared, details: { tryId, status: 200 } }]);
  });
  it('leaves no secret, argument or answer in facts, stores, logs or spans', async () => {
    const kept = await Promise.all(
      [journey.stores.toolUses, journey.stores.toolMinutes].map((store) => store.all(100)),
    );
    // The pretended shop is in this process too, and what it heard stands in a span of its own.
    const spans = exporter
      .getFinishedSpans()
      .map(({ name, attributes, events }) => ({ name, attributes, events }))
      .filter(({ attributes }) => attributes['http.route'] !== '/orders/:number');
    expect(spans.map(({ name }) => name)).toContain('execute_tool find_order');
    const everything = JSON.stringify([journey.bus.published(), kept, logged, spans]);
    expect(everything).toContain('tool:guide/find_order');
    await tryIt({ args: order });
    const secret = sent[0]?.authorization?.slice('Bearer '.length) ?? '';
    for (const canary of [secret, 'AB123456', 'on its way', 'tea pot']) expect(everything).not.toContain(canary);
  });
  it('is sent once under one idempotency key, while it is under way and once it was answered', async () => {
    let release: (value?: unknown) => void = () => undefined;
    held = new Promise((resolve) => {
      release = resolve;
    });
    const memberId = someMemberId();
    const once = () => tryIt({ args: order }, { memberId, key: 'k1' });
    const first = once();
    await expect.poll(() => sent.length).toBe(1);
    expect((await once()).body).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    release();
    const answer = await first;
    expect([answer.status, await once()]).toEqual([200, answer]);
    expect(sent.length).toBe(1);
  });
  it.each<[string, object, Parameters<typeof tryIt>[1], number, object]>([
    ['somebody may not write the policy', {}, { as: 'developer' }, 403, { code: 'FORBIDDEN' }],
    ['nobody knows anew who asks', {}, { isFresh: false }, 403, { code: 'STEP_UP_REQUIRED' }],
    ['it needs a call', {}, { tool: 'end_call' }, 403, { code: 'TOOL_REFUSED', reason: 'needs-call' }],
    ['the agent has no such tool', {}, { tool: 'find' }, 404, { code: 'NOT_FOUND', issues: [{ path: 'name' }] }],
    ['an argument does not fit', { args: { number: 7 } }, {}, 400, { issues: [{ path: 'args.number' }] }],
    ['the body brings a descriptor', { http: {} }, {}, 400, { code: 'INVALID_REQUEST' }],
  ])('is refused by name, and nothing is sent, where %s', async (_why, body, over, status, refusal) => {
    expect(await tryIt({ args: order, ...body }, over)).toMatchObject({ status, body: refusal });
    expect(sent).toEqual([]);
  });
  it('is answered with what came of it where it has not done what it was asked', async () => {
    const down = await tryIt({ args: { number: 'ZZ000000' } });
    expect(down.body).toMatchObject({
      outcome: 'answered',
      ok: false,
      status: 404,
      result: { order: { found: false } },
    });
    expect(down.status).toBe(200);
  });
  it('is tried from a terminal too, and a tool that has not done it is the end of a script', async () => {
    const file = join(folder, 'args.json');
    const tried = (number: string) => {
      writeFileSync(file, JSON.stringify({ number }));
      return voxOn(journey.bus, ['tool', 'try', 'demo', 'guide', 'find_order', '--args', file, '--reason', 'a test']);
    };
    expect(await tried('CD234567')).toMatchObject({
      code: 0,
      said: { ok: true, result: { order: { status: 'packed' } } },
    });
    expect(await tried('ZZ000000')).toMatchObject({ code: 1, said: { ok: false } });
    expect(await voxOn(journey.bus, ['tool', 'try', 'demo', 'guide', 'end_call'])).toMatchObject({
      sentences: ['the tool was not run: needs-call.'],
    });
    const refused = { target: 'tool:guide/end_call', outcome: 'refused', details: { code: 'TOOL_REFUSED' } };
    expect(await entriesOf('tool.try')).toContainEqual(expect.objectContaining(refused));
  });
});

describe('descriptors that are linted over the API', () => {
  const insecure = { ...(demoTools?.[0] as object), http: { method: 'GET', urlTemplate: 'http://10.0.0.1/{{env.a}}' } };
  it('are told by rule, place and words, and none of them is kept', async () => {
    const before = await journey.bus.ask(ShowTenant, { tenantId: 'demo' });
    const linted = await post(
      '/tools/lint',
      { tools: [demoTools?.[0], insecure] },
      { as: 'developer', isFresh: false },
    );
    expect(linted.body).toEqual({
      findings: expect.arrayContaining([
        expect.objectContaining({ rule: 'insecure-url', level: 'error', place: '1.http.urlTemplate' }),
        expect.objectContaining({ rule: 'unknown-root', place: '1.http.urlTemplate', message: expect.any(String) }),
        expect.objectContaining({ rule: 'same-name', place: '1.name' }),
      ]),
    });
    expect(await journey.bus.ask(ShowTenant, { tenantId: 'demo' })).toEqual(before);
  });
  it('are refused with the place of each mistake where they break their schema, and to whoever may not read agents', async () => {
    const broken = { kind: 'http_tool', name: 'a b', description: '', parameters: {}, http: { method: 'GET' } };
    expect(await post('/tools/lint', { tools: [broken] }, { as: 'owner' })).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'tools.0.name' }, { path: 'tools.0.http.urlTemplate' }] },
    });
    expect((await post('/tools/lint', { tools: [insecure] }, { as: 'viewer' })).body).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

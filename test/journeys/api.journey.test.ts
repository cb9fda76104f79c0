import { type AccessDecision, apiTable, decideAccess, type Principal, type Role, roles } from '@vox/contracts';
import { demoDraft } from '@vox/local/demo-tenant';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney } from './journey.ts';
import { loginTokens, someMemberId } from './login-token.ts';

let journey: Journey;
let token: Awaited<ReturnType<typeof loginTokens>>;
beforeAll(async () => {
  journey = await openJourney({ limits: { requestsPerMinute: 900_000 }, ipPerMinute: 1_000_000 });
  token = await loginTokens(journey.bus);
});
afterAll(() => journey.close());

const sessionId = '0190a7a4-7a7a-4a7a-8a7a-0123456789ab';
const named: Record<string, string> = {
  tenantId: 'demo',
  widgetKey: 'w_demo_none_0011223344556677',
  keyId: 'A'.repeat(16),
  memberId: `m_${'A'.repeat(22)}`,
  agentId: 'guide',
};
/** The path of an operation, with things that are nobody's. */
const pathOf = (path: string, over: Record<string, string> = {}): string =>
  path.replace(/:(\w+)/g, (_all, name: string) => ({ ...named, ...over })[name] ?? sessionId);

type Sent = Readonly<{ method?: string; headers?: Record<string, string>; body?: unknown }>;

async function send(path: string, { method = 'get', headers = {}, body }: Sent) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const written = body === undefined ? {} : { 'content-type': 'application/json' };
  const init = { method: method.toUpperCase(), headers: { ...written, ...headers }, ...sent };
  const answer = await fetch(journey.url + path, init);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: text === '' ? {} : JSON.parse(text) };
}

const ours = () => ({ origin: journey.url, 'x-vox-request': '1' });
const cookieOf = (login: string) => ({ cookie: `__Host-tenant_session=${login}` });

async function memberOf(role: Role, over: Readonly<{ tenantId?: string; isFresh?: boolean }> = {}) {
  const { isFresh = false, tenantId = role === 'platform-operator' ? '_platform' : 'demo' } = over;
  const freshUntil = Math.floor(Date.now() / 1_000) + 300;
  const memberId = someMemberId();
  const login = await token({ tenantId, memberId, role, ...(isFresh && { freshUntil }) });
  const who: Principal = {
    ...{ kind: 'member', tenantId, memberId, role, freshUntilMs: isFresh ? freshUntil * 1_000 : 0 },
  };
  return { who, headers: { ...cookieOf(login.token), ...ours() } };
}

const refusals: readonly AccessDecision[] = ['FORBIDDEN', 'NOT_FOUND', 'STEP_UP_REQUIRED'];

describe('an operation of /api/v1', () => {
  it.each(roles.flatMap((role) => [true, false].map((isFresh) => [role, isFresh ? 'fresh' : 'stale'] as const)))(
    'does for %s with a %s login what the access table says, and nothing else',
    async (role, fresh) => {
      const { who, headers } = await memberOf(role, { isFresh: fresh === 'fresh' });
      for (const { method, path, question } of apiTable) {
        const own = path.includes(':tenantId') || who.kind !== 'member' ? 'demo' : who.tenantId;
        const decision = decideAccess(question.action, who, own, Date.now());
        const { status, body } = await send(pathOf(path), {
          ...{ method, headers },
          ...((method === 'post' || method === 'put') && { body: {} }),
        });
        const told = [method, path, role, status === 401 || refusals.includes(body.code) ? body.code : 'asked'];
        // What is asked for may not be there: that is no refusal of whoever asks.
        const isThere = decision === 'allowed' && body.code === 'NOT_FOUND';
        expect(isThere ? [method, path, role, 'asked'] : told).toEqual([
          ...[method, path, role, decision === 'allowed' ? 'asked' : decision],
        ]);
      }
    },
  );
  it('is refused to whoever shows nothing, and to a member’s browser on another page', async () => {
    const { headers } = await memberOf('owner', { isFresh: true });
    for (const { method, path } of apiTable) {
      const body = method === 'post' || method === 'put' ? { body: {} } : {};
      const nobody = await send(pathOf(path), { method, ...body });
      expect([path, nobody.status, nobody.body.code]).toEqual([path, 401, 'AUTH_REQUIRED']);
      if (method === 'get') continue;
      for (const foreign of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: '' }]) {
        const forged = await send(pathOf(path), { method, ...body, headers: { ...headers, ...foreign } });
        expect([path, forged.status, forged.body.code]).toEqual([path, 403, 'ORIGIN_MISMATCH']);
      }
      const { 'x-vox-request': _marker, ...unmarked } = headers;
      const form = await send(pathOf(path), { method, ...body, headers: unmarked });
      expect([path, form.status, form.body.code]).toEqual([path, 403, 'FORBIDDEN']);
    }
  });
  it('answers for another tenant’s thing what it answers for one that is not there', async () => {
    const key = journey.widgetKey;
    const { headers } = await memberOf('owner', { tenantId: 'other', isFresh: true });
    const without = ({ text, body, status }: Awaited<ReturnType<typeof send>>) => [
      ...[status, text.replaceAll(body.requestId, '')],
    ];
    for (const { method, path } of apiTable.filter(({ path }) => path.includes('/:'))) {
      const body = method === 'post' || method === 'put' ? { body: {} } : {};
      const [theirs, nobodys] = [
        await send(pathOf(path, { widgetKey: key, tenantId: 'demo' }), { method, headers, ...body }),
        await send(pathOf(path, { tenantId: 'nobody' }), { method, headers, ...body }),
      ];
      expect([path, ...without(theirs)]).toEqual([path, ...without(nobodys)]);
    }
  });
});

describe('the policy over HTTP', () => {
  it('has its version as entity tag, and is not sent again to whoever has it', async () => {
    const { headers } = await memberOf('viewer');
    const first = await send('/api/v1/policy', { headers });
    expect([first.status, first.headers.get('etag')]).toEqual([200, `"${first.body.policy.version}"`]);
    const again = await send('/api/v1/policy', {
      headers: { ...headers, 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([again.status, again.text]).toEqual([304, '']);
    expect(first.headers.get('ratelimit')).toContain('"user"');
  });
  it('is refused with the field and the rule of a tool that the linter refuses, and tells what is doubtful', async () => {
    const { headers } = await memberOf('owner', { isFresh: true });
    const find = {
      ...{ kind: 'http_tool', name: 'find', description: 'Finds.' },
      parameters: { type: 'object', properties: { all: { type: 'boolean' } } },
    };
    const put = (urlTemplate: string) => {
      const tools = [{ ...find, http: { method: 'GET', urlTemplate } }];
      const body = { ...demoDraft, agents: demoDraft.agents.map((agent) => ({ ...agent, tools })) };
      return send('/api/v1/policy', { method: 'put', headers, body });
    };
    expect(await put('https://10.0.0.1/')).toMatchObject({
      status: 400,
      body: {
        issues: expect.arrayContaining([expect.objectContaining({ path: 'agents.0.tools.0.http.urlTemplate' })]),
      },
    });
    expect(await put('https://api.shop.com/')).toMatchObject({
      status: 200,
      body: {
        warnings: [
          { path: 'agents.0.tools.0.parameters.properties.all', message: expect.stringContaining('(unused-argument)') },
        ],
      },
    });
  });
});

describe('a change over HTTP', () => {
  it('under an Idempotency-Key is done once, and another change under the key is refused', async () => {
    const { headers } = await memberOf('developer', { isFresh: true });
    const create = (label: string) =>
      send('/api/v1/widget-keys', {
        ...{ method: 'post', headers: { ...headers, 'idempotency-key': 'one' } },
        body: { label, origins: ['https://shop.example'] },
      });
    const all = await Promise.all([create('a'), create('a'), create('a')]);
    const made = new Set(all.filter(({ status }) => status === 201).map(({ body }) => body.widgetKey));
    expect(made.size).toBe(1);
    expect((await create('a')).body.widgetKey).toBe([...made][0]);
    expect(await create('b')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_CONFLICT' } });
  });
  it('names every field that is wrong or unknown, and does nothing', async () => {
    const { headers } = await memberOf('developer', { isFresh: true });
    const body = { label: 'No', origins: [], owner: 'x' };
    const refused = await send('/api/v1/widget-keys', { method: 'post', headers, body });
    expect([refused.status, refused.body.code]).toEqual([400, 'INVALID_REQUEST']);
    const paths = refused.body.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(expect.arrayContaining(['label', 'origins']));
    const query = await send('/api/v1/audit?limit=many&nothing=1', { headers: (await memberOf('owner')).headers });
    expect(query.body).toMatchObject({ code: 'INVALID_REQUEST' });
    expect(query.body.issues.map(({ path }: { path: string }) => path)).toContain('limit');
  });
  it('cannot name a tenant or an actor of its own', async () => {
    const { headers } = await memberOf('developer', { isFresh: true });
    for (const field of [{ tenantId: 'other' }, { actor: 'operator:eve' }]) {
      const body = { label: 'mine', origins: ['https://shop.example'], ...field };
      const answer = await send('/api/v1/widget-keys', { method: 'post', headers, body });
      expect([201, 400]).toContain(answer.status);
      if (answer.status === 201) expect(answer.body.widgetKey).toMatch(/^w_demo_/);
    }
  });
});

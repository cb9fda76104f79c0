import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListAudit, ListPolicyVersions, type PreviewedPolicy, type Role, ShowTenant } from '@vox/contracts';
import { demoDraft, demoTenant } from '@vox/local/demo-tenant';
import { stoppedClock } from '@vox/platform/time';
import { settled } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Journey, openJourney, origin } from './journey.ts';
import { loginTokens } from './login-token.ts';
import { voxOn } from './vox-operations.ts';

const { tenantId: _own, ...draft } = demoDraft;
const [guide] = demoDraft.agents;
const limits = (widget: object) => ({ ...draft, limits: { widget, console: {} } });
const noon = '2026-05-05T12:00:00.000Z';

describe('what a policy would have done to past calls, through every service', () => {
  const clock = stoppedClock(noon);
  const folder = mkdtempSync(join(tmpdir(), 'vox-preview-'));
  let journey: Journey;
  let token: Awaited<ReturnType<typeof loginTokens>>;
  /** Calls of the demo tenant, in the order in which they began. */
  const calls: string[] = [];

  beforeAll(async () => {
    journey = await openJourney({ clock, limits: { openSessions: 20, sessionStartsPerMinute: 100 } });
    token = await loginTokens(journey.bus);
    const first = await begin(journey.widgetKey);
    const second = await begin(journey.widgetKey, { model: 'gpt-realtime-2.1-mini' });
    clock.advanceMs(20_000);
    await end(second);
    await end(first);
    const third = await begin(journey.widgetKey, { model: 'gpt-realtime-2.1' });
    clock.advanceMs(5_000);
    await end(third);
    calls.push(...[first, second, third].map(({ id }) => id));
    const rival = await demoTenant(journey.bus, origin, { ...demoDraft, tenantId: 'rival' });
    for (let n = 0; n < 5; n += 1) await end(await begin(rival));
    await settled(journey.bus);
  });
  afterAll(async () => {
    await journey.close();
    rmSync(folder, { recursive: true });
  });

  const visit = async (path: string, body: object, shown?: string): Promise<Record<string, string>> => {
    const headers = { 'content-type': 'application/json', origin, ...(shown && { authorization: `Bearer ${shown}` }) };
    const answer = await fetch(journey.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return (await answer.json()) as Record<string, string>;
  };
  async function begin(widgetKey: string, over: object = {}) {
    const { id = '', session_token: shown = '' } = await visit('/api/session', { widgetKey, ...over });
    await visit('/api/heartbeat', { sm_session_id: id }, shown);
    return { id, shown };
  }
  async function end({ id, shown }: Awaited<ReturnType<typeof begin>>): Promise<void> {
    const used = { responseId: 'r1', text_in: 0, text_out: 0, audio_in: 1_000, audio_out: 500 };
    await visit('/api/usage/report', { sm_session_id: id, ...used }, shown);
    await visit('/api/session/end', { sm_session_id: id }, shown);
    await settled(journey.bus);
  }

  type Sent = Readonly<{ as?: Role; of?: string; isFresh?: boolean; method?: string }>;
  async function send(
    path: string,
    body: object,
    { as = 'admin', of = 'demo', isFresh = false, method = 'POST' }: Sent = {},
  ) {
    const now = clock.now();
    const freshUntil = Math.floor(now.getTime() / 1_000) + 300;
    const login = await token({ role: as, tenantId: of, ...(isFresh && { freshUntil }) }, { now });
    const answer = await fetch(`${journey.url}/api/v1/policy${path}`, {
      ...{ method, body: JSON.stringify(body) },
      headers: {
        ...{ cookie: `__Host-tenant_session=${login.token}`, origin: journey.url, 'x-vox-request': '1' },
        'content-type': 'application/json',
      },
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }
  async function preview(body: object, over: Sent & Readonly<{ search?: string }> = {}): Promise<PreviewedPolicy> {
    const answer = await send(`/preview${over.search ?? ''}`, body, over);
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return answer.body as unknown as PreviewedPolicy;
  }
  const ruleOf = ({ rules }: PreviewedPolicy, name: string) => rules.find(({ rule }) => rule === name);

  it('is told rule by rule and together, with examples, money, moments and what nobody knows', async () => {
    const told = await preview(limits({ openSessions: 1, sessionSeconds: 15, tokensPerDay: 1_000 }));
    expect(told).toMatchObject({
      tenantId: 'demo',
      from: '2026-05-05T00:00:00.000Z'.replace('05-05', '04-29'),
      calls: 3,
    });
    expect(told.isPart).toBe(false);
    expect(ruleOf(told, 'openSessions')).toMatchObject({
      ...{ kind: 'widget', change: 'stricter', before: 20, after: 1, refused: 1, endedEarlier: 0 },
      ...{ agents: [{ name: 'guide', calls: 1 }], widgetKeys: [{ name: journey.widgetKey, calls: 1 }] },
      notSpent: { tokens: 1_500, seconds: 20 },
    });
    expect(ruleOf(told, 'sessionSeconds')).toMatchObject({ refused: 0, endedEarlier: 2, endedEarlierSeconds: 10 });
    expect(ruleOf(told, 'tokensPerDay')).toMatchObject({ refused: 1, examples: [calls[2]] });
    expect(told.reached).toContainEqual({
      ...{ day: '2026-05-05', rule: 'tokensPerDay', kind: 'widget', at: '2026-05-05T12:00:20.000Z' },
    });
    expect(told.peaks).toEqual([{ kind: 'widget', open: 2, at: noon, before: 20, after: 1 }]);
    expect(told.cannotTell).toEqual(expect.arrayContaining(['visitors', 'worst-cases', 'shortened-use']));
    expect(JSON.stringify(told)).not.toMatch(/v_[A-Za-z0-9_-]{22}/);
  });
  it('knows from the audit log who asked for a model by its name and who took the default', async () => {
    const models = (...names: string[]) => ({ ...draft, agents: [{ ...guide, models: names }] });
    const withoutMini = await preview(models('gpt-realtime-2.1'));
    expect(ruleOf(withoutMini, 'models')).toMatchObject({
      ...{ change: 'stricter', refused: 1, unknown: 0, models: [{ name: 'gpt-realtime-2.1-mini', calls: 1 }] },
      examples: [calls[1]],
    });
    expect(ruleOf(await preview(models('gpt-realtime-2.1-mini')), 'models')).toMatchObject({ refused: 1, unknown: 1 });
    const brokered = await preview({ ...draft, calls: 'brokered' });
    expect(brokered.together).toMatchObject({ refused: 3, notSpent: { tokens: 4_500 } });
    const gone = await preview({ ...draft, agents: [{ ...guide, agentId: 'clerk' }] });
    expect(ruleOf(gone, 'agents')).toMatchObject({ change: 'both', refused: 0, unknown: 3 });
  });
  it('counts no call of another tenant, and only those of the days that are asked for', async () => {
    const none = limits({ openSessions: 0 });
    expect((await preview(none)).together.refused).toBe(3);
    expect((await preview({ ...none, tenantId: 'rival' })).tenantId).toBe('demo');
    expect(await preview(none, { of: 'rival' })).toMatchObject({
      tenantId: 'rival',
      calls: 5,
      together: { refused: 5 },
    });
    clock.advanceMs(86_400_000);
    expect((await preview(none, { search: '?days=1' })).calls).toBe(0);
    expect((await preview(none, { search: '?days=2' })).calls).toBe(3);
    clock.advanceMs(-86_400_000);
  });
  it('is shown to whoever may write the policy, without a fresh code, and to nobody else', async () => {
    for (const as of ['owner', 'admin'] as const) expect((await send('/preview', draft, { as })).status).toBe(200);
    for (const as of ['developer', 'privacy-officer', 'viewer'] as const)
      expect((await send('/preview', draft, { as })).body).toMatchObject({ code: 'FORBIDDEN' });
    expect((await fetch(`${journey.url}/api/v1/policy/preview`, { method: 'POST' })).status).toBe(401);
  });
  it('changes nothing and leaves no entry in the audit log', async () => {
    const state = async () => {
      const { entries } = await journey.bus.ask(ListAudit, { tenantId: 'demo', limit: 200, actor: 'operator:test' });
      return [
        await journey.bus.ask(ShowTenant, { tenantId: 'demo' }),
        await journey.bus.ask(ListPolicyVersions, { tenantId: 'demo' }),
        entries.filter(({ action }) => !action.startsWith('audit.')),
      ];
    };
    const before = await state();
    await preview(limits({ openSessions: 0 }));
    await settled(journey.bus);
    expect(await state()).toEqual(before);
  });
  it('refuses a draft as putting it would, field by field', async () => {
    const insecure = {
      ...{ kind: 'http_tool', name: 'find', description: 'Finds.', parameters: { type: 'object' } },
      http: { method: 'GET', urlTemplate: 'http://api.shop.example/' },
    };
    for (const [wrong, path] of [
      [{ ...draft, displayName: '', timeZone: 'Mars' }, 'displayName'],
      [limits({ sessionSeconds: 100_000 }), 'limits.widget.sessionSeconds'],
      [{ ...draft, agents: [guide, guide] }, 'agents.1.agentId'],
      [{ ...draft, agents: [{ ...guide, tools: [insecure] }] }, 'agents.0.tools.0.http.urlTemplate'],
      [{ ...draft, more: 1 }, '(whole)'],
    ] as const) {
      const put = await send('', wrong, { isFresh: true, method: 'PUT' });
      const told = await send('/preview', wrong);
      const { requestId: _one, ...ofPut } = put.body;
      const { requestId: _other, ...ofPreview } = told.body;
      expect([told.status, ofPreview]).toEqual([400, ofPut]);
      expect((told.body.issues as { path: string }[]).map((issue) => issue.path)).toContain(path);
    }
    for (const search of ['?days=0', '?days=31', '?days=x'])
      expect((await send(`/preview${search}`, draft)).body).toMatchObject({ issues: [{ path: 'days' }] });
  });
  it('is told of an earlier version before somebody goes back to it, and by vox of a file', async () => {
    await send('', limits({ openSessions: 1 }), { isFresh: true, method: 'PUT' });
    await send('', draft, { isFresh: true, method: 'PUT' });
    await settled(journey.bus);
    const { versions } = await journey.bus.ask(ListPolicyVersions, { tenantId: 'demo' });
    const version = versions[1]?.version ?? 0;
    const told = await send(`/versions/${version}/preview`, { days: 1 });
    expect(told).toMatchObject({ status: 200, body: { calls: 3, together: { refused: 1 } } });
    expect((await send('/versions/999/preview', {})).body).toMatchObject({
      code: 'NOT_FOUND',
      issues: [{ path: 'version' }],
    });
    const file = join(folder, 'draft.json');
    writeFileSync(file, JSON.stringify({ tenantId: 'demo', ...limits({ openSessions: 1 }) }));
    const asJson = await voxOn(journey.bus, ['tenant', 'preview', file, '--days', '1', '--json']);
    expect(asJson.said).toEqual(told.body);
    const { printed } = await voxOn(journey.bus, ['tenant', 'preview-version', 'demo', String(version), '--days', '1']);
    expect(printed).toMatch(
      /^Looked at: 3 calls from .*\n\nRule by rule:\nRULE .*\nopenSessions +widget +stricter +20 +1 +1 +0 +0 /,
    );
    expect(printed).toContain('- what visitors would have done instead\n');
  });
});

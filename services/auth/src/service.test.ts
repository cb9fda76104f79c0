import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import {
  AgentDocument,
  agentKey,
  CreateWidgetKey,
  LeaseSigningKey,
  PolicyDocument,
  PutAgent,
  PutTenant,
  RevocationDocument,
  RevokeWidgetKey,
  RotateSigningKey,
  RotateWidgetKey,
  SetKillSwitch,
  SetTenantStatus,
  ShowAgent,
  ShowTenant,
  SigningKeyDocument,
} from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { leasedSigner, tokenVerifier, WidgetToken } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { type Log, silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { settled, someLimits } from '@vox/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { memoryAgents, memoryKeyRings, memoryTenants } from './memory.ts';
import { startAuth } from './service.ts';
import { type Tenants, tenantCells } from './tenants/keep.ts';

const draft = {
  tenantId: 'acme',
  displayName: 'Acme',
  branding: { primaryColor: '#123456' },
  disclosure: 'You are talking to a machine.',
  agents: [
    {
      agentId: 'guide',
      displayName: 'Guide',
      instructions: 'Help.',
      models: ['gpt-realtime-2.1'],
      voices: ['marin'],
      tools: [],
    },
  ],
  bot: { mode: 'off', whenUnavailable: 'deny' },
};
const origin = 'https://acme.example';

async function openFixture({
  copies = 1,
  slowly = async (): Promise<unknown> => undefined,
  tenantsIn = (tenants: Tenants): Tenants => tenants,
  log = silentLog as Log,
} = {}) {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock, retryMs: 1 });
  let crashing = false;
  const fault = (point: string): void => {
    if (crashing && point === 'written') throw new Error('crash');
  };
  const limits = someLimits();
  const slow: typeof bus = {
    ...bus,
    documents(kind) {
      const documents = bus.documents(kind);
      return {
        ...documents,
        put: async (key, value) => {
          await slowly();
          await documents.put(key, value);
        },
        renew: (key, newest) =>
          documents.renew(key, async () => {
            const value = await newest();
            await slowly();
            return value;
          }),
      };
    },
  };
  const options = {
    bus: slow,
    tenants: tenantsIn(memoryTenants({ fault })),
    agents: memoryAgents(),
    keyRings: memoryKeyRings(),
    defaults: { widget: limits, console: limits, ceiling: someLimits({ openSessions: 100, tokensPerMonth: null }) },
    sealKey: Buffer.alloc(32, 1),
    clock,
    uuid: randomUUID,
    random: randomBytes,
    log,
    sweepMs: 5,
  };
  const services = await Promise.all(Array.from({ length: copies }, () => startAuth(options)));
  const service = { stop: () => Promise.all(services.map((each) => each.stop())) };
  return {
    bus,
    clock,
    service,
    ...{ tenants: options.tenants, agents: options.agents, again: () => startAuth(options) },
    crash: (on: boolean) => {
      crashing = on;
    },
    /** What was told of the tenant. */
    types: () =>
      bus
        .published()
        .filter(({ type, subject }) => subject === 'acme' && !type.includes('acted'))
        .map(({ type }) => type.replace('vox.identity.', '')),
  };
}

describe('auth', () => {
  let fixture: Awaited<ReturnType<typeof openFixture>>;
  beforeEach(async () => {
    fixture = await openFixture();
  });
  afterEach(async () => {
    await fixture.service.stop();
    await fixture.bus.close();
  });
  const policy = () => fixture.bus.documents(PolicyDocument).read('acme');
  const putTenant = (over: object = {}) => fixture.bus.ask(PutTenant, { draft: { ...draft, ...over }, actor: 'test' });
  const createKey = (origins: string[] = [origin]) =>
    fixture.bus.ask(CreateWidgetKey, { tenantId: 'acme', label: 'site', origins, actor: 'test' });

  it('shows a tenant’s policy, resolved against the defaults, to everybody', async () => {
    expect(await putTenant({ limits: { widget: { openSessions: 50 } } })).toEqual({
      tenantId: 'acme',
      version: 1,
      created: true,
    });
    expect(await policy()).toMatchObject({
      status: 'active',
      timeZone: 'UTC',
      limits: { widget: { openSessions: 50, idleSeconds: 300 } },
    });
    expect(await putTenant({ displayName: 'Acme two' })).toEqual({ tenantId: 'acme', version: 2, created: false });
    expect(fixture.types()).toEqual(['tenant-created.v1', 'policy-changed.v1']);
  });
  it('leaves the newest policy in force, however commands and sweeps of several copies meet', async () => {
    let turns = 0;
    const own = await openFixture({ copies: 2, slowly: () => pause((turns += 7) % 5) });
    await own.bus.ask(PutTenant, { draft, actor: 'test' });
    const key = { tenantId: 'acme', label: 'site', origins: [origin], actor: 'test' };
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(Array.from({ length: 8 }, () => own.bus.ask(CreateWidgetKey, key)));
      await pause(20);
      const { policy: stored } = await own.bus.ask(ShowTenant, { tenantId: 'acme' });
      expect((await own.bus.documents(PolicyDocument).read('acme'))?.version).toBe(stored.version);
    }
    await own.service.stop();
    await own.bus.close();
  });
  it('lists every mistake in a tenant’s document', async () => {
    const bad = putTenant({ timeZone: 'Mars/Olympus', agents: [], extra: 1, limits: { widget: { openSessions: -1 } } });
    await expect(bad).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: {
        issues: expect.arrayContaining([
          expect.objectContaining({ path: 'timeZone' }),
          expect.objectContaining({ path: 'agents' }),
          expect.objectContaining({ path: 'limits.widget.openSessions' }),
        ]),
      },
    });
    const above = putTenant({ limits: { widget: { openSessions: 101 } }, agents: [draft.agents[0], draft.agents[0]] });
    await expect(above).rejects.toMatchObject({
      answer: { issues: [{ path: 'limits.widget.openSessions' }, { path: 'agents.1.agentId' }] },
    });
  });
  it.each([
    'https://*.acme.example',
    'https://acme.example/',
    'null',
    'acme.example',
    'https://acme.example:443',
    'ftp://acme.example',
  ])('refuses %s as an origin', async (bad) => {
    await putTenant();
    await expect(createKey([bad])).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: 'origins.0' }] },
    });
  });
  it('rotates a key with grace and revokes it for ever', async () => {
    await putTenant();
    const { widgetKey } = await createKey();
    const next = await fixture.bus.ask(RotateWidgetKey, {
      tenantId: 'acme',
      widgetKey,
      graceSeconds: 60,
      actor: 'test',
    });
    expect((await policy())?.keys).toMatchObject([
      { key: widgetKey, expiresAt: next.graceEndsAt },
      { key: next.widgetKey, expiresAt: null, origins: [origin] },
    ]);
    await fixture.bus.ask(RevokeWidgetKey, { tenantId: 'acme', widgetKey: next.widgetKey, actor: 'test' });
    expect(await fixture.bus.documents(RevocationDocument).read(`widget-key.${next.widgetKey}`)).toMatchObject({
      until: null,
    });
    await expect(
      fixture.bus.ask(RotateWidgetKey, { tenantId: 'acme', widgetKey: next.widgetKey, graceSeconds: 0, actor: 'test' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      fixture.bus.ask(RevokeWidgetKey, { tenantId: 'other', widgetKey, actor: 'test' }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(fixture.types()).toEqual(['tenant-created.v1', 'key-created.v1', 'key-rotated.v1', 'key-revoked.v1']);
  });
  it('tells who asked, why and under which request, also after a crash', async () => {
    await putTenant();
    const by = { actor: 'operator:ada', reason: 'fraud', requestId: 'request-1' };
    fixture.crash(true);
    const asked = fixture.bus.ask(SetTenantStatus, { tenantId: 'acme', status: 'suspended', ...by });
    await expect(asked).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    fixture.crash(false);
    const told = () => fixture.bus.published().filter(({ type }) => type.includes('tenant-suspended'));
    await expect.poll(told).toMatchObject([{ data: { tenantId: 'acme', ...by } }]);
  });
  it('tells of a refusal, in the log of the tenant or, where there is none, in the platform’s own', async () => {
    await putTenant();
    const by = { actor: 'operator:eve', requestId: 'request-2' };
    const widgetKey = 'w_acme_none_0123456789abcdef';
    await fixture.bus.ask(RevokeWidgetKey, { tenantId: 'acme', widgetKey, ...by }).catch(() => undefined);
    await fixture.bus.ask(PutTenant, { draft: { tenantId: 'Not One' }, ...by }).catch(() => undefined);
    await fixture.bus.ask(SetTenantStatus, { tenantId: 'nobody', status: 'suspended', ...by }).catch(() => undefined);
    const told = fixture.bus.published().filter(({ type }) => type.includes('acted'));
    expect(told.map(({ data }) => data)).toMatchObject([
      { tenantId: 'acme', action: 'key.revoke', target: `key:${widgetKey}`, outcome: 'refused', ...by },
      { tenantId: '_platform', action: 'tenant.put', details: { code: 'INVALID_REQUEST' } },
      { tenantId: '_platform', action: 'tenant.suspend', target: 'tenant:nobody', details: { code: 'NOT_FOUND' } },
    ]);
  });
  it('tells of each new signing key, who asked for it or that it came by itself, once for each key', async () => {
    const { kid } = await fixture.bus.ask(RotateSigningKey, { use: 'widget', actor: 'operator:ada' });
    const told = fixture.bus.published().filter(({ type }) => type.includes('signing-key-rotated'));
    expect(told.map(({ data }) => data as { use: string; actor: string })).toMatchObject([
      ...['widget', 'session', 'login'].map((use) => ({ use, actor: 'service:auth' })),
      { use: 'widget', kid, actor: 'operator:ada' },
    ]);
  });
  it('turns the kill switch of a tenant or of one key once each way, and tells with the policy in force', async () => {
    await putTenant();
    const { widgetKey } = await createKey();
    const turn = (engaged: boolean, key?: string, tenantId = 'acme') =>
      fixture.bus.ask(SetKillSwitch, { tenantId, widgetKey: key, engaged, actor: 'test' });
    await turn(true, widgetKey);
    expect(await turn(true, widgetKey)).toEqual({ version: 3 });
    expect(await policy()).toMatchObject({ halted: false, keys: [{ key: widgetKey, halted: true }] });
    await turn(true);
    await turn(false, widgetKey);
    expect(await policy()).toMatchObject({ version: 5, halted: true, keys: [{ halted: false }] });
    await expect(turn(true, 'w_acme_none_0123456789abcdef')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(turn(true, undefined, 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const told = fixture.bus.published().filter(({ type }) => type.includes('kill-switch'));
    expect(told.map(({ type, data }) => [type, data])).toMatchObject([
      ['vox.identity.kill-switch-engaged.v1', { tenantId: 'acme', widgetKey, policyVersion: 3 }],
      ['vox.identity.kill-switch-engaged.v1', { tenantId: 'acme', policyVersion: 4 }],
      ['vox.identity.kill-switch-released.v1', { tenantId: 'acme', widgetKey }],
    ]);
  });
  it('tells a change that a crash left untold, once', async () => {
    await putTenant();
    fixture.crash(true);
    await expect(
      fixture.bus.ask(SetTenantStatus, { tenantId: 'acme', status: 'suspended', actor: 'test' }),
    ).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await policy())?.status).toBe('active');
    fixture.crash(false);
    await expect.poll(async () => (await policy())?.status).toBe('suspended');
    await settled(fixture.bus);
    expect(fixture.types().filter((type) => type === 'tenant-suspended.v1')).toHaveLength(1);
  });
  it('lends signing keys, and a rotation refuses no token signed before or after', async () => {
    const replica = await fixture.bus.documents(SigningKeyDocument).follow();
    const verify = tokenVerifier(WidgetToken, replica.get);
    const sign = leasedSigner(WidgetToken, () => fixture.bus.ask(LeaseSigningKey, { use: 'widget' }), fixture.clock);
    const claims = { tenantId: 'acme', widgetKey: 'w_acme_site_0123456789abcdef', origin };
    const token = () => sign(claims, { id: randomUUID(), subject: 'v', now: fixture.clock.now(), lifeSeconds: 86_400 });
    const kidOf = (jwt: string): string => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid;
    const tokens = [await token()];
    const { kid } = await fixture.bus.ask(RotateSigningKey, { use: 'widget', actor: 'test' });
    for (let minutes = 0; minutes < 90; minutes += 10) {
      fixture.clock.advanceMs(600_000);
      tokens.push(await token());
      for (const each of tokens) await verify(each, fixture.clock.now());
      // The lease is renewed beside the token that noticed.
      await settled(fixture.bus);
    }
    expect(kidOf(tokens.at(-1) ?? '')).toBe(kid);
  });

  const agents = (count: number, says: string) =>
    Array.from({ length: count }, (_, n) => ({ ...draft.agents[0], agentId: `a${n}`, instructions: `${says} ${n}` }));
  const instructionsOf = async (shown: Awaited<ReturnType<typeof policy>>) => {
    const { agents = [], agentSetId = '' } = shown ?? {};
    const documents = fixture.bus.documents(AgentDocument);
    const found = agents.map(({ agentId }) => documents.read(agentKey('acme', agentSetId, agentId)));
    return (await Promise.all(found)).map((agent) => agent?.instructions);
  };

  it('shows what agents are told in documents of their own, and not a word of it in the policy', async () => {
    await putTenant({ agents: agents(2, 'secret words') });
    expect(JSON.stringify(await policy())).not.toMatch(/secret words|instructions|tools/);
    expect(await instructionsOf(await policy())).toEqual(['secret words 0', 'secret words 1']);
    // How long they are, quota must know.
    expect((await policy())?.agents[1]?.openingBytes).toBe('secret words 1'.length + '[]'.length);
    const { policy: shown } = await fixture.bus.ask(ShowTenant, { tenantId: 'acme' });
    const { agentSetId } = shown;
    const { agent } = await fixture.bus.ask(ShowAgent, { tenantId: 'acme', agentSetId, agentId: 'a1' });
    expect(agent.instructions).toBe('secret words 1');
    const other = fixture.bus.ask(ShowAgent, { tenantId: 'other', agentSetId, agentId: 'a1' });
    await expect(other).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('has every agent in its place before a policy names it, whenever somebody looks, while versions follow and crash', async () => {
    const whole: Promise<unknown>[] = [];
    const watching = await fixture.bus.documents(PolicyDocument).follow((_key, value) => {
      whole.push(instructionsOf(value).then((found) => expect(found).not.toContain(undefined)));
    });
    for (let n = 0; n < 12; n += 1) {
      fixture.crash(n % 4 === 3);
      await putTenant({ agents: agents(1 + (n % 3), `version ${n}`) }).catch(() => undefined);
      fixture.crash(false);
      await fixture.bus.ask(SetKillSwitch, { tenantId: 'acme', engaged: n % 2 === 0, actor: 'test' });
    }
    await Promise.all(whole);
    expect(whole.length).toBeGreaterThan(12);
    await watching.stop();
  });
  it('keeps the agents of the policy in force and of the one before it, and no older ones', async () => {
    const shown: Awaited<ReturnType<typeof policy>>[] = [];
    for (const n of [1, 2, 3, 4]) {
      await putTenant({ agents: agents(1, `version ${n}`) });
      shown.push(await policy());
    }
    const found = await Promise.all(shown.map(instructionsOf));
    expect(found).toEqual([[undefined], [undefined], ['version 3 0'], ['version 4 0']]);
    expect(await fixture.agents.all(9)).toHaveLength(2);
  });
  it('takes a tenant of 50 agents with 16,000 characters and 32 tools each, sent one by one, no message above 1 MiB', async () => {
    const tools = Array.from({ length: 32 }, (_, n) => ({
      ...{ type: 'function', name: `tool_${n}`, description: 'ü'.repeat(1_024) },
      parameters: { type: 'object', properties: { text: { type: 'string', description: 'x'.repeat(2_000) } } },
    }));
    const big = agents(50, 'x').map((agent) => ({ ...agent, instructions: '語'.repeat(16_000), tools }));
    const agentSetId = randomUUID();
    for (const agent of big) {
      expect(Buffer.byteLength(JSON.stringify(agent))).toBeLessThan(1_048_576);
      await fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId, agent });
    }
    const sent = { ...draft, agents: big.map(({ agentId }) => ({ agentId })) };
    await fixture.bus.ask(PutTenant, { draft: sent, agentSetId, actor: 'test' });
    expect((await policy())?.agents).toHaveLength(50);
    expect(Buffer.byteLength(JSON.stringify(await policy()))).toBeLessThan(64 * 1_024);
    expect(new Set(await instructionsOf(await policy()))).toEqual(new Set(['語'.repeat(16_000)]));
  });
  it('refuses a draft that names an agent which was not sent, one that is too large, and a set of an older policy', async () => {
    const agentSetId = randomUUID();
    const put = (ids: string[], set = agentSetId) =>
      fixture.bus.ask(PutTenant, {
        draft: { ...draft, agents: ids.map((agentId) => ({ agentId })) },
        agentSetId: set,
        actor: 'test',
      });
    const send = (agent: object) => fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId, agent });
    await send({ ...draft.agents[0], agentId: 'sent' });
    await expect(put(['sent', 'unsent'])).rejects.toMatchObject({ answer: { issues: [{ path: 'agents.1' }] } });
    await expect(send({ ...draft.agents[0], agentId: 'sent', instructions: 'other' })).rejects.toMatchObject({
      answer: { issues: [{ path: 'agentSetId' }] },
    });
    const parameters = { much: 'x'.repeat(600_000) };
    const heavy = { ...draft.agents[0], tools: [{ type: 'function', name: 't', description: '', parameters }] };
    await expect(send(heavy)).rejects.toMatchObject({
      answer: { issues: [{ message: expect.stringMatching(/524288 bytes/) }] },
    });
    await put(['sent']);
    await putTenant();
    await expect(put(['sent'])).rejects.toMatchObject({ answer: { issues: [{ path: 'agentSetId' }] } });
  });
  it('lets go of agents that were sent and never put, after a day, and of none that a policy names', async () => {
    await putTenant();
    await fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId: randomUUID(), agent: draft.agents[0] });
    expect(await fixture.agents.all(9)).toHaveLength(2);
    fixture.clock.advanceMs(86_400_000);
    await expect.poll(async () => (await fixture.agents.all(9)).length).toBe(1);
    await pause(20);
    expect(await instructionsOf(await policy())).toEqual(['Help.']);
    expect(await fixture.agents.all(9)).toHaveLength(1);
  });
  it('reads a tenant as it was kept with its agents within, and moves them out at its start', async () => {
    await putTenant();
    await fixture.tenants.update('acme', (known) => {
      const { agentSetId: _set, formerAgents: _former, within: _within, ...rest } = known ?? ({} as never);
      const old = { ...rest, draft: { ...rest.draft, agents: agents(2, 'of old') } };
      return { result: undefined, state: tenantCells.schema.parse(old) };
    });
    const other = await fixture.again();
    expect(await instructionsOf(await policy())).toEqual(['of old 0', 'of old 1']);
    expect(await fixture.tenants.read('acme')).toMatchObject({
      within: [],
      draft: { agents: [{ agentId: 'a0' }, {}] },
    });
    await other.stop();
  });
  it('starts although what is kept of one tenant cannot be read: it is named, and all others are shown', async () => {
    let isOdd = false;
    const lines: unknown[] = [];
    const own = await openFixture({
      log: { ...silentLog, error: (fields) => lines.push(fields) },
      tenantsIn: (tenants) => ({
        ...tenants,
        async all(limit, after) {
          if (isOdd) throw new Fault('INTERNAL');
          return tenants.all(limit, after);
        },
        async read(key) {
          if (isOdd && key === 'acme') throw new Fault('INTERNAL');
          return tenants.read(key);
        },
      }),
    });
    for (const tenantId of ['acme', 'zeta'])
      await own.bus.ask(PutTenant, { draft: { ...draft, tenantId }, actor: 'test' });
    await own.service.stop();
    const documents = own.bus.documents(PolicyDocument);
    for (const tenantId of ['acme', 'zeta']) await documents.remove(tenantId);
    isOdd = true;
    const next = await own.again();
    expect(lines).toEqual([{ tenantId: 'acme' }]);
    expect([await documents.read('acme'), (await documents.read('zeta'))?.tenantId]).toEqual([undefined, 'zeta']);
    await expect(own.bus.ask(ShowTenant, { tenantId: 'acme' })).rejects.toMatchObject({
      code: 'INTERNAL',
      answer: { message: 'what is kept of tenant acme is of no form that this version reads' },
    });
    await next.stop();
    await own.bus.close();
  });
});

import { randomUUID } from 'node:crypto';
import { PolicyDocument, PutAgent, PutTenant, SetKillSwitch, ShowAgent, ShowTenant } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, agentsSaying, authOnTwins, draft, guide, instructionsOf } from '../../auth.fixture.ts';

let fixture: AuthOnTwins;
beforeEach(async () => {
  fixture = await authOnTwins();
});
afterEach(() => fixture.close());

describe('a tenant that is put', () => {
  it('has its policy published, resolved against the platform’s defaults', async () => {
    expect(await fixture.putTenant({ limits: { widget: { openSessions: 50 } } })).toEqual({
      tenantId: 'acme',
      version: 1,
      created: true,
    });
    expect(await fixture.policy()).toMatchObject({
      status: 'active',
      timeZone: 'UTC',
      limits: { widget: { openSessions: 50, idleSeconds: 300 } },
    });
    const again = await fixture.putTenant({ displayName: 'Acme two' });
    expect(again).toEqual({ tenantId: 'acme', version: 2, created: false });
    expect(fixture.publishedTypes()).toEqual(['tenant-created.v1', 'policy-changed.v1']);
  });
  it('is refused with every mistake in its document', async () => {
    const bad = { timeZone: 'Mars/Olympus', agents: [], extra: 1, limits: { widget: { openSessions: -1 } } };
    await expect(fixture.putTenant(bad)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: {
        issues: expect.arrayContaining([
          expect.objectContaining({ path: 'timeZone' }),
          expect.objectContaining({ path: 'agents' }),
          expect.objectContaining({ path: 'limits.widget.openSessions' }),
        ]),
      },
    });
    const above = { limits: { widget: { openSessions: 101 } }, agents: [guide, guide] };
    await expect(fixture.putTenant(above)).rejects.toMatchObject({
      answer: { issues: [{ path: 'limits.widget.openSessions' }, { path: 'agents.1.agentId' }] },
    });
  });
});

describe('an agent of a tenant that is put', () => {
  it('is refused when it asks its provider for what that cannot do, and the field is named', async () => {
    const tool = { type: 'function', name: 'find', description: 'Finds.', parameters: {} };
    const agents = [guide, { ...guide, agentId: 'live', models: ['gpt-live-1'], tools: [tool] }];
    await expect(fixture.putTenant({ agents })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: {
        issues: [{ path: 'agents.1.tools', message: 'must be empty: the provider openai-live calls no tools' }],
      },
    });
  });
  it('is kept with the provider that it names', async () => {
    await fixture.putTenant({ agents: [{ ...guide, provider: 'openai', region: 'global' }] });
    expect(await fixture.policy()).toMatchObject({ agents: [{ provider: 'openai', region: 'global' }] });
  });
});

describe('the agents of a tenant that is put', () => {
  it('are published in documents of their own, and the policy holds none of their instructions', async () => {
    await fixture.putTenant({ agents: agentsSaying('secret words', 2) });
    const policy = await fixture.policy();
    expect(JSON.stringify(policy)).not.toMatch(/secret words|instructions|tools/);
    expect(await instructionsOf(fixture.bus, policy)).toEqual(['secret words 0', 'secret words 1']);
    // Quota must know how long they are.
    expect(policy?.agents[1]?.openingBytes).toBe('secret words 1'.length + '[]'.length);
    const { policy: shown } = await fixture.bus.ask(ShowTenant, { tenantId: 'acme' });
    const asked = { agentSetId: shown.agentSetId, agentId: 'a1' };
    const { agent } = await fixture.bus.ask(ShowAgent, { tenantId: 'acme', ...asked });
    expect(agent.instructions).toBe('secret words 1');
    const other = fixture.bus.ask(ShowAgent, { tenantId: 'other', ...asked });
    await expect(other).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('are all in place before a policy names them, while versions follow each other and crash', async () => {
    const checks: Promise<unknown>[] = [];
    const watching = await fixture.bus.documents(PolicyDocument).follow((_key, value) => {
      checks.push(instructionsOf(fixture.bus, value).then((found) => expect(found).not.toContain(undefined)));
    });
    for (let n = 0; n < 12; n += 1) {
      fixture.crash(n % 4 === 3);
      await fixture.putTenant({ agents: agentsSaying(`version ${n}`, 1 + (n % 3)) }).catch(() => undefined);
      fixture.crash(false);
      await fixture.bus.ask(SetKillSwitch, { tenantId: 'acme', engaged: n % 2 === 0, actor: 'test' });
    }
    await Promise.all(checks);
    expect(checks.length).toBeGreaterThan(12);
    await watching.stop();
  });
  it('are on the bus for the policy in force and for the one before it, and for no older one', async () => {
    const policies: Awaited<ReturnType<typeof fixture.policy>>[] = [];
    for (const n of [1, 2, 3, 4]) {
      await fixture.putTenant({ agents: agentsSaying(`version ${n}`, 1) });
      policies.push(await fixture.policy());
    }
    const found = await Promise.all(policies.map((policy) => instructionsOf(fixture.bus, policy)));
    expect(found).toEqual([[undefined], [undefined], ['version 3 0'], ['version 4 0']]);
  });
});

describe('a draft whose agents were sent one by one', () => {
  const send = (agentSetId: string, agent: object) =>
    fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId, agent });
  const put = (agentSetId: string, ids: string[]) => {
    const sent = { ...draft, agents: ids.map((agentId) => ({ agentId })) };
    return fixture.bus.ask(PutTenant, { draft: sent, agentSetId, actor: 'test' });
  };

  it('may have 50 agents of 16,000 characters and 32 tools, with no message above 1 MiB', async () => {
    const tools = Array.from({ length: 32 }, (_, n) => ({
      ...{ type: 'function', name: `tool_${n}`, description: 'ü'.repeat(1_024) },
      parameters: { type: 'object', properties: { text: { type: 'string', description: 'x'.repeat(2_000) } } },
    }));
    const instructions = '語'.repeat(16_000);
    const big = agentsSaying('x', 50).map((agent) => ({ ...agent, instructions, tools }));
    const agentSetId = randomUUID();
    for (const agent of big) {
      expect(Buffer.byteLength(JSON.stringify(agent))).toBeLessThan(1_048_576);
      await send(agentSetId, agent);
    }
    const ids = big.map(({ agentId }) => agentId);
    await put(agentSetId, ids);
    const policy = await fixture.policy();
    expect(policy?.agents).toHaveLength(50);
    expect(Buffer.byteLength(JSON.stringify(policy))).toBeLessThan(64 * 1_024);
    expect(new Set(await instructionsOf(fixture.bus, policy))).toEqual(new Set([instructions]));
  });
  it('is refused where it names an agent that was not sent', async () => {
    const agentSetId = randomUUID();
    await send(agentSetId, { ...guide, agentId: 'sent' });
    const refused = { answer: { issues: [{ path: 'agents.1' }] } };
    await expect(put(agentSetId, ['sent', 'unsent'])).rejects.toMatchObject(refused);
  });
  it('is refused where its set is that of an older policy', async () => {
    const agentSetId = randomUUID();
    await send(agentSetId, { ...guide, agentId: 'sent' });
    await put(agentSetId, ['sent']);
    await fixture.putTenant();
    const refused = { answer: { issues: [{ path: 'agentSetId' }] } };
    await expect(put(agentSetId, ['sent'])).rejects.toMatchObject(refused);
  });
});

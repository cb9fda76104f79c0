import { randomUUID } from 'node:crypto';
import { PutAgent, PutTenant, ResolveDraft } from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins, draft, guide } from '../../auth.fixture.ts';

let fixture: AuthOnTwins;
beforeEach(async () => {
  fixture = await authOnTwins();
  await fixture.putTenant();
});
afterEach(() => fixture.close());

const tool = { type: 'function', name: 'find', description: 'Finds.', parameters: {} };
const resolve = (over: object, agentSetId?: string) =>
  fixture.bus.ask(ResolveDraft, { wanted: { kind: 'draft', draft: { ...draft, ...over }, agentSetId } });

describe('a draft that is resolved', () => {
  it('is answered as the policy that putting it makes, beside the one in force, and nothing is kept', async () => {
    const before = await fixture.policy();
    const over = { limits: { widget: { openSessions: 4 } }, agents: [{ ...guide, tools: [tool] }] };
    const { inForce, drafted } = await resolve(over);
    expect([inForce.policy, await fixture.policy()]).toEqual([before, before]);
    expect([inForce.told[0]?.tools, drafted.told[0]?.tools]).toEqual([
      [],
      [{ name: 'find', hash: expect.stringMatching(/^sha256:/) }],
    ]);
    expect(inForce.told[0]?.instructions).toBe(drafted.told[0]?.instructions);
    await fixture.putTenant(over);
    const { version: _then, agentSetId: _theirs, ...put } = (await fixture.policy()) ?? {};
    const { version: _now, agentSetId: _set, ...resolved } = drafted.policy;
    expect(resolved).toEqual(put);
  });
  it('takes agents that were sent before, and refuses what putting them would refuse', async () => {
    const [agentSetId, former] = [randomUUID(), randomUUID()];
    const named = { agents: [{ agentId: 'sent' }] };
    const send = (set: string) =>
      fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId: set, agent: { ...guide, agentId: 'sent' } });
    await send(agentSetId);
    expect((await resolve(named, agentSetId)).drafted.policy.agents).toMatchObject([{ agentId: 'sent' }]);
    await expect(resolve({ agents: [{ agentId: 'unsent' }] }, agentSetId)).rejects.toMatchObject({
      answer: { issues: [{ path: 'agents.0' }] },
    });
    await send(former);
    await fixture.bus.ask(PutTenant, { draft: { ...draft, ...named }, agentSetId: former, actor: 'test' });
    await fixture.putTenant();
    await expect(resolve(named, former)).rejects.toMatchObject({ answer: { issues: [{ path: 'agentSetId' }] } });
  });
  it('of a tenant that does not exist is not found, and neither is a version that is not kept', async () => {
    await expect(resolve({ tenantId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const [tenantId, version] of [
      ['acme', 9],
      ['nobody', 1],
    ] as const)
      await expect(
        fixture.bus.ask(ResolveDraft, { wanted: { kind: 'version', tenantId, version } }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

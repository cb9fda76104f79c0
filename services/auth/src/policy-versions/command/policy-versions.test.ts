import { randomUUID } from 'node:crypto';
import {
  DiffPolicyVersions,
  ListPolicyVersions,
  PutAgent,
  PutTenant,
  policyVersionsMax,
  RollBackPolicy,
  SetKillSwitch,
  ShowPolicyVersion,
} from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, agentsSaying, authOnTwins, draft, instructionsOf } from '../../auth.fixture.ts';

let fixture: AuthOnTwins;
beforeEach(async () => {
  fixture = await authOnTwins();
});
afterEach(() => fixture.close());

const tenantId = 'acme';
const by = { actor: 'operator:ann', reason: 'they asked for it' };
const list = (over: object = {}) => fixture.bus.ask(ListPolicyVersions, { tenantId, ...over });
const rollBack = (version: number, over: object = {}) =>
  fixture.bus.ask(RollBackPolicy, { tenantId, version, ...by, ...over });

describe('the versions of a policy', () => {
  it('are listed, the newest first, in pages that miss none and repeat none while newer ones come', async () => {
    for (let n = 1; n <= 5; n += 1) await fixture.putTenant({ displayName: `Acme ${n}` });
    const first = await list({ limit: 2 });
    await fixture.putTenant({ displayName: 'Acme 6' });
    const second = await list({ limit: 2, before: first.next });
    const third = await list({ limit: 2, before: second.next });
    const pages = [first, second, third].map(({ versions }) => versions.map(({ version }) => version));
    expect(pages).toEqual([[5, 4], [3, 2], [1]]);
    expect(third.next).toBeNull();
    expect(first.versions[0]).toMatchObject({ actor: 'test', reason: null, restores: null });
    await expect(fixture.bus.ask(ListPolicyVersions, { tenantId: 'nobody' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
  it('are shown and compared without a word of what agents are told', async () => {
    await fixture.putTenant({ agents: agentsSaying('secret words', 2) });
    await fixture.bus.ask(SetKillSwitch, { tenantId, engaged: true, actor: 'test' });
    await fixture.putTenant({ agents: agentsSaying('secret wishes', 1), displayName: 'Acme two' });
    const shown = await fixture.bus.ask(ShowPolicyVersion, { tenantId, version: 1 });
    expect(shown.draft.agents[1]).toMatchObject({ agentId: 'a1', instructions: expect.stringMatching(/^sha256:/) });
    const diff = await fixture.bus.ask(DiffPolicyVersions, { tenantId, fromVersion: 1, toVersion: 3 });
    expect(diff.changes.map(({ path }) => path).sort()).toEqual([
      '/agents/0/instructions',
      '/agents/0/openingBytes',
      '/agents/1',
      '/displayName',
    ]);
    expect(JSON.stringify([shown, diff])).not.toMatch(/secret/);
    const unknown = fixture.bus.ask(DiffPolicyVersions, { tenantId, fromVersion: 1, toVersion: 2 });
    await expect(unknown).rejects.toMatchObject({ code: 'NOT_FOUND', answer: { issues: [{ path: 'toVersion' }] } });
  });
  it('are kept as they were put, also when auth crashes between its store and the bus', async () => {
    for (let n = 1; n <= 6; n += 1) {
      fixture.crash(n % 2 === 0);
      await fixture
        .putTenant({ agents: agentsSaying(`version ${n}`, 1), displayName: `Acme ${n}` })
        .catch(() => undefined);
    }
    fixture.crash(false);
    await expect.poll(async () => (await list()).versions.length).toBe(6);
    for (let n = 1; n <= 6; n += 1)
      expect((await fixture.bus.ask(ShowPolicyVersion, { tenantId, version: n })).draft.displayName).toBe(`Acme ${n}`);
    await rollBack(2);
    expect(await instructionsOf(fixture.bus, await fixture.policy())).toEqual(['version 2 0']);
  });
  it('are bounded: the oldest go, with their agents', async () => {
    for (let n = 1; n <= policyVersionsMax + 3; n += 1) await fixture.putTenant({ displayName: `Acme ${n}` });
    const { versions, next } = await list({ limit: 100 });
    expect([versions.length, versions.at(-1)?.version, next]).toEqual([policyVersionsMax, 4, null]);
    expect(await fixture.agents.all(999)).toHaveLength(policyVersionsMax);
  });
  it('of a tenant that was put before versions were kept begin with the one in force', async () => {
    await fixture.putTenant();
    for (const { key } of await fixture.policyVersions.all(9)) await fixture.policyVersions.remove(key);
    const next = await fixture.start();
    expect(await list()).toMatchObject({ versions: [{ version: 1, actor: 'service:auth' }] });
    await next.stop();
  });
});

describe('a roll-back', () => {
  it('is a new version that equals the older one, with its agents, and leaves the kill switch engaged', async () => {
    await fixture.putTenant({ agents: agentsSaying('first', 2) });
    for (const n of [2, 3, 4]) await fixture.putTenant({ agents: agentsSaying(`later ${n}`, 1), displayName: 'Later' });
    await fixture.bus.ask(SetKillSwitch, { tenantId, engaged: true, actor: 'test' });
    expect(await rollBack(1, { ifVersion: 5 })).toEqual({ tenantId, version: 6 });
    const policy = await fixture.policy();
    expect(policy).toMatchObject({ version: 6, halted: true, displayName: 'Acme' });
    expect(await instructionsOf(fixture.bus, policy)).toEqual(['first 0', 'first 1']);
    expect(await fixture.bus.ask(DiffPolicyVersions, { tenantId, fromVersion: 1, toVersion: 6 })).toEqual({
      changes: [],
    });
    expect((await list()).versions[0]).toMatchObject({ version: 6, restores: 1, ...by });
  });
  it('keeps its agents whatever becomes of the version that it was taken from', async () => {
    await fixture.putTenant({ agents: agentsSaying('first', 1) });
    await fixture.putTenant();
    await rollBack(1);
    for (let n = 1; n <= policyVersionsMax; n += 1)
      await fixture.bus.ask(SetKillSwitch, { tenantId, engaged: n % 2 === 0, actor: 'test' });
    fixture.clock.advanceMs(40 * 86_400_000);
    expect(await instructionsOf(fixture.bus, await fixture.policy())).toEqual(['first 0']);
  });
  it('to a version that is not kept, or of another tenant, is refused and stands in the audit log', async () => {
    await fixture.putTenant();
    await fixture.bus.ask(PutTenant, { draft: { ...draft, tenantId: 'other' }, actor: 'test' });
    await fixture.bus.ask(PutTenant, { draft: { ...draft, tenantId: 'other' }, actor: 'test' });
    await expect(rollBack(2)).rejects.toMatchObject({ code: 'NOT_FOUND', answer: { issues: [{ path: 'version' }] } });
    const acts = fixture.bus.published().filter(({ type }) => type.includes('acted'));
    expect(acts.map(({ data }) => data)).toMatchObject([{ tenantId, action: 'policy.roll-back', outcome: 'refused' }]);
  });
  it('cannot be had by putting the set of an older version again', async () => {
    const agentSetId = randomUUID();
    await fixture.bus.ask(PutAgent, { tenantId, agentSetId, agent: agentsSaying('old', 1)[0] });
    const put = () =>
      fixture.bus.ask(PutTenant, { draft: { ...draft, agents: [{ agentId: 'a0' }] }, agentSetId, actor: 'test' });
    await put();
    for (let n = 0; n < 3; n += 1) await fixture.putTenant();
    await expect(put()).rejects.toMatchObject({ answer: { issues: [{ path: 'agentSetId' }] } });
  });
});

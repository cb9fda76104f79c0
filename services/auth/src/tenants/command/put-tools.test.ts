import { randomUUID } from 'node:crypto';
import {
  AgentDocument,
  agentKey,
  CreateSecret,
  CreateTenant,
  DiffPolicyVersions,
  PutAgent,
  PutTenant,
  RollBackPolicy,
  ShowAgent,
  ShowTenant,
  toldTool,
} from '@vox/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuthOnTwins, authOnTwins, draft, guide } from '../../auth.fixture.ts';

let fixture: AuthOnTwins;
beforeEach(async () => {
  fixture = await authOnTwins();
});
afterEach(() => fixture.close());

const parameters = { type: 'object', properties: { number: { type: 'string' } }, required: ['number'] };
const urlTemplate = 'https://api.shop.com/orders/{{args.number}}';
const http = { method: 'GET', urlTemplate, headers: { Authorization: 'Bearer {{secrets.SHOP_KEY}}' } };
const find = { kind: 'http_tool', name: 'find_order', description: 'Finds an order.', parameters, http } as const;
const page = { type: 'function', name: 'show_map', description: '', parameters: {} } as const;
const search = {
  ...{ kind: 'mcp_tool', name: 'search', description: 'Searches.', parameters, tool: 'search', pin: 'a'.repeat(64) },
  ...{ server: 'https://mcp.shop.com/mcp', limits: { callsPerSession: 3 }, costMicros: 200 },
} as const;
const link = { urlTemplate: 'https://pay.shop.com/{{args.number}}', label: 'Pay' };
const transfer = { kind: 'built_in', name: 'transfer_to_link', parameters, link } as const;
const consent = { kind: 'built_in', name: 'collect_consent', purpose: 'transcripts' } as const;
const every = [page, find, search, transfer, consent, { kind: 'built_in', name: 'end_call' }];

const agentsWith = (...tools: object[]) => [{ ...guide, tools }];
const refusing = (path: string, rule: string) => ({
  code: 'INVALID_REQUEST',
  answer: { issues: [{ path, message: expect.stringContaining(`(${rule})`) }] },
});

describe('the tools of an agent that is put', () => {
  it('are shown and published as they were put, of every kind, and are counted as the provider is told them', async () => {
    const { warnings } = await fixture.putTenant({ agents: agentsWith(...every) });
    expect(warnings).toContainEqual({
      ...{ path: 'agents.0.tools.0.parameters.type', message: 'must be "object" (bad-schema)' },
    });
    const { policy } = await fixture.bus.ask(ShowTenant, { tenantId: 'acme' });
    const { agentSetId } = policy;
    const { agent } = await fixture.bus.ask(ShowAgent, { tenantId: 'acme', agentSetId, agentId: 'guide' });
    expect(agent.tools).toMatchObject(every);
    // A function of the page is kept and published as it always was.
    expect(JSON.stringify(agent.tools[0])).toBe(JSON.stringify(page));
    const published = await fixture.bus.documents(AgentDocument).read(agentKey('acme', agentSetId, 'guide'));
    expect(published).toEqual(agent);
    const told = JSON.stringify(agent.tools.map(toldTool));
    expect(policy.agents[0]?.openingBytes).toBe(guide.instructions.length + Buffer.byteLength(told));
    expect(JSON.stringify(policy)).not.toMatch(/shop\.com|SHOP_KEY/);
  });
  it('are taken with a warning for each secret that they name, until the tenant has it', async () => {
    const keyed = { ...search, headers: { 'X-Key': '{{secrets.MCP_KEY}}' } };
    const put = async () =>
      (await fixture.putTenant({ agents: agentsWith({ ...page, parameters }, find, keyed) })).warnings;
    const missing = (path: string, name: string) => ({
      ...{ path, message: `names the secret ${name}, which the tenant does not have (no-such-secret)` },
    });
    expect(await put()).toEqual([missing('agents.0.tools.1', 'SHOP_KEY'), missing('agents.0.tools.2', 'MCP_KEY')]);
    const kept = { tenantId: 'acme', value: 'sk-shop-1', hosts: ['api.shop.com'], actor: 'test' };
    await fixture.bus.ask(CreateSecret, { ...kept, name: 'SHOP_KEY' });
    expect(await put()).toEqual([missing('agents.0.tools.2', 'MCP_KEY')]);
    await fixture.bus.ask(CreateSecret, { ...kept, name: 'MCP_KEY', hosts: ['mcp.shop.com'] });
    expect(await put()).toBeUndefined();
  });
  it.each([
    [{ ...find, http: { ...http, urlTemplate: 'http://api.shop.com/' } }, 'http.urlTemplate', 'insecure-url'],
    [
      { ...find, http: { ...http, headers: { 'X-Api-Key': 'hunter2hunter2' } } },
      'http.headers.X-Api-Key',
      'hard-coded',
    ],
    [{ ...search, server: 'https://10.0.0.1/mcp' }, 'server', 'private-host'],
    [
      { ...transfer, link: { ...link, urlTemplate: 'https://{{args.number}}/' } },
      'link.urlTemplate',
      'argument-in-host',
    ],
    [{ ...find, name: 'end_call' }, 'name', 'reserved-name'],
    [{ ...page, name: 'search' }, 'name', 'same-name'],
  ])(
    'refuse the draft where one breaks a rule of the linter, and the field is named: %j',
    async (tool, place, rule) => {
      const tools = [page, { ...search, name: rule === 'same-name' ? 'search' : 'other' }, tool];
      const path = `agents.0.tools.2.${place}`;
      const refused = {
        code: 'INVALID_REQUEST',
        answer: { issues: expect.arrayContaining([expect.objectContaining({ path })]) },
      };
      await expect(fixture.putTenant({ agents: agentsWith(...tools) })).rejects.toMatchObject(refused);
      await expect(
        fixture.bus.ask(CreateTenant, { draft: { ...draft, agents: agentsWith(...tools) }, actor: 'test' }),
      ).rejects.toMatchObject({
        answer: { issues: expect.arrayContaining([{ path, message: expect.stringContaining(rule) }]) },
      });
      expect(await fixture.policy()).toBeUndefined();
    },
  );
  it.each([
    [{ ...find, kind: 'shell' }, 'kind'],
    [{ ...find, http: { ...http, timeoutMs: 120_001 } }, 'http.timeoutMs'],
    [{ ...search, pin: 'x' }, 'pin'],
    [{ kind: 'built_in', name: 'format_disk' }, 'name'],
    [{ ...page, name: 'show map' }, 'name'],
    [{ ...find, limits: { callsPerMinute: 0 } }, 'limits.callsPerMinute'],
  ])('are held to their schema, and the field is named: %j', async (tool, place) => {
    await expect(fixture.putTenant({ agents: agentsWith(tool) })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: `agents.0.tools.0.${place}` }] },
    });
  });
  it('are linted in agents that were sent one by one too', async () => {
    const agentSetId = randomUUID();
    const agent = { ...guide, tools: [{ ...find, http: { ...http, urlTemplate: 'https://localhost/' } }] };
    await fixture.bus.ask(PutAgent, { tenantId: 'acme', agentSetId, agent });
    const sent = { ...draft, agents: [{ agentId: 'guide' }] };
    await expect(fixture.bus.ask(PutTenant, { draft: sent, agentSetId, actor: 'test' })).rejects.toMatchObject(
      refusing('agents.0.tools.0.http.urlTemplate', 'private-host'),
    );
  });
  it('are versioned with the policy: a roll-back brings them back, and a difference shows hashes of them and their longest time', async () => {
    await fixture.putTenant({ agents: agentsWith(find) });
    await fixture.putTenant({ agents: agentsWith({ ...find, http: { ...http, timeoutMs: 2_000 } }) });
    const { changes } = await fixture.bus.ask(DiffPolicyVersions, { tenantId: 'acme', fromVersion: 1, toVersion: 2 });
    expect(changes).toEqual([
      { path: '/agents/0/toolMs', before: 10_000, after: 2_000 },
      { path: '/agents/0/tools', before: expect.stringMatching(/^sha256:/), after: expect.stringMatching(/^sha256:/) },
    ]);
    await fixture.bus.ask(RollBackPolicy, { tenantId: 'acme', version: 1, actor: 'test' });
    const { agentSetId } = (await fixture.bus.ask(ShowTenant, { tenantId: 'acme' })).policy;
    const { agent } = await fixture.bus.ask(ShowAgent, { tenantId: 'acme', agentSetId, agentId: 'guide' });
    expect(agent.tools).toMatchObject([{ http: { timeoutMs: 10_000 } }]);
  });
  it('that have more faults than one message tells are refused with the first of them', async () => {
    const tools = Array.from({ length: 32 }, (_, n) => ({
      ...{
        ...find,
        name: `t${n}`,
        http: { ...http, urlTemplate: 'https://api.shop.com/{{env.a}}/{{env.b}}/{{env.c}}' },
      },
    }));
    const agents = Array.from({ length: 5 }, (_, n) => ({ ...guide, agentId: `a${n}`, tools }));
    await expect(fixture.putTenant({ agents })).rejects.toMatchObject({
      answer: { issues: expect.objectContaining({ length: 200 }) },
    });
  });
});

import { memoryBus } from '@vox/platform/bus';
import { somePolicy } from '@vox/testing';
import { expect, it } from 'vitest';
import { executeTool } from './execute-tool.ts';

const asked = { tenantId: 'acme', sessionId: '00000000-0000-4000-8000-000000000001', body: { name: 'find', args: {} } };

it.each([
  ['the longest tool of its tenant', [2_000, 20_000, undefined], 26_000],
  ['the broker’s own work where VOX runs no tool of its tenant', [undefined], 6_000],
])('A page that asks for a tool waits no longer for a broker that died than %s allows', async (_what, times, waits) => {
  const policy = somePolicy();
  const [agent] = policy.agents;
  const agents = times.map((toolMs) => ({ ...(agent as (typeof policy.agents)[number]), toolMs }));
  const waited: (number | undefined)[] = [];
  const bus = memoryBus();
  const ask: typeof bus.ask = async (_question, _request, options) => {
    waited.push(options?.timeoutMs);
    return { ok: true, result: null } as never;
  };
  await executeTool({ bus: { ask }, policies: { get: () => ({ ...policy, agents }) } })(asked as never);
  expect(waited).toEqual([waits]);
});

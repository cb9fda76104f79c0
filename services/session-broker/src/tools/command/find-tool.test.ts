import { type Agent, AgentDocument, agentKey } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { stoppedClock } from '@vox/platform/time';
import { someAgents, somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { someSession } from '../../calls/decide/session.fixture.ts';
import { agentReader } from '../../provider/command/read-agent.ts';
import { findOrder, s1 } from '../tools.fixture.ts';
import { findTool } from './find-tool.ts';

const clock = stoppedClock('2026-05-05T12:00:00.000Z');
const policy = somePolicy();
const begun = 'an-older-set';
const session = someSession({
  ...{ agentSetId: begun, grantedAtMs: clock.now().getTime(), endsAtMs: clock.now().getTime() + 900_000 },
  tenantId: policy.tenantId,
});

/** Finds the tool of a call that began with agents that its tenant has changed since. */
async function find({ isGone = false, isDown = false }) {
  const bus = memoryBus({ clock });
  const documents = bus.documents(AgentDocument);
  const [agent] = someAgents(policy);
  const put = (set: string, description: string) =>
    documents.put(agentKey(policy.tenantId, set, session.agentId), {
      ...(agent as Agent),
      tools: [findOrder({ description })],
    });
  await put(policy.agentSetId, 'The present one.');
  if (!isGone) await put(begun, 'The one of the call.');
  const reading = agentReader({
    documents: () =>
      ({
        ...documents,
        read: async (key: string) => {
          if (isDown && key.includes(begun)) throw new Fault('UNAVAILABLE');
          return documents.read(key);
        },
      }) as never,
  });
  const dependencies = { sessions: { read: async () => session }, policies: { get: () => policy } };
  return findTool(
    { ...dependencies, readAgent: reading, clock },
    {
      session: { tenantId: policy.tenantId, sessionId: s1 },
      ...{ name: 'find_order', args: {}, via: 'browser' },
    },
  );
}

describe('a tool of a call whose tenant has changed its agents', () => {
  it('is that of the agent with which the call began', async () => {
    expect(await find({})).toMatchObject({ kind: 'found', tool: { description: 'The one of the call.' } });
  });
  it('is that of the present agent once the document of the other is gone', async () => {
    expect(await find({ isGone: true })).toMatchObject({ kind: 'found', tool: { description: 'The present one.' } });
  });
  it('is not found, rather than taken from the present agent, while its document cannot be read', async () => {
    await expect(find({ isDown: true })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});

import { AgentDocument, agentKey } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { someAgents, somePolicy } from '@vox/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { agentReader } from './read-agent.ts';

const policy = somePolicy();
const [agent] = someAgents(policy);
if (agent === undefined) throw new Error('a policy without agents');
const bus = memoryBus();
const documents = bus.documents(AgentDocument);
const key = (agentId: string) => agentKey(policy.tenantId, policy.agentSetId, agentId);

describe('reading an agent', () => {
  afterEach(() => documents.remove(key('guide')));

  it('asks the bus for an agent once, and again when others have taken its place in memory', async () => {
    let reads = 0;
    const counting = {
      documents: (kind: Parameters<typeof bus.documents>[0]) => {
        const all = bus.documents(kind);
        return {
          ...all,
          read: (key: string) => {
            reads += 1;
            return all.read(key);
          },
        };
      },
    } as Pick<typeof bus, 'documents'>;
    for (const agentId of ['one', 'two', 'three']) await documents.put(key(agentId), { ...agent, agentId });
    const size = JSON.stringify({ ...agent, agentId: 'three' }).length;
    const read = agentReader(counting, 2 * size);
    for (const agentId of ['one', 'one', 'two', 'one']) expect(await read(policy, agentId)).toMatchObject({ agentId });
    expect(reads).toBe(2);
    await read(policy, 'three');
    await read(policy, 'one');
    expect(reads).toBe(3);
    await read(policy, 'two');
    expect(reads).toBe(4);
  });
  it('fails as unavailable while the document of an agent is missing, so that the request comes again', async () => {
    const read = agentReader(bus);
    await expect(read(policy, 'guide')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await documents.put(key('guide'), agent);
    expect(await read(policy, 'guide')).toEqual(agent);
  });
});

import { type Agent, AgentDocument, agentKey, type Policy } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';

/** What the provider is told for one agent of a policy. Throws Fault UNAVAILABLE while it is not to be had. */
export type AgentOf = (policy: Pick<Policy, 'tenantId' | 'agentSetId'>, agentId: string) => Promise<Agent>;

/** So much of what was read last stays in memory, in characters. */
const standardChars = 32 * 1024 ** 2;

/** Reads agents when a call needs them and keeps the ones that were used last: a document of an agent never changes. */
export function agentReader(bus: Pick<Bus, 'documents'>, charsMax = standardChars): AgentOf {
  const documents = bus.documents(AgentDocument);
  const kept = new Map<string, Readonly<{ agent: Agent; chars: number }>>();
  let chars = 0;
  const forget = (key: string): void => {
    chars -= kept.get(key)?.chars ?? 0;
    kept.delete(key);
  };
  return async ({ tenantId, agentSetId }, agentId) => {
    const key = agentKey(tenantId, agentSetId, agentId);
    const agent = kept.get(key)?.agent ?? (await documents.read(key));
    // It stands there before a policy names it, and goes after the policy: a newer one is on its way.
    if (agent === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new Error('no document of this agent') });
    const size = kept.get(key)?.chars ?? JSON.stringify(agent).length;
    forget(key);
    kept.set(key, { agent, chars: size });
    chars += size;
    for (const oldest of kept.keys()) {
      if (chars <= charsMax || oldest === key) break;
      forget(oldest);
    }
    return agent;
  };
}

import { type Agent, AgentDocument, agentKey, type Policy } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';

/** Reads what the provider is told for one agent of a policy. Throws Fault UNAVAILABLE while there is no document. */
export type ReadAgent = (policy: Pick<Policy, 'tenantId' | 'agentSetId'>, agentId: string) => Promise<Agent>;

/** There is no document of an agent: it is on its way, or gone. */
class NoDocument extends Error {}

/** Whether an agent was not read because it has no document, and not because nobody could look. */
export const hasNoDocument = (error: unknown): boolean => error instanceof Fault && error.cause instanceof NoDocument;

/** How much stays in memory, in characters. */
const standardChars = 32 * 1024 ** 2;

/** Reads agents when a call needs them and keeps those that were used last: an agent's document never changes. */
export function agentReader(bus: Pick<Bus, 'documents'>, charsMax = standardChars): ReadAgent {
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
    // The document is put before a policy names it and removed after the policy: a newer policy is on its way.
    if (agent === undefined) throw new Fault('UNAVAILABLE', {}, { cause: new NoDocument('no document of this agent') });
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

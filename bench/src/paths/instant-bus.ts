import { encodeFact, type SessionDecision, SessionRequested } from '@vox/contracts';
import { type Bus, type MemoryBus, memoryBus } from '@vox/platform/bus';
import type { z } from 'zod';

type Granted = Omit<Extract<z.infer<typeof SessionDecision>, { kind: 'granted' }>, 'kind' | 'sessionId'>;

/**
 * The in-memory bus, but every request for a session is granted at once. The asker does its own work as on any bus: it
 * encodes the fact, and parses the decision from bytes. Nobody else does any: no stream keeps the fact, no consumer
 * reads it.
 */
export function instantBus(granted: Granted): Bus {
  const bus: MemoryBus = memoryBus();
  const rest = JSON.stringify({ kind: 'granted', ...granted }).slice(1);
  const publish: Bus['publish'] = async (kind, fact, options) => {
    if ((kind as object) !== SessionRequested) return bus.publish(kind, fact, options);
    encodeFact(fact);
    const { sessionId } = fact.data as { sessionId: string };
    setImmediate(() => bus.deliver(options?.replyTo ?? '', Buffer.from(`{"sessionId":"${sessionId}",${rest}`)));
    return { duplicate: false };
  };
  return { ...bus, publish };
}

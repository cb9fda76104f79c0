import { Fault, Reason } from '@vox/platform/fault';

/** Does the work of a tenant, unless too much of that tenant's work waits already. */
export type Bulkhead = <T>(tenantId: string, work: () => Promise<T>) => Promise<T>;

/**
 * Lets `waitingMax` requests of one tenant wait at once in this copy, and refuses the next at once: what one tenant's
 * visitors ask behind it would come too late for themselves, and keep every other tenant waiting. Throws Fault
 * UNAVAILABLE.
 */
export function bulkhead(waitingMax: number): Bulkhead {
  const waiting = new Map<string, number>();
  return async (tenantId, work) => {
    const before = waiting.get(tenantId) ?? 0;
    if (before >= waitingMax)
      throw new Fault('UNAVAILABLE', {}, { cause: new Reason('too many of this tenant wait already') });
    waiting.set(tenantId, before + 1);
    try {
      return await work();
    } finally {
      const left = (waiting.get(tenantId) ?? 1) - 1;
      if (left === 0) waiting.delete(tenantId);
      else waiting.set(tenantId, left);
    }
  };
}

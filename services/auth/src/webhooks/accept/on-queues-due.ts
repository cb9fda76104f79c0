import type { Log } from '@vox/platform/telemetry';
import { publishBook } from '../command/change-endpoints.ts';
import { type WorkQueueDependencies, workQueue } from '../command/work-queue.ts';
import type { Endpoints } from '../keep/endpoints.ts';
import type { Queues } from '../keep/queues.ts';

export type OnQueuesDueDependencies = WorkQueueDependencies &
  Readonly<{
    queues: Pick<Queues, 'update' | 'due'>;
    endpoints: Pick<Endpoints, 'read' | 'update' | 'due'>;
    log: Pick<Log, 'warn'>;
  }>;

export type QueueWorker = Readonly<{ onQueuesDue: () => Promise<void>; stop: () => Promise<void> }>;

/** So many endpoints are worked at by one copy, and so many of one tenant. */
const endpointsMax = 64;
const endpointsPerTenantMax = 4;
const page = 256;
/** A copy that stops does not wait for a receiver: what it leaves is sent by another when its lease has ended. */
const stopMs = 2_000;

/** Works at every endpoint of which something is due, several at once. A slow one takes one place and no more. */
export function queueWorker(dependencies: OnQueuesDueDependencies): QueueWorker {
  const { queues, endpoints, clock, uuid, log } = dependencies;
  const by = uuid();
  const working = new Map<string, Readonly<{ tenantId: string; done: Promise<void> }>>();
  let isStopping = false;
  const isFull = (tenantId: string): boolean =>
    [...working.values()].filter((each) => each.tenantId === tenantId).length >= endpointsPerTenantMax;
  const begin = (key: string, whose: Readonly<{ tenantId: string; endpointId: string }>): void => {
    const done = workQueue(dependencies, whose, by)
      .catch((error: unknown) => {
        if (!isStopping) log.warn({ error, tenantId: whose.tenantId }, 'a webhook endpoint will be tried again');
      })
      .finally(() => working.delete(key));
    working.set(key, { tenantId: whose.tenantId, done });
  };
  return {
    async onQueuesDue() {
      const nowMs = clock.now().getTime();
      for (const { state } of await endpoints.due(nowMs, page)) await publishBook(dependencies, state);
      for (const { key, state } of await queues.due(nowMs, page)) {
        if (isStopping || working.size >= endpointsMax) return;
        if (!working.has(key) && !isFull(state.tenantId)) begin(key, state);
      }
    },
    async stop() {
      isStopping = true;
      const all = Promise.all([...working.values()].map(({ done }) => done));
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => {
        timer = setTimeout(resolve, stopMs);
      });
      await Promise.race([all, late]).finally(() => clearTimeout(timer));
    },
  };
}

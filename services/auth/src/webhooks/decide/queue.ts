/** When an endpoint is worked at, and by whom. A document for each endpoint that something waits for. */
export type Queue = Readonly<{
  tenantId: string;
  endpointId: string;
  /** When something of it is due. */
  dueAtMs: number;
  /** An endpoint that failed is left alone for a while, whatever comes in. */
  restUntilMs: number;
  /** Rounds in a row in which everything failed. */
  failures: number;
  /** `rings` is what the queue had heard when its holder looked last. */
  lease: Readonly<{ by: string; untilMs: number; rings: number }> | null;
  /** Grows with each delivery that comes in: whoever works at the queue sees that it has changed. */
  rings: number;
}>;

/** Longer than any round of tries. */
export const leaseMs = 60_000;
const restMs = 2_000;
const restMaxMs = 300_000;

export const queueDueAtMs = ({ dueAtMs, restUntilMs, lease }: Queue): number =>
  Math.max(dueAtMs, restUntilMs, lease?.untilMs ?? 0);

/** A queue that something has come into. */
export const rung = (known: Queue | undefined, whose: Pick<Queue, 'tenantId' | 'endpointId'>, nowMs: number): Queue =>
  known === undefined
    ? { ...whose, dueAtMs: nowMs, restUntilMs: 0, failures: 0, lease: null, rings: 1 }
    : { ...known, dueAtMs: Math.min(known.dueAtMs, nowMs), rings: known.rings + 1 };

/** A queue that somebody asked for by hand: it rests no longer. */
export const awake = (queue: Queue): Queue => ({ ...queue, restUntilMs: 0, failures: 0 });

/** A queue that somebody works at, or undefined while another does or nothing is due. */
export function leased(queue: Queue | undefined, by: string, nowMs: number): Queue | undefined {
  if (queue === undefined) return undefined;
  const isMine = queue.lease?.by === by;
  if (!isMine && queueDueAtMs(queue) > nowMs) return undefined;
  return { ...queue, lease: { by, untilMs: nowMs + leaseMs, rings: queue.rings } };
}

export type Round = 'well' | 'failing';

/**
 * A queue after its rounds: free for anybody, at rest if the last round failed. What rang since its holder looked last
 * may be more than a delivery, such as a removal, so it is looked at again.
 */
export function released(queue: Queue, dueAtMs: number, round: Round | undefined, nowMs: number): Queue {
  const hasRung = queue.rings !== queue.lease?.rings;
  const free = { ...queue, dueAtMs: hasRung ? Math.min(dueAtMs, nowMs) : dueAtMs, lease: null };
  if (round === undefined) return free;
  if (round === 'well') return { ...free, failures: 0, restUntilMs: 0 };
  const failures = queue.failures + 1;
  return { ...free, failures, restUntilMs: nowMs + Math.min(restMaxMs, restMs * 2 ** Math.min(failures - 1, 10)) };
}

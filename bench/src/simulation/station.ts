import { type Times, times } from './times.ts';

/**
 * Where work waits and is done. `pooled`: any server takes the next, as copies pull from one consumer. Otherwise each
 * server has a queue of its own and work falls to one of them by chance, as an ingress or a hash parts it.
 */
export type StationKind = Readonly<{ name: string; servers: number; pooled: boolean }>;

export type StationObserved = Readonly<{
  arrived: number;
  left: number;
  perSecond: number;
  /** Share of the servers' time that the work that came asks for. Above 1 the queues grow without end. */
  utilisation: number;
  meanWaitMs: number;
  p50WaitMs: number;
  p99WaitMs: number;
  /** Pieces of work that wait or are served, averaged over time; and by Little's law: rate times mean stay. */
  inside: number;
  insideByLittle: number;
}>;

export type Station = StationKind &
  Readonly<{
    /** Takes work that comes now and answers when it will be done. `share` chooses among queues: 0 to below 1. */
    serve: (now: number, serviceMs: number, share: number) => number;
    /** Work that `serve` took is done now. */
    leave: (now: number) => void;
    /** Forgets what was observed. The queues stay as they are. */
    observeFrom: (now: number) => void;
    observed: (now: number) => StationObserved;
  }>;

const fresh = (now: number) => ({ since: now, last: now, arrived: 0, left: 0, busyMs: 0, stayMs: 0, areaMs: 0 });

/**
 * First come, first served. Work comes in the order of time, so the next free moment of each server is all it keeps.
 */
export function station({ name, servers, pooled }: StationKind): Station {
  const freeAt = new Float64Array(servers);
  let inside = 0;
  let seen = fresh(0);
  let waits: Times = times();

  function serverFor(share: number): number {
    if (!pooled) return Math.min(servers - 1, Math.floor(share * servers));
    let best = 0;
    for (let at = 1; at < servers; at += 1) if ((freeAt[at] ?? 0) < (freeAt[best] ?? 0)) best = at;
    return best;
  }
  const pass = (now: number): void => {
    seen.areaMs += inside * (now - seen.last);
    seen.last = now;
  };
  return {
    ...{ name, servers, pooled },
    serve(now, serviceMs, share) {
      pass(now);
      inside += 1;
      const server = serverFor(share);
      const begins = Math.max(now, freeAt[server] ?? 0);
      const done = begins + serviceMs;
      freeAt[server] = done;
      seen.arrived += 1;
      seen.busyMs += serviceMs;
      seen.stayMs += done - now;
      waits.add(begins - now);
      return done;
    },
    leave(now) {
      pass(now);
      inside -= 1;
      seen.left += 1;
    },
    observeFrom(now) {
      seen = fresh(now);
      waits = times();
    },
    observed(now) {
      pass(now);
      const { since, arrived, left, busyMs, stayMs, areaMs } = seen;
      const spanMs = now - since;
      return {
        ...{ arrived, left, perSecond: (1_000 * arrived) / spanMs, utilisation: busyMs / (servers * spanMs) },
        ...{ meanWaitMs: waits.mean(), p50WaitMs: waits.percentile(50), p99WaitMs: waits.percentile(99) },
        ...{ inside: areaMs / spanMs, insideByLittle: stayMs / spanMs },
      };
    },
  };
}

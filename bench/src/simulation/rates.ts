import type { Assumed } from './assumed.ts';
import { meanCallSeconds } from './people.ts';
import type { StationKind } from './station.ts';
import { demandOf, type EventName, eventNames, type Works } from './work.ts';

const secondsPerDay = 86_400;

/** Events a second, reckoned and not simulated, as docs/scaling.md reckons them. */
export function ratesOf(assumed: Assumed): Readonly<Record<EventName, number>> {
  const { openCalls, tenants, heartbeatSeconds, answerSeconds } = assumed;
  const calls = openCalls / meanCallSeconds(assumed);
  return {
    page: calls * assumed.pagesPerCall,
    refused: calls * assumed.refusedPerCall,
    start: calls,
    heartbeat: openCalls / heartbeatSeconds,
    answer: openCalls / answerSeconds,
    words: openCalls / answerSeconds,
    end: calls,
    final: calls,
    change: (tenants * assumed.policyChangesPerTenantDay) / secondsPerDay,
    revocation: (tenants * assumed.revocationsPerTenantDay) / secondsPerDay,
    erasure: calls * assumed.erasuresPerCall,
  };
}

/** Servers of each station that are busy all the time, on average. */
export function busyServers(works: Works, rates: Readonly<Record<EventName, number>>): ReadonlyMap<string, number> {
  const busy = new Map<string, number>();
  for (const event of eventNames)
    for (const [station, ms] of demandOf(works[event]))
      busy.set(station, (busy.get(station) ?? 0) + (rates[event] * ms) / 1_000);
  return busy;
}

/** What stands for as many copies, shards and streams as the load asks for. `copiesOf` says how many copies bear it. */
export function stationsFor(
  busy: ReadonlyMap<string, number>,
  copiesOf: (station: string, busyServers: number) => number,
  isPooled: (station: string) => boolean,
): StationKind[] {
  return [...busy].map(([name, amount]) => ({ name, servers: copiesOf(name, amount), pooled: isPooled(name) }));
}

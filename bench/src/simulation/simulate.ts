import type { Assumed } from './assumed.ts';
import { chance as chanceOf } from './chance.ts';
import { due } from './due.ts';
import { type StationKind, type StationObserved, station } from './station.ts';
import { type Times, times } from './times.ts';
import { type OpenCalls, visitors } from './visitors.ts';
import { type EventName, eventNames, type Visit, type Works } from './work.ts';

export type Simulated = Readonly<{
  stations: Readonly<Record<string, StationObserved & Readonly<{ servers: number }>>>;
  events: Readonly<Record<EventName, Readonly<{ begun: number; done: number; p50Ms: number; p99Ms: number }>>>;
  openCalls: OpenCalls;
  /** Pieces of work that had begun before the end and were not done by then. */
  underWay: number;
}>;

export type Run = Readonly<{
  assumed: Assumed;
  works: Works;
  stations: readonly StationKind[];
  warmUpSeconds: number;
  seconds: number;
}>;

/** A discrete-event simulation. Everything is drawn from the seed, so that the same run gives the same figures. */
export function simulate({ assumed, works, stations: kinds, warmUpSeconds, seconds }: Run): Simulated {
  const chance = chanceOf(assumed.seed);
  const todo = due<() => void>();
  const stations = new Map(kinds.map((kind) => [kind.name, station(kind)]));
  const [fromMs, toMs] = [1_000 * warmUpSeconds, 1_000 * (warmUpSeconds + seconds)];
  let now = 0;
  let underWay = 0;
  const seen = Object.fromEntries(eventNames.map((name) => [name, { begun: 0, done: 0, answered: times() }])) as Record<
    EventName,
    { begun: number; done: number; answered: Times }
  >;
  const after = (ms: number, what: () => void): void => todo.add(now + ms, what);

  /** Goes through the visits one after the other, then does what follows. */
  function go(visits: readonly Visit[], then: () => void): void {
    const path = visits.flatMap((visit) => Array.from({ length: chance.count(visit.visits) }, () => visit));
    const next = (at: number): void => {
      const visit = path[at];
      if (visit === undefined) {
        then();
        return;
      }
      const where = stations.get(visit.station);
      if (where === undefined) throw new RangeError(`there is no station ${visit.station}`);
      todo.add(where.serve(now, chance.exponential(visit.ms), chance.share()), () => {
        where.leave(now);
        next(at + 1);
      });
    };
    next(0);
  }
  function begin(name: EventName): void {
    const { first, later, facts, fact } = works[name];
    const of = seen[name];
    const isSeen = now >= fromMs;
    const begunAt = now;
    if (isSeen) of.begun += 1;
    underWay += 1;
    go(first, () => {
      if (isSeen) of.answered.add(now - begunAt);
      let left = 1;
      const done = (): void => {
        left -= 1;
        if (left > 0) return;
        underWay -= 1;
        if (isSeen) of.done += 1;
      };
      const count = chance.count(facts);
      left += count;
      for (let n = 0; n < count; n += 1) go(fact, done);
      go(later, done);
    });
  }

  const people = visitors(assumed, chance, { now: () => now, begin, after });
  people.come();
  const stop = { isOver: false };
  todo.add(fromMs, () => {
    for (const each of stations.values()) each.observeFrom(now);
    people.observeFrom();
  });
  todo.add(toMs, () => {
    stop.isOver = true;
  });
  while (!stop.isOver) {
    const next = todo.take();
    if (next === undefined) break;
    now = next.at;
    next.what();
  }
  return {
    stations: Object.fromEntries(
      [...stations.values()].map((each) => [each.name, { servers: each.servers, ...each.observed(now) }]),
    ),
    events: Object.fromEntries(
      eventNames.map((name) => {
        const { begun, done, answered } = seen[name];
        return [name, { begun, done, p50Ms: answered.percentile(50), p99Ms: answered.percentile(99) }];
      }),
    ) as Simulated['events'],
    openCalls: people.observed(),
    underWay,
  };
}

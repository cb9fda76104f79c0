/** A part of a piece of work: how often a station is visited, and for how long each time on average. */
export type Visit = Readonly<{ station: string; visits: number; ms: number }>;

/**
 * What one event asks of the stations. `first` is what whoever asks waits for, in that order; `later` comes after the
 * answer. Each of `facts` goes its own way through `fact`.
 */
export type Work = Readonly<{
  first: readonly Visit[];
  later: readonly Visit[];
  facts: number;
  fact: readonly Visit[];
}>;

export const eventNames = [
  ...(['page', 'refused', 'start', 'heartbeat', 'answer', 'words', 'end'] as const),
  ...(['final', 'change', 'revocation', 'erasure'] as const),
] as const;
export type EventName = (typeof eventNames)[number];
export type Works = Readonly<Record<EventName, Work>>;

/** Milliseconds that one event keeps the servers of each station busy, on average. */
export function demandOf({ first, later, facts, fact }: Work): ReadonlyMap<string, number> {
  const demand = new Map<string, number>();
  const add = (visits: readonly Visit[], times: number): void => {
    for (const { station, visits: count, ms } of visits)
      demand.set(station, (demand.get(station) ?? 0) + times * count * ms);
  };
  add([...first, ...later], 1);
  add(fact, facts);
  return demand;
}

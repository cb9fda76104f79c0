/** Repeatable chance: the same seed draws the same. */
export type Draw = Readonly<{
  /** A whole number from 0 to less than `below`. */
  below: (below: number) => number;
  of: <T>(from: readonly T[]) => T;
  chance: (share: number) => boolean;
  digits: (count: number) => string;
}>;

/** mulberry32: 32 bits of state, good enough to choose sentences. */
export function draw(seed: number): Draw {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    of: (from) => {
      const chosen = from[below(from.length)];
      if (chosen === undefined) throw new RangeError('nothing to choose from');
      return chosen;
    },
    chance: (share) => next() < share,
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
  };
}

import { draw } from '../corpus/draw.ts';

/** Repeatable chance for a model: the same seed draws the same. */
export type Chance = Readonly<{
  /** Above 0 and below 1. */
  share: () => number;
  exponential: (mean: number) => number;
  /** `spread` is the standard deviation of the logarithm. */
  logNormal: (median: number, spread: number) => number;
  /** A whole number that is `mean` on average: the one below it or the one above. */
  count: (mean: number) => number;
}>;

export function chance(seed: number): Chance {
  const { below } = draw(seed);
  const share = (): number => (below(2 ** 32) + 0.5) / 2 ** 32;
  const normal = (): number => Math.sqrt(-2 * Math.log(share())) * Math.cos(2 * Math.PI * share());
  return {
    share,
    exponential: (mean) => -mean * Math.log(share()),
    logNormal: (median, spread) => median * Math.exp(spread * normal()),
    count: (mean) => Math.floor(mean) + (share() < mean % 1 ? 1 : 0),
  };
}

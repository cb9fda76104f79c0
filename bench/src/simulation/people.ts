import type { Assumed } from './assumed.ts';
import type { Chance } from './chance.ts';

/** Shares of tenants by rank, the largest first. */
export type Sizes = Readonly<{
  shareOf: (rank: number) => number;
  /** Share of all calls of the first so many. */
  shareOfFirst: (count: number) => number;
  /** The rank (from 0) of a tenant drawn by its size. */
  drawn: (chance: Chance) => number;
}>;

export function tenantSizes({ tenants, tenantExponent }: Pick<Assumed, 'tenants' | 'tenantExponent'>): Sizes {
  const upTo = new Float64Array(tenants);
  let sum = 0;
  for (let rank = 0; rank < tenants; rank += 1) {
    sum += (rank + 1) ** -tenantExponent;
    upTo[rank] = sum;
  }
  const shareOfFirst = (count: number): number => (upTo[Math.min(count, tenants) - 1] ?? 0) / sum;
  return {
    shareOfFirst,
    shareOf: (rank) => (rank + 1) ** -tenantExponent / sum,
    drawn(chance) {
      const wanted = chance.share() * sum;
      let [low, high] = [0, tenants - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((upTo[middle] ?? 0) < wanted) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

type OfCalls = Pick<Assumed, 'callMedianSeconds' | 'callSpread' | 'callMaxSeconds'>;

export const callSeconds = (chance: Chance, { callMedianSeconds, callSpread, callMaxSeconds }: OfCalls): number =>
  Math.min(callMaxSeconds, chance.logNormal(callMedianSeconds, callSpread));

const steps = 20_000;
const widest = 8;

/** Mean length of a call, by numerical integration. */
export function meanCallSeconds({ callMedianSeconds, callSpread, callMaxSeconds }: OfCalls): number {
  let [sum, weight] = [0, 0];
  for (let step = 0; step <= steps; step += 1) {
    const z = -widest + (2 * widest * step) / steps;
    const density = Math.exp((-z * z) / 2);
    sum += density * Math.min(callMaxSeconds, callMedianSeconds * Math.exp(callSpread * z));
    weight += density;
  }
  return sum / weight;
}

/** What is left of a call that is found open at some moment: long calls are found more often. */
export function secondsLeft(chance: Chance, of: OfCalls): number {
  for (;;) {
    const whole = callSeconds(chance, of);
    if (chance.share() * of.callMaxSeconds < whole) return chance.share() * whole;
  }
}

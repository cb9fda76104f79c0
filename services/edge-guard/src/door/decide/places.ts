/** How many places there are, and how many of them one holder has at most. */
export type PlaceLimits = Readonly<{ all: number; each: number }>;
export type Place = Readonly<{ leave: () => void }> | 'all-taken' | 'holder-has-enough';

/**
 * No holder has more than a tenth of the places, so that ten of them must come together to take all; and none fewer
 * than eight.
 */
export const eachOf = (all: number, most: number): number => Math.max(8, Math.min(most, Math.floor(all / 10)));

/** Places that holders take and leave. Whoever has left everything is forgotten. */
export function placesOf({ all, each }: PlaceLimits) {
  const held = new Map<string, number>();
  let taken = 0;
  const leave = (holder: string): void => {
    const left = (held.get(holder) ?? 1) - 1;
    if (left === 0) held.delete(holder);
    else held.set(holder, left);
    taken -= 1;
  };
  return {
    take(holder: string): Place {
      const before = held.get(holder) ?? 0;
      if (before >= each) return 'holder-has-enough';
      if (taken >= all) return 'all-taken';
      held.set(holder, before + 1);
      taken += 1;
      let isIn = true;
      return {
        leave: () => {
          if (isIn) leave(holder);
          isIn = false;
        },
      };
    },
    count: (): Readonly<{ taken: number; holders: number }> => ({ taken, holders: held.size }),
  };
}

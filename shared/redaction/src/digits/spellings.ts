import type { Run } from './run.ts';
import { Lattice } from './walk.ts';

/** Items that may be said for one digit: “double five”. */
export const itemsPerDigit = 2;

/** Every way to write a run’s digits, none longer than `most`; nothing if the run is longer. */
export function spellings(run: Run, most: number): string[] {
  if (run.items.length > most * itemsPerDigit) return [];
  const lattice = new Lattice(run);
  const ways = new Map<number, Set<string>>([[0, new Set([''])]]);
  for (let item = 0; item < run.items.length; item += 1)
    for (const { digits, next } of lattice.at(item))
      for (const before of ways.get(item) ?? [])
        if (before.length + digits.length <= most)
          ways.set(next, (ways.get(next) ?? new Set<string>()).add(before + digits));
  return [...(ways.get(run.items.length) ?? [])];
}

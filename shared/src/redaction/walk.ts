import { advance, isCard, isOpen, type Path } from './path.ts';
import { type Reading, readings } from './readings.ts';
import { endOf, type Run, startOf } from './run.ts';

export type Span = Readonly<{ message: number; start: number; end: number }>;
/** A card found within a run: its last digits are kept only where the policy keeps them. */
export type Hit = Readonly<{ start: number; end: number; lastFour: string }>;
/** A way that reached the run’s end with no card yet. */
export type Leaving = Readonly<{ start: number; path: Path }>;

const keyOf = (at: number, { prefix, lengths, count, even, odd }: Path): string =>
  `${at} ${lengths === 0 ? prefix : lengths} ${count} ${even}${odd}`;

/** Readings of a run, looked up once. Counts the steps taken, so that a test can hold their growth. */
export class Lattice {
  readonly run: Run;
  steps = 0;
  #readings: (readonly Reading[])[] = [];
  constructor(run: Run) {
    this.run = run;
  }
  at(item: number): readonly Reading[] {
    return (this.#readings[item] ??= readings(this.run, item));
  }
  /** The most digits that the run can mean, up to `enough`. */
  digitsMost(enough: number): number {
    let [most, at] = [0, 0];
    while (at < this.run.items.length && most < enough) {
      const word = this.run.items[at];
      most +=
        word?.as === 'digits' ? word.digits.length : Math.max(0, ...this.at(at).map(({ digits }) => digits.length));
      at += 1;
    }
    return most;
  }
}

/**
 * Follows every reading of a run from one item on. States that two readings share are followed once, and no path is
 * longer than the longest card, so that the work grows with the run and not with its readings.
 */
export function walk(lattice: Lattice, item: number, from: Path): { hits: Hit[]; leaving: Leaving[] } {
  const { items } = lattice.run;
  const start = items[item]?.start ?? startOf(lattice.run);
  const hits: Hit[] = [];
  const leaving: Leaving[] = [];
  const seen = new Set<string>();
  const ways: { at: number; path: Path; tail: string }[] = [{ at: item, path: from, tail: '' }];
  for (let way = ways.pop(); way !== undefined; way = ways.pop()) {
    for (const { digits, next } of lattice.at(way.at)) {
      lattice.steps += 1;
      if (digits === '' && way.path.count === 0) continue;
      const path = advance(way.path, digits);
      if (path === undefined || seen.has(keyOf(next, path))) continue;
      seen.add(keyOf(next, path));
      const tail = (way.tail + digits).slice(-4);
      const end = items[next - 1]?.end ?? endOf(lattice.run);
      if (digits !== '' && isCard(path)) hits.push({ start, end, lastFour: tail });
      if (!isOpen(path)) continue;
      if (next < items.length) ways.push({ at: next, path, tail });
      else leaving.push({ start, path });
    }
  }
  return { hits, leaving };
}

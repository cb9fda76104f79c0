import { headOf } from './cardinals.ts';
import { advance, isCard, isOpen, type Path, start } from './path.ts';
import { type Reading, readings } from './readings.ts';
import type { Run } from './run.ts';

export type Span = Readonly<{ message: number; start: number; end: number }>;
/** Where a way began: in this run, or, with an entry, in an earlier part. */
export type Source<E> = Readonly<{ start: number; entry?: E }>;
/** A card found within a run. */
export type Hit<E> = Readonly<{ sources: readonly Source<E>[]; end: number; lastFour: string }>;
/** A way that reached the run’s end with no card yet. */
export type Leaving<E> = Readonly<{ sources: readonly Source<E>[]; path: Path }>;
export type Walked<E> = Readonly<{
  hits: readonly Hit<E>[];
  leaving: readonly Leaving<E>[];
  /** Ways that ended with the run, with a card's length for their issuer but a wrong check digit. */
  missed: readonly Leaving<E>[];
  steps: number;
  /** Too many meanings to follow them all. */
  lost: boolean;
}>;

type State<E> = { readonly path: Path; readonly tail: string; first: number; entries: Set<E> | undefined };

/**
 * Steps that a run may take, and more for each of its items. Speech takes a tenth of it; only a text made to be
 * ambiguous takes more.
 */
const stepsFree = 4_000;
const stepsPerItem = 100;
const nowhere = Number.POSITIVE_INFINITY;

/** Paths that differ in nothing the next digit asks have one key. */
const keyOf = ({ prefix, lengths, count, even, odd }: Path): number =>
  (((lengths === 0 ? 128 + Number(`1${prefix}`) : lengths) * 20 + count) * 10 + even) * 10 + odd;

/** Readings of a run, looked up once. */
export class Lattice {
  readonly run: Run;
  readonly #readings: (readonly Reading[])[] = [];
  constructor(run: Run) {
    this.run = run;
  }
  at(item: number): readonly Reading[] {
    this.#readings[item] ??= readings(this.run, item);
    return this.#readings[item];
  }
  /** The most digits that the run can mean, up to `enough`. */
  digitsMost(enough: number): number {
    const { length } = this.run.items;
    const upTo: number[] = [0];
    for (let at = 0; at < length; at += 1) {
      const before = upTo[at];
      if (before === undefined) continue;
      if (before >= enough) return before;
      for (const { digits, next } of this.at(at)) upTo[next] = Math.max(upTo[next] ?? 0, before + digits.length);
    }
    return upTo[length] ?? upTo.reduce((most, each) => Math.max(most, each), 0);
  }
}

/**
 * Follows every reading of a run at once, from each of its items, and from the open entries at the first item. Equal
 * ways are followed as one, and none is longer than the longest card, so that the work grows with the run and not with
 * its readings.
 */
export function walk<E extends Path>(lattice: Lattice, entries: readonly E[]): Walked<E> {
  const { items } = lattice.run;
  const columns: Map<number, State<E>>[] = [];
  const hits: Hit<E>[] = [];
  const missed: Leaving<E>[] = [];
  let steps = 0;
  const reach = (column: number, path: Path, tail: string, from: Pick<State<E>, 'first' | 'entries'>): void => {
    columns[column] ??= new Map();
    const key = keyOf(path);
    const same = columns[column].get(key) ?? { path, tail, first: nowhere, entries: undefined };
    columns[column].set(key, same);
    same.first = Math.min(same.first, from.first);
    if (from.entries !== undefined) same.entries = new Set([...(same.entries ?? []), ...from.entries]);
  };
  const sourcesOf = ({ first, entries: earlier }: State<E>): Source<E>[] => [
    ...(first === nowhere ? [] : [{ start: first }]),
    ...Array.from(earlier ?? [], (entry) => ({ start: items[0]?.start ?? 0, entry })),
  ];
  const step = (state: State<E>, { digits, next }: Reading): void => {
    steps += 1;
    const path = advance(state.path, digits);
    if (path === undefined) return;
    const tail = (state.tail + digits).slice(-4);
    if (digits !== '' && isCard(path))
      hits.push({ sources: sourcesOf(state), end: items[next - 1]?.end ?? 0, lastFour: tail });
    if (isOpen(path)) reach(next, path, tail, state);
    else if (next === items.length && !isCard(path)) missed.push({ path, sources: sourcesOf(state) });
  };
  for (const entry of entries) reach(0, entry, '', { first: nowhere, entries: new Set([entry]) });
  for (const [at, item] of items.entries()) {
    const first = items[headOf(lattice.run, at)]?.start ?? item.start;
    const fresh: State<E> = { path: start, tail: '', first, entries: undefined };
    for (const reading of lattice.at(at)) {
      for (const state of columns[at]?.values() ?? []) step(state, reading);
      if (reading.digits !== '') step(fresh, reading);
    }
    columns[at] = new Map();
    if (steps > stepsFree + stepsPerItem * (at + 1)) return { hits, leaving: [], missed: [], steps, lost: true };
  }
  const last = [...(columns[items.length]?.values() ?? [])];
  const leaving = last.map((state) => ({ path: state.path, sources: sourcesOf(state) }));
  return { hits, leaving, missed, steps, lost: false };
}

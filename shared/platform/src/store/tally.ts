import { Fault, Reason } from '../fault/mod.ts';
import type { Cells } from './cells.ts';

/** A change of the counts that the document it is about may not say yet. `seq` is the change's number in its tally; `atMs` epoch milliseconds. */
export type Pending = Readonly<{ seq: number; atMs: number }>;

/**
 * A document that counts what stands in documents of its own, one each, so that it stays small however many they are. Its counts change
 * first. Until the other document says the same, the change is pending here under that document's key; a crash in between leaves what
 * the sweep needs to go on with.
 */
export type Tally = Readonly<{ seq: number; pending: Readonly<Record<string, Pending>> }>;

/** Tallies, and what this process knows to stand already. */
export type Tallies<T extends Tally> = Readonly<{
  read: (key: string) => Promise<T>;
  /** As a cell's `change`, on a tally without what is known to stand. Throws Fault UNAVAILABLE while too much is pending. */
  change: <R>(key: string, decide: (tally: T) => Counted<T, R> | Promise<Counted<T, R>>) => Promise<R>;
  /** Changes a tally as it is kept, with all that is pending, known to stand or not. */
  mend: (key: string, decide: (tally: T) => T | Promise<T>) => Promise<void>;
  /** The document of `id` says what change `seq` counted: the next change of the tally forgets it, at no cost of its own. */
  stands: (key: string, id: string, seq: number) => void;
  due: Cells<T>['due'];
}>;
/** What a decision wants of a tally: the same object when nothing changes. */
export type Counted<T, R> = Readonly<{ result: R; tally: T }>;

/** More changes under way at once than this, of one tally, are told to come again: so it stays small. */
const pendingMax = 512;
/** Longer than any request’s deadline. What is pending for so long has been left by a crash, or by a process that has nothing to change since. */
const mendAfterMs = 10_000;
/** Tallies of which this process remembers what stands. What is forgotten here, the sweep finds. */
const rememberedMax = 10_000;

/** A tally is written at each change, and found by when it is due: that moment is told in steps, so that most changes leave the index as it is. */
const dueStepMs = 5_000;

/** When a sweep must look at a tally. */
export function tallyDueAtMs({ pending }: Tally): number | undefined {
  const since = Object.values(pending).map(({ atMs }) => atMs);
  if (since.length === 0) return undefined;
  return Math.ceil((Math.min(...since) + mendAfterMs) / dueStepMs) * dueStepMs;
}

/** Ids of what has been pending for so long that nobody is at work on it. */
export const leftPending = ({ pending }: Tally, nowMs: number): string[] =>
  Object.keys(pending).filter((id) => (pending[id]?.atMs ?? nowMs) + mendAfterMs <= nowMs);

/** Tallies kept in cells. A tally that nobody wrote yet is `empty`. */
export function talliesIn<T extends Tally>(cells: Cells<T>, empty: T): Tallies<T> {
  const standing = new Map<string, Map<string, number>>();

  /** What is known of a tally is of use once: a change that was written has forgotten it. */
  function used(key: string, known: ReadonlyMap<string, number>): void {
    const left = standing.get(key);
    for (const [id, seq] of known) if (left?.get(id) === seq) left.delete(id);
    if (left?.size === 0) standing.delete(key);
  }

  return {
    read: async (key) => (await cells.read(key)) ?? empty,
    async change(key, decide) {
      let written: ReadonlyMap<string, number> = new Map();
      const result = await cells.change(key, async (stored = empty) => {
        const known = new Map(standing.get(key));
        const before = without(stored, known);
        const { result, tally } = await decide(before);
        written = tally === before ? new Map() : known;
        if (tally === before) return { result };
        if (tally.seq > before.seq && Object.keys(tally.pending).length > pendingMax)
          throw new Fault('UNAVAILABLE', {}, { cause: new Reason('too many changes of one tally are under way') });
        return { result, state: tally };
      });
      used(key, written);
      return result;
    },
    mend: (key, decide) =>
      cells.change(key, async (stored = empty) => {
        const tally = await decide(stored);
        return tally === stored ? { result: undefined } : { result: undefined, state: tally };
      }),
    stands(key, id, seq) {
      const known = standing.get(key) ?? new Map<string, number>();
      standing.set(key, known.set(id, seq));
      const [oldest] = standing.keys();
      if (standing.size > rememberedMax && oldest !== undefined) standing.delete(oldest);
    },
    due: cells.due,
  };
}

/** A tally without what is known to stand; the same object if nothing of that is pending. */
function without<T extends Tally>(tally: T, known: ReadonlyMap<string, number>): T {
  const pending = Object.entries(tally.pending);
  const kept = pending.filter(([id, { seq }]) => known.get(id) !== seq);
  return kept.length === pending.length ? tally : { ...tally, pending: Object.fromEntries(kept) };
}

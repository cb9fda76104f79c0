import { Fault, Reason } from '../fault/mod.ts';
import type { DocumentStore } from './documents.ts';

/**
 * A change of the counts that the document it is about may not say yet. `seq` is the change's number in its counter;
 * `atMs` epoch milliseconds.
 */
export type Pending = Readonly<{ seq: number; atMs: number }>;

/**
 * A document that counts what stands in documents of its own, one each, so that it stays small however many they are.
 * Its counts change first. Until the other document says the same, the change is pending here under that document's
 * key; a crash in between leaves what the sweep needs to go on with.
 */
export type Counter = Readonly<{ seq: number; pending: Readonly<Record<string, Pending>> }>;

/** Counters, and what this process knows to stand already. */
export type Counters<T extends Counter> = Readonly<{
  read: (key: string) => Promise<T>;
  /**
   * As a cell's `change`, on a counter without what is known to be confirmed. Throws Fault UNAVAILABLE while too much
   * is pending.
   */
  update: <R>(key: string, decide: (counter: T) => Counted<T, R> | Promise<Counted<T, R>>) => Promise<R>;
  /** Changes a counter as it is kept, with all that is pending, known to be confirmed or not. */
  reconcile: (key: string, decide: (counter: T) => T | Promise<T>) => Promise<void>;
  /**
   * The document of `id` says what change `seq` counted: the next change of the counter forgets it, at no cost of its
   * own.
   */
  confirm: (key: string, id: string, seq: number) => void;
  due: DocumentStore<T>['due'];
}>;
/** What a decision wants of a counter: the same object when nothing changes. */
export type Counted<T, R> = Readonly<{ result: R; counter: T }>;

/** More changes under way at once than this, of one counter, are told to come again: so it stays small. */
const pendingMax = 512;
/**
 * Longer than any request’s deadline. What is pending for so long has been left by a crash, or by a process that has
 * nothing to change since.
 */
const reconcileAfterMs = 10_000;
/** Counters of which this process remembers what stands. What is forgotten here, the sweep finds. */
const rememberedMax = 10_000;

/**
 * A counter is written at each update, and found by when it is due: that moment is told in steps, so that most changes
 * leave the index as it is.
 */
const dueStepMs = 5_000;

/** When a sweep must look at a counter. */
export function counterDueAtMs({ pending }: Counter): number | undefined {
  const since = Object.values(pending).map(({ atMs }) => atMs);
  if (since.length === 0) return undefined;
  return Math.ceil((Math.min(...since) + reconcileAfterMs) / dueStepMs) * dueStepMs;
}

/** Ids of what has been pending for so long that nobody is at work on it. */
export const leftPending = ({ pending }: Counter, nowMs: number): string[] =>
  Object.keys(pending).filter((id) => (pending[id]?.atMs ?? nowMs) + reconcileAfterMs <= nowMs);

/** Counters kept in documents. A counter that nobody wrote yet is `empty`. */
export function countersIn<T extends Counter>(documents: DocumentStore<T>, empty: T): Counters<T> {
  const confirmed = new Map<string, Map<string, number>>();

  /** What is known of a counter is of use once: a change that was written has forgotten it. */
  function used(key: string, known: ReadonlyMap<string, number>): void {
    const left = confirmed.get(key);
    for (const [id, seq] of known) if (left?.get(id) === seq) left.delete(id);
    if (left?.size === 0) confirmed.delete(key);
  }

  return {
    read: async (key) => (await documents.read(key)) ?? empty,
    async update(key, decide) {
      let written: ReadonlyMap<string, number> = new Map();
      const result = await documents.update(key, async (stored = empty) => {
        const known = new Map(confirmed.get(key));
        const before = without(stored, known);
        const { result, counter } = await decide(before);
        written = counter === before ? new Map() : known;
        if (counter === before) return { result };
        if (counter.seq > before.seq && Object.keys(counter.pending).length > pendingMax)
          throw new Fault('UNAVAILABLE', {}, { cause: new Reason('too many changes of one counter are under way') });
        return { result, state: counter };
      });
      used(key, written);
      return result;
    },
    reconcile: (key, decide) =>
      documents.update(key, async (stored = empty) => {
        const counter = await decide(stored);
        return counter === stored ? { result: undefined } : { result: undefined, state: counter };
      }),
    confirm(key, id, seq) {
      const known = confirmed.get(key) ?? new Map<string, number>();
      confirmed.set(key, known.set(id, seq));
      const [oldest] = confirmed.keys();
      if (confirmed.size > rememberedMax && oldest !== undefined) confirmed.delete(oldest);
    },
    due: documents.due,
  };
}

/** A counter without what is known to be confirmed; the same object if nothing of that is pending. */
function without<T extends Counter>(counter: T, known: ReadonlyMap<string, number>): T {
  const pending = Object.entries(counter.pending);
  const kept = pending.filter(([id, { seq }]) => known.get(id) !== seq);
  return kept.length === pending.length ? counter : { ...counter, pending: Object.fromEntries(kept) };
}

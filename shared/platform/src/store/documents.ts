import type { z } from 'zod';

/** How the documents of a kind are spread over the shards of MongoDB: every read and write of one names its key. */
export const documentShardKey = { _id: 'hashed' } as const;

/**
 * One kind of stored document: the only schema of its state, and what it can be found by besides its key.
 * `dueAtMs` (epoch milliseconds) tells a sweep when to look at it; `tags` are exact strings to list by.
 */
export type StoredKind<T> = Readonly<{
  collection: string;
  schema: z.ZodType<T>;
  dueAtMs?: (state: T) => number | undefined;
  tags?: (state: T) => readonly string[];
  /** `dueUnder` is asked of it: worth an index of its own. */
  listsDueByTag?: boolean;
  /** Many documents of it are begun at once, each for somebody else: they leave together, in one command. */
  insertedInBatches?: boolean;
}>;

/** What a decision wants of the store: nothing (`state` absent), a new state, or the removal of the document. */
export type Update<T, R> = Readonly<{ result: R; state?: T; remove?: true }>;

export type Propose<T, R> = (state: T | undefined) => Update<T, R> | Promise<Update<T, R>>;

export type StoredDocument<T> = Readonly<{ key: string; state: T }>;

/** How a document is decided once, and what becomes of a proposal that came second. */
export type Once<T> = Readonly<{
  /** Whoever asks has asked before: what was decided then is read before anything is proposed. */
  isRepeated?: boolean;
  propose: () => T | Promise<T>;
  /** Gives back what the proposal holds. It is called when another decision stands. */
  release?: (lost: T, stored: T) => Promise<void>;
}>;

/** What stands under a key, and whether this call wrote it. */
export type Decision<T> = Readonly<{ state: T; isNew: boolean }>;

/**
 * Documents that change only by pure functions of their newest state.
 * Every change is one conditional single-document write (majority, journalled), so two copies never overwrite each
 * other. Changes of one key that meet in one process take turns. Any store failure is thrown as Fault UNAVAILABLE, at
 * the latest after two tries of the store's timeout; a change that was thrown may still have taken effect, so a
 * decision must know its own work when it sees it again.
 */
export type DocumentStore<T> = Readonly<{
  read: (key: string) => Promise<T | undefined>;
  /**
   * Runs `decide` on the newest state and stores what it wants. It may run more than once, so it must change nothing
   * itself. It may ask other documents first: the state is written only if nobody changed it since before they were
   * asked, so what they say is at least as new as the state.
   */
  update: <R>(key: string, decide: Propose<T, R>) => Promise<R>;
  /**
   * Writes what `propose` answers if nothing stands under the key, and answers what stands. Of many that ask at once
   * one writes; the others get its decision and release their own proposal. A crash before the write leaves what was
   * proposed for the sweep.
   */
  decideOnce: (key: string, once: Once<T>) => Promise<Decision<T>>;
  /** Removes the document, if there is one. */
  remove: (key: string) => Promise<void>;
  /**
   * The same as `update`, tried once and together with others, for what somebody will look at again: it may come to
   * nothing when the document was changed by others, and its caller is not told. `decide` must change nothing but what
   * it may change twice.
   */
  tryUpdate: (key: string, decide: (state: T | undefined) => Pick<Update<T, unknown>, 'state'>) => Promise<void>;
  /** Documents due at or before a moment, the longest due first. */
  due: (atMs: number, limit: number) => Promise<readonly StoredDocument<T>[]>;
  /** The same among those that bear a tag, behind one that was found before if given. */
  dueUnder: (
    tag: string,
    atMs: number,
    limit: number,
    after?: StoredDocument<T>,
  ) => Promise<readonly StoredDocument<T>[]>;
  /** Documents under a tag in the order of their keys, after `after` if given. */
  tagged: (tag: string, limit: number, after?: string) => Promise<readonly StoredDocument<T>[]>;
  /** Every document in the order of their keys, in pages. */
  all: (limit: number, after?: string) => Promise<readonly StoredDocument<T>[]>;
  /**
   * The keys alone, in their order: also of a document that is not of its schema, which every other way of reading
   * throws at.
   */
  keys: (limit: number, after?: string) => Promise<readonly string[]>;
}>;

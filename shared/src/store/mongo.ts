import { setTimeout as pause } from 'node:timers/promises';
import { type Collection, type Db, type Filter, MongoServerError } from 'mongodb';
import { Fault, orUnavailable, Reason } from '../fault/mod.ts';
import type { CellKind, Cells, Change, Decide, Found } from './cells.ts';

type Row = { _id: string; revision: number; state: unknown; dueAt?: Date; tags?: readonly string[] };
type Known<T> = Readonly<{ revision: number; state: T | undefined }>;

/** A document that so many others change at once is not ours in time: the caller hears UNAVAILABLE and may ask again. */
const triesMax = 50;
const guessesMax = 10_000;
const duplicateKey = 11_000;

/** Cells over MongoDB's wire protocol. Makes the indexes that listing needs, if they are not there. */
export async function mongoCells<T>(db: Db, kind: CellKind<T>): Promise<Cells<T>> {
  const rows: Collection<Row> = db.collection(kind.collection);
  // What a kind cannot be found by costs its writes nothing.
  if (kind.dueAtMs) await orUnavailable(() => rows.createIndex({ dueAt: 1 }));
  if (kind.tags) await orUnavailable(() => rows.createIndex({ tags: 1, _id: 1 }));
  if (kind.listsDueByTag) await orUnavailable(() => rows.createIndex({ tags: 1, dueAt: 1, _id: 1 }));
  /** Changes of one key in this process take turns, so that they do not fight one another for the same revision. */
  const turns = new Map<string, Promise<unknown>>();

  /** What this process wrote last of each document, the longest unused forgotten first. */
  const guesses = new Map<string, Known<T>>();
  function remember(key: string, { revision, state }: Known<T>): void {
    guesses.delete(key);
    if (revision === 0) return;
    guesses.set(key, { revision, state });
    const [oldest] = guesses.keys();
    if (guesses.size > guessesMax && oldest !== undefined) guesses.delete(oldest);
  }

  const stateOf = (row: Row): T => {
    const read = kind.schema.safeParse(row.state);
    if (read.success) return read.data;
    const fields = read.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new Fault(
      'INTERNAL',
      {},
      { cause: new Reason(`a document of ${kind.collection} is not of its schema: ${fields}`) },
    );
  };
  const rowOf = (key: string, revision: number, wanted: T): Row => {
    const state = kind.schema.parse(wanted);
    const due = kind.dueAtMs?.(state);
    const tags = kind.tags?.(state);
    return {
      _id: key,
      revision,
      state,
      ...(due !== undefined && { dueAt: new Date(due) }),
      ...(tags?.length && { tags }),
    };
  };

  async function known(key: string): Promise<Known<T>> {
    const row = await orUnavailable(() => rows.findOne({ _id: key }));
    return row === null ? { revision: 0, state: undefined } : { revision: row.revision, state: stateOf(row) };
  }

  /** One conditional write of the revision that was known. Answers what is known now, or `undefined` when another was faster. */
  async function write(key: string, revision: number, change: Change<T, unknown>): Promise<Known<T> | undefined> {
    if (change.remove) {
      if (revision > 0 && (await orUnavailable(() => rows.deleteOne({ _id: key, revision }))).deletedCount === 0)
        return undefined;
      return { revision: 0, state: undefined };
    }
    const row = rowOf(key, revision + 1, change.state as T);
    const written =
      revision > 0
        ? (await orUnavailable(() => rows.replaceOne({ _id: key, revision }, row))).matchedCount === 1
        : await orUnavailable(() => rows.insertOne(row).then(() => true, isDuplicateKey));
    return written ? { revision: row.revision, state: row.state as T } : undefined;
  }

  /**
   * Decides on what this process wrote last, or takes the document for new, and reads only when that was wrong: the write is conditional, so a
   * guess can cost a try and never a change. A decision that writes nothing has proved nothing of the guess, so it is made again on what is read.
   */
  async function attempt<R>(key: string, decide: Decide<T, R>): Promise<R> {
    let current: Known<T> = guesses.get(key) ?? { revision: 0, state: undefined };
    let isGuess = true;
    for (let tries = 1; tries <= triesMax; tries += 1) {
      const change = await decide(current.state);
      const writes = change.state !== undefined || (change.remove === true && current.revision > 0);
      if (!writes && !isGuess) return change.result;
      const now = writes ? await write(key, current.revision, change) : undefined;
      if (now !== undefined) {
        remember(key, now);
        return change.result;
      }
      if (!isGuess) await pause(Math.random() * Math.min(tries, 10));
      current = await known(key);
      isGuess = false;
    }
    throw new Fault(
      'UNAVAILABLE',
      {},
      { cause: new Reason(`a document of ${kind.collection} is changed by too many at once`) },
    );
  }

  const list = async (filter: Filter<Row>, sort: Record<string, 1>, limit: number): Promise<Found<T>[]> => {
    const found = await orUnavailable(() => rows.find(filter).sort(sort).limit(limit).toArray());
    return found.map((row) => ({ key: row._id, state: stateOf(row) }));
  };
  const past = (after: string | undefined): Filter<Row> => (after === undefined ? {} : { _id: { $gt: after } });

  return {
    read: async (key) => (await known(key)).state,
    change(key, decide) {
      const before = turns.get(key) ?? Promise.resolve();
      const mine = before.then(() => attempt(key, decide));
      const over = mine
        .catch(() => undefined)
        .then(() => {
          if (turns.get(key) === over) turns.delete(key);
        });
      turns.set(key, over);
      return mine;
    },
    due: (atMs, limit) => list({ dueAt: { $lte: new Date(atMs) } }, { dueAt: 1 }, limit),
    dueUnder(tag, atMs, limit, after) {
      const until = { tags: tag, dueAt: { $lte: new Date(atMs) } };
      if (after === undefined) return list(until, { dueAt: 1, _id: 1 }, limit);
      const place = new Date(kind.dueAtMs?.(after.state) ?? atMs);
      const behind = [{ dueAt: { $gt: place } }, { dueAt: place, _id: { $gt: after.key } }];
      return list({ ...until, $or: behind }, { dueAt: 1, _id: 1 }, limit);
    },
    tagged: (tag, limit, after) => list({ tags: tag, ...past(after) }, { _id: 1 }, limit),
    all: (limit, after) => list(past(after), { _id: 1 }, limit),
  };
}

/** False when a write failed because its unique key is taken; throws what else it failed with. */
export function isDuplicateKey(error: unknown): false {
  if (error instanceof MongoServerError && error.code === duplicateKey) return false;
  throw error;
}

import { setTimeout as pause } from 'node:timers/promises';
import type { Collection, Db, Filter } from 'mongodb';
import { Fault, orUnavailable, Reason } from '../fault/mod.ts';
import { batcher } from '../time/mod.ts';
import type { DocumentStore, Propose, StoredDocument, StoredKind, Update } from './documents.ts';
import { ensureIndex } from './ensure-index.ts';
import { inOneCommand, inserted, insertedOf, type Row, replacedAll } from './mongo-rows.ts';
import { verbsOver } from './verbs.ts';

type Known<T> = Readonly<{ revision: number; state: T | undefined }>;

/**
 * A document that so many others change at once is not ours in time: the caller hears UNAVAILABLE and may ask again.
 */
const triesMax = 50;
const guessesMax = 10_000;

/** DocumentStore over MongoDB's wire protocol. Makes the indexes that listing needs, if they are not there. */
export async function mongoDocuments<T>(db: Db, kind: StoredKind<T>): Promise<DocumentStore<T>> {
  const rows: Collection<Row> = db.collection(kind.collection);
  // What a kind cannot be found by costs its writes nothing.
  if (kind.dueAtMs) await ensureIndex(rows, { dueAt: 1 });
  if (kind.tags) await ensureIndex(rows, { tags: 1, _id: 1 });
  if (kind.listsDueByTag) await ensureIndex(rows, { tags: 1, dueAt: 1, _id: 1 });
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

  const insertWithOthers = batcher<Row, boolean>(inOneCommand, (born) => orUnavailable(() => insertedOf(rows, born)));
  const replaceWithOthers = batcher<Row, boolean>(inOneCommand, async (changed) => {
    const all = await orUnavailable(() => replacedAll(rows, changed));
    return changed.map(() => all);
  });

  async function known(key: string): Promise<Known<T>> {
    const row = await orUnavailable(() => rows.findOne({ _id: key }));
    return row === null ? { revision: 0, state: undefined } : { revision: row.revision, state: stateOf(row) };
  }

  /**
   * One conditional write of the revision that was known. Answers what is known now, or `undefined` when another was
   * faster.
   */
  async function write(key: string, revision: number, update: Update<T, unknown>): Promise<Known<T> | undefined> {
    if (update.remove) {
      if (revision > 0 && (await orUnavailable(() => rows.deleteOne({ _id: key, revision }))).deletedCount === 0)
        return undefined;
      return { revision: 0, state: undefined };
    }
    const row = rowOf(key, revision + 1, update.state as T);
    const written =
      revision > 0
        ? (await orUnavailable(() => rows.replaceOne({ _id: key, revision }, row))).matchedCount === 1
        : await (kind.insertedInBatches ? insertWithOthers(row) : orUnavailable(() => inserted(rows, row)));
    return written ? { revision: row.revision, state: row.state as T } : undefined;
  }

  /**
   * Decides on what this process wrote last, or takes the document for new, and reads only when that was wrong: the
   * write is conditional, so a guess can cost a try and never a change. A decision that writes nothing has proved
   * nothing of the guess, so it is made again on what is read.
   */
  async function attempt<R>(key: string, decide: Propose<T, R>): Promise<R> {
    let current: Known<T> = guesses.get(key) ?? { revision: 0, state: undefined };
    let isGuess = true;
    for (let tries = 1; tries <= triesMax; tries += 1) {
      const wanted = await decide(current.state);
      const writes = wanted.state !== undefined || (wanted.remove === true && current.revision > 0);
      if (!writes && !isGuess) return wanted.result;
      const now = writes ? await write(key, current.revision, wanted) : undefined;
      if (now !== undefined) {
        remember(key, now);
        return wanted.result;
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

  /** On what this process wrote last; whoever wrote nothing lately has no guess, and decides on what stands. */
  async function tryUpdate(key: string, decide: Parameters<DocumentStore<T>['tryUpdate']>[1]): Promise<void> {
    const guess = guesses.get(key);
    if (guess === undefined) return void (await inTurn(key, (state) => ({ ...decide(state), result: undefined })));
    const { state } = decide(guess.state);
    if (state === undefined) return;
    guesses.delete(key);
    const row = rowOf(key, guess.revision + 1, state);
    if (await replaceWithOthers(row)) remember(key, { revision: row.revision, state: row.state as T });
  }

  const list = async (filter: Filter<Row>, sort: Record<string, 1>, limit: number): Promise<StoredDocument<T>[]> => {
    const found = await orUnavailable(() => rows.find(filter).sort(sort).limit(limit).toArray());
    return found.map((row) => ({ key: row._id, state: stateOf(row) }));
  };
  const past = (after: string | undefined): Filter<Row> => (after === undefined ? {} : { _id: { $gt: after } });

  function inTurn<R>(key: string, decide: Propose<T, R>): Promise<R> {
    const before = turns.get(key) ?? Promise.resolve();
    const mine = before.then(() => attempt(key, decide));
    const over = mine
      .catch(() => undefined)
      .then(() => {
        if (turns.get(key) === over) turns.delete(key);
      });
    turns.set(key, over);
    return mine;
  }

  const read = async (key: string): Promise<T | undefined> => (await known(key)).state;
  return {
    read,
    update: inTurn,
    ...verbsOver({ read, update: inTurn }),
    tryUpdate,
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
    async keys(limit, after) {
      const sorted = rows.find(past(after), { projection: { _id: 1 } }).sort({ _id: 1 });
      return (await orUnavailable(() => sorted.limit(limit).toArray())).map(({ _id }) => _id);
    },
  };
}
